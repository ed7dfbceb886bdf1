/**
 * The forecast worker of this tab: statistical models and the trained network, loaded when first asked. One
 * question at a time: a new one ends the work on the last, whose answer nobody waits for any more.
 */
'use client';

import { proxy, wrap } from 'comlink';
import type { ForecastIssue } from '@/engine/forecast';
import type { Result } from '@/engine/kernel';
import type { ForecastAnswer, ForecastApi, ForecastProgress, ForecastRequest, NeuralModelInfo } from '@/workers/forecast-api';

export type { ForecastAnswer, ForecastProgress, ForecastRequest, NeuralModelInfo, NeuralVerdict } from '@/workers/forecast-api';

type Running = { readonly api: ReturnType<typeof wrap<ForecastApi>>; readonly broken: Promise<never>; readonly end: () => void; busy: boolean };

let running: Running | null = null;

function start(): Running {
  const worker = new Worker(new URL('../../../workers/forecast.worker.ts', import.meta.url), { type: 'module', name: 'forecast' });
  const end = () => {
    worker.terminate();
    running = null;
  };
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      end();
      reject(new Error(event.message === '' ? 'the worker script did not load' : event.message));
    });
  });
  broken.catch(() => undefined);
  return { api: wrap<ForecastApi>(worker), broken, end, busy: false };
}

export type AskedForecast = { readonly answer: Promise<Result<ForecastAnswer, readonly ForecastIssue[]>>; /** Ends the work; the answer then never comes. */ readonly stop: () => void };

export function askForecast(request: ForecastRequest, onProgress: (progress: ForecastProgress) => void): AskedForecast {
  if (running?.busy === true) running.end();
  const worker = (running ??= start());
  worker.busy = true;
  const answer = Promise.race([worker.api.forecast(request, proxy(onProgress)), worker.broken]).finally(() => (worker.busy = false));
  return { answer, stop: () => worker.busy && worker.end() };
}

/** What the trained network is, and whether it gives the digits here that it was made with. */
export function askModelInfo(): Promise<NeuralModelInfo> {
  const worker = (running ??= start());
  return Promise.race([worker.api.modelInfo(), worker.broken]);
}
