/** Both futures of one host: as it is, and with a change. Recomputed when the question or the change does; the last answer stays until the next. */
'use client';

import { useEffect, useState } from 'react';
import { openHost } from '@/app/_lib/host/open-host';
import type { os } from '@/engine/twin';
import type { HostQuestion } from '@/scenarios/hosts';
import { changesAt, type Tried } from './tried-change';

export type HostFutures = { readonly asItIs: os.HostPlay; readonly changed: os.HostPlay };
export type FuturesState = { readonly futures: HostFutures | null; readonly running: boolean; readonly problem: string | null };

/** A minute in fifths of a second, changed at 15 s, where the question does not say otherwise. */
export const timesOf = ({ seconds = 60, changeAtSeconds = 15, sampleSeconds = 0.2 }: HostQuestion) => ({ seconds, changeAtSeconds, sampleSeconds });

export function useHostFutures(question: HostQuestion, tried: Tried, seed: number): FuturesState {
  const [state, setState] = useState<FuturesState>({ futures: null, running: true, problem: null });
  const asked = JSON.stringify([question.host, tried, timesOf(question)]);
  useEffect(() => {
    const opened = openHost();
    const [spec, change, { seconds, changeAtSeconds, sampleSeconds }] = JSON.parse(asked) as [os.HostSpec, Tried, ReturnType<typeof timesOf>];
    const options = { seed, seconds, countFromSeconds: changeAtSeconds, sampleSeconds };
    let over = false;
    const play = async () => {
      setState((before) => ({ ...before, running: true, problem: null }));
      const asItIs = await opened.play(spec, { ...options, changes: [] });
      const changed = await opened.play(spec, { ...options, changes: changesAt(change, changeAtSeconds) });
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
