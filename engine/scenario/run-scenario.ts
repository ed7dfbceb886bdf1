/**
 * One run of one scenario: start, advance in slices of events, report. The shell (worker, command line)
 * decides when to breathe; nothing here depends on it.
 */
import { schedule, seconds, toSeconds, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, compileWorld, EventKind, scheduleFault, takeFrames, worldHash, type World } from '@/engine/twin';
import { billKpis, costsOfRun } from './bill-of-run';
import { ENGINE_VERSION } from './engine-version';
import { kpisOf } from './kpis';
import { judgeObjectives } from './objectives';
import { chooseMode, flowEverySeconds, type AskedMode, type RunMode } from './run-mode';
import type { RunReport } from './run-report';
import { scenarioLoop, turnScenarioLoop, type ScenarioLoop } from './scenario-loop';
import type { ScenarioSpec } from './scenario-spec';

export type Run = { readonly spec: ScenarioSpec; readonly seed: number; readonly mode: RunMode; readonly world: World; readonly frames: Frame[]; readonly loop: ScenarioLoop | null; done: boolean };

/** The world of a valid scenario at time 0, its faults and actions scheduled. */
export function startRun(spec: ScenarioSpec, seed = spec.seed, asked: AskedMode = 'exact'): Run {
  const mode = chooseMode(spec, asked);
  const world = compileWorld(spec.system, seed, spec.warmUpSeconds ?? 0, mode.mode === 'flow' ? { flowEverySeconds: flowEverySeconds(spec) } : {});
  for (const fault of spec.faults ?? []) scheduleFault(world, fault);
  for (const { atSeconds, command } of spec.actions ?? []) {
    const index = world.actions.push({ atUs: seconds(atSeconds), command }) - 1;
    schedule(world.queue, seconds(atSeconds), EventKind.action, index);
  }
  return { spec, seed, mode, world, frames: [], loop: spec.loop === undefined ? null : scenarioLoop(spec, seed), done: false };
}

/** Takes at most `eventsMax` events; the frames they made come back. Sets `done` at the end of the scenario. */
export function advanceRun(run: Run, eventsMax: number): readonly Frame[] {
  const { world, spec, loop } = run;
  const endUs = seconds(spec.durationSeconds);
  const stopEvents = world.events + eventsMax;
  const firstNew = run.frames.length;
  while (!run.done && world.events < stopEvents) {
    const untilUs = loop === null ? endUs : (Math.min(endUs, loop.nextTurnUs) as TimeUs);
    const reached = advanceWorld(world, untilUs, stopEvents - world.events);
    run.frames.push(...takeFrames(world));
    if (!reached) break;
    if (loop !== null && untilUs === loop.nextTurnUs) turnScenarioLoop(loop, world, run.frames.slice(-loop.config.policy.everySeconds));
    run.done = untilUs === endUs;
  }
  const made = run.frames.slice(firstNew);
  return made;
}

/** The report so far: of the whole scenario once the run is done. */
export function reportRun(run: Run): RunReport {
  const { world, spec, frames, seed } = run;
  const costs = costsOfRun(spec, world, frames);
  const kpis = { ...kpisOf(world), ...(costs.bill === undefined ? {} : billKpis(costs.bill)) };
  return {
    scenario: spec.id,
    seed,
    engineVersion: ENGINE_VERSION,
    mode: run.mode,
    stateHash: worldHash(world),
    events: world.events,
    simulatedSeconds: toSeconds(world.nowUs),
    kpis,
    alarms: world.alarms.map((alarm) => ({ kind: alarm.kind, atSeconds: toSeconds(alarm.atUs), subject: alarm.subject, detail: alarm.detail })),
    objectives: judgeObjectives(spec, kpis),
    decisions: run.loop?.decisions.length ?? 0,
    ...costs,
    frames,
  };
}

/** A whole run at once. */
export function runScenario(spec: ScenarioSpec, seed = spec.seed, eventsPerSlice = Infinity, asked: AskedMode = 'exact'): RunReport {
  const run = startRun(spec, seed, asked);
  while (!run.done) advanceRun(run, eventsPerSlice);
  return reportRun(run);
}
