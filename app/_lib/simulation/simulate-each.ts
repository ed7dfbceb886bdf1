/**
 * Whole runs, one after another, in a worker of their own. Progress counts simulated seconds over all of
 * them; aborting ends the worker at once, also in the middle of a run.
 */
'use client';

import { proxy } from 'comlink';
import type { Result } from '@/engine/kernel';
import type { RunReport, ScenarioSpec } from '@/engine/scenario';
import type { SpecIssue } from '@/engine/twin';
import { withSimulation } from './with-simulation';

export type RunsProgress = { readonly run: number; readonly runs: number; readonly doneSeconds: number; readonly totalSeconds: number };
type SimulateOptions = { readonly signal: AbortSignal; readonly onProgress: (progress: RunsProgress) => void };

/** `each` hears every report before the next run starts. Rejects with words when a scenario is refused, or with the abort. */
export async function simulateEach(specs: readonly ScenarioSpec[], each: (report: RunReport, spec: ScenarioSpec) => Promise<void>, { signal, onProgress }: SimulateOptions): Promise<void> {
  const totalSeconds = specs.reduce((sum, spec) => sum + spec.durationSeconds, 0);
  let before = 0;
  await withSimulation(signal, async (api, first) => {
    for (const [i, spec] of specs.entries()) {
      let over = false; // progress comes through a port of its own and may arrive after the answer
      const tell = (doneSeconds: number) => onProgress({ run: i + 1, runs: specs.length, doneSeconds: Math.floor(before + doneSeconds), totalSeconds });
      tell(0);
      const result = await first<Result<RunReport, readonly SpecIssue[]>>(api.run(spec, 'exact', proxy((progress) => !over && tell(progress.doneSeconds))));
      over = true;
      if (!result.ok) throw new Error(result.error.map((issue) => `${issue.path} ${issue.message}`).join('; '));
      await first(each(result.value, spec));
      before += spec.durationSeconds;
    }
  });
}
