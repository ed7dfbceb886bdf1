/** Both futures of one host: as it is, and with a change. Recomputed when the question or the change does; the last answer stays until the next. */
'use client';

import { useEffect, useState } from 'react';
import { openHost } from '@/app/_lib/host/open-host';
import type { os } from '@/engine/twin';

export type HostFutures = { readonly asItIs: os.HostPlay; readonly changed: os.HostPlay };
export type FuturesState = { readonly futures: HostFutures | null; readonly running: boolean; readonly problem: string | null };

export const HOST_SECONDS = 60;
export const CHANGE_AT_SECONDS = 15;
const SAMPLE_SECONDS = 0.2;

export function useHostFutures(host: os.HostSpec, command: os.HostCommand, seed: number): FuturesState {
  const [state, setState] = useState<FuturesState>({ futures: null, running: true, problem: null });
  const asked = JSON.stringify([host, command, seed]);
  useEffect(() => {
    const opened = openHost();
    const [spec, change] = JSON.parse(asked) as [os.HostSpec, os.HostCommand, number];
    const options = { seed, seconds: HOST_SECONDS, countFromSeconds: CHANGE_AT_SECONDS, sampleSeconds: SAMPLE_SECONDS };
    let over = false;
    const play = async () => {
      setState((before) => ({ ...before, running: true, problem: null }));
      const asItIs = await opened.play(spec, { ...options, changes: [] });
      const changed = await opened.play(spec, { ...options, changes: [{ atSeconds: CHANGE_AT_SECONDS, command: change }] });
      if (!over) setState({ futures: { asItIs, changed }, running: false, problem: null });
    };
    play().catch((error: unknown) => {
      if (!over) setState((before) => ({ ...before, running: false, problem: error instanceof Error ? error.message : String(error) }));
    });
    return () => {
      over = true;
      opened.close();
    };
  }, [asked, seed]);
  return state;
}
