/** Asks the forecast worker about one series; progress counts models. A new question ends the old one. */
'use client';

import { useEffect, useState } from 'react';
import { askForecast, type ForecastAnswer, type ForecastProgress, type ForecastRequest } from '@/app/_lib/forecast/forecast-client';

export type ForecastState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'working'; readonly progress: ForecastProgress | null }
  | { readonly kind: 'ready'; readonly answer: ForecastAnswer; readonly wallMs: number }
  | { readonly kind: 'failed'; readonly issues: readonly { readonly path: string; readonly message: string; readonly suggestion: string }[] };

const WAITING: ForecastState = { kind: 'waiting' };
const WORKING: ForecastState = { kind: 'working', progress: null };

/** `request` is asked again whenever it is another object. */
export function useForecast(request: ForecastRequest | null): ForecastState {
  const [heard, setHeard] = useState<{ readonly of: object; readonly state: ForecastState } | null>(null);
  useEffect(() => {
    if (request === null) return undefined;
    let over = false; // progress comes through a port of its own and may arrive after the answer
    const started = performance.now();
    const hear = (state: ForecastState) => !over && setHeard({ of: request, state });
    const end = (state: ForecastState) => {
      hear(state);
      over = true;
    };
    const { answer, stop } = askForecast(request, (progress) => hear({ kind: 'working', progress }));
    answer.then(
      (result) => end(result.ok ? { kind: 'ready', answer: result.value, wallMs: performance.now() - started } : { kind: 'failed', issues: result.error }),
      (error: unknown) => end({ kind: 'failed', issues: [{ path: '', message: error instanceof Error ? error.message : String(error), suggestion: 'Choose the series again; a reload starts the worker anew.' }] }),
    );
    return () => {
      over = true;
      stop();
    };
  }, [request]);
  if (request === null) return WAITING;
  return heard !== null && heard.of === request ? heard.state : WORKING;
}
