/**
 * Whole runs, one after another, in a worker of their own. Progress counts simulated seconds over all of
 * them; aborting ends the worker at once, also in the middle of a run.
 */
'use client';

import { proxy } from 'comlink';
import type { RunReport, ScenarioSpec } from '@/engine/scenario';
import { openSimulation } from './open-simulation';

export type RunsProgress = { readonly run: number; readonly runs: number; readonly doneSeconds: number; readonly totalSeconds: number };
type SimulateOptions = { readonly signal: AbortSignal; readonly onProgress: (progress: RunsProgress) => void };

/** `each` hears every report before the next run starts. Rejects with words when a scenario is refused, or with the abort. */
export async function simulateEach(specs: readonly ScenarioSpec[], each: (report: RunReport, spec: ScenarioSpec) => Promise<void>, { signal, onProgress }: SimulateOptions): Promise<void> {
  signal.throwIfAborted();
  let end: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (end = reject));
  ended.catch(() => undefined);
  const simulation = openSimulation((why) => end(new Error(`The simulation stopped: ${why}`)));
  const abort = () => end(signal.reason);
  signal.addEventListener('abort', abort);
  const totalSeconds = specs.reduce((sum, spec) => sum + spec.durationSeconds, 0);
  let before = 0;
  try {
    for (const [i, spec] of specs.entries()) {
      let over = false; // progress comes through a port of its own and may arrive after the answer
      const tell = (doneSeconds: number) => onProgress({ run: i + 1, runs: specs.length, doneSeconds: Math.floor(before + doneSeconds), totalSeconds });
      tell(0);
      const result = await Promise.race([simulation.api.run(spec, 'exact', proxy((progress) => !over && tell(progress.doneSeconds))), ended]);
      over = true;
      if (!result.ok) throw new Error(result.error.map((issue) => `${issue.path} ${issue.message}`).join('; '));
      await Promise.race([each(result.value, spec), ended]);
      before += spec.durationSeconds;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    simulation.close();
  }
}
