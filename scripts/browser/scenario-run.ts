/** One shipped scenario, shortened, run in slices: what the simulation worker does, without the worker. */
import { advanceRun, reportRun, startRun } from '@/engine/scenario';
import { scenarios } from '@/scenarios';

export type ScenarioRun = { readonly id: string; readonly seconds: number; readonly eventsPerSlice: number };

export const scenarioIds = scenarios.map(({ id }) => id);

/** The fingerprint of the final world, and of the report with every frame in it. */
export function run({ id, seconds, eventsPerSlice }: ScenarioRun) {
  const scenario = scenarios.find((candidate) => candidate.id === id)!;
  const durationSeconds = Math.min(seconds, scenario.durationSeconds);
  const started = startRun({ ...scenario, durationSeconds, warmUpSeconds: Math.min(scenario.warmUpSeconds ?? 0, durationSeconds - 1) });
  while (!started.done) advanceRun(started, eventsPerSlice);
  return { report: reportRun(started) };
}
