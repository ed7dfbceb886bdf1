/** A simulation worker for as long as something is asked of it. Rejects with words when it breaks, or with the abort, also in the middle of a run. */
'use client';

import { openSimulation, type OpenSimulation } from './open-simulation';

/** `first` gives what is asked, unless the worker ends before. */
export type UntilEnd = <T>(asked: Promise<T>) => Promise<T>;

export async function withSimulation<T>(signal: AbortSignal, ask: (api: OpenSimulation['api'], first: UntilEnd) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let end: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (end = reject));
  ended.catch(() => undefined);
  const simulation = openSimulation((why) => end(new Error(`The simulation stopped: ${why}`)));
  const abort = () => end(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await ask(simulation.api, (asked) => Promise.race([asked, ended]));
  } finally {
    signal.removeEventListener('abort', abort);
    simulation.close();
  }
}
