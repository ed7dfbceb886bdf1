/** The forecast worker of this tab: statistical models and the trained network, loaded when first asked for. */
'use client';

import { proxy, wrap, type Remote } from 'comlink';
import type { ForecastApi, ForecastProgress } from '@/workers/forecast-api';

export type { ForecastAnswer, ForecastProgress, NeuralModelInfo } from '@/workers/forecast-api';

let client: Remote<ForecastApi> | null = null;

export function forecastClient(): Remote<ForecastApi> {
  client ??= wrap<ForecastApi>(new Worker(new URL('../../../workers/forecast.worker.ts', import.meta.url), { type: 'module', name: 'forecast' }));
  return client;
}

export const forecastProgress = (onProgress: (progress: ForecastProgress) => void) => proxy(onProgress);
