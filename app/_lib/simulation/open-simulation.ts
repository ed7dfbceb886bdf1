/** Starts a simulation worker of this page's own. Everything that is simulated happens there; close it when done. */
'use client';

import { wrap, type Remote } from 'comlink';
import type { SimulationApi } from '@/workers/simulation-api';

export type { CompareProgress, RunProgress } from '@/workers/simulation-api';

export type OpenSimulation = { readonly api: Remote<SimulationApi>; readonly close: () => void };

export function openSimulation(onBroken: (why: string) => void): OpenSimulation {
  const worker = new Worker(new URL('../../../workers/simulation.worker.ts', import.meta.url), { type: 'module', name: 'simulation' });
  worker.addEventListener('error', (event) => onBroken(event.message === '' ? 'the worker script did not load' : event.message));
  return { api: wrap<SimulationApi>(worker), close: () => worker.terminate() };
}
