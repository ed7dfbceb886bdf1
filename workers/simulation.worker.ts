/**
 * Runs worlds off the main thread. A shell: no rule of the twin lives here. Between slices (counted in
 * events, so they cannot change the outcome) the worker returns to its event loop; otherwise stop() would
 * wait in the mailbox until the run had ended.
 */
import { expose } from 'comlink';
import { err, ok, toSeconds, seconds, type TimeUs } from '@/engine/kernel';
import { advanceRun, answerWhatIf, applyChange, compareRuns, kpisOf, parseScenario, reportRun, rightSizeVariants, startRun, type AskedMode, type Kpi, type ScenarioSpec } from '@/engine/scenario';
import { advanceNoting, advanceWorld, explainReplica, exportLabScenario, exportNetJson, forkWorld, inspectIdentity, inspectRouter, labMeta, noteMoment, recordSpan, runLab, takeFrames, worldAt, worldHistory, type World } from '@/engine/twin';
import type { SimulationApi } from './simulation-api';

const EVENTS_PER_SLICE = 50_000;
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

let stopRequested = false;
let world: World | null = null;
let history = worldHistory();
const undoStack: World[] = [];
/** The world at an earlier second, or as it is. */
const worldThen = (atSeconds: number | null) => (world === null || atSeconds === null || seconds(atSeconds) >= world.nowUs ? world : worldAt(history, seconds(atSeconds)));

async function runToEnd(spec: ScenarioSpec, { seed, mode }: { readonly seed: number; readonly mode: AskedMode }, onSlice: (run: ReturnType<typeof startRun>, frames: readonly ReturnType<typeof takeFrames>[number][]) => void) {
  const run = startRun(spec, seed, mode);
  while (!run.done && !stopRequested) {
    onSlice(run, advanceRun(run, EVENTS_PER_SLICE));
    await nextTask();
  }
  return run.done ? run : null;
}

const STOPPED = err([{ path: '', code: 'not-parsable' as const, message: 'the run was stopped', suggestion: 'run it again' }]);

const api: SimulationApi = {
  async run(spec, mode, onProgress) {
    const parsed = parseScenario(spec);
    if (!parsed.ok) return parsed;
    stopRequested = false;
    const run = await runToEnd(parsed.value, { seed: spec.seed, mode }, ({ world: at }, frames) =>
      onProgress({ doneSeconds: toSeconds(at.nowUs), totalSeconds: spec.durationSeconds, events: at.events, frames }),
    );
    return run === null ? STOPPED : ok(reportRun(run));
  },

  async compare(variants, seeds, onProgress) {
    stopRequested = false;
    const runs: { name: string; kpis: Readonly<Record<string, Kpi>>[] }[] = variants.map(({ name }) => ({ name, kpis: [] }));
    for (const { spec } of variants) {
      const parsed = parseScenario(spec);
      if (!parsed.ok) return parsed;
    }
    let runsDone = 0;
    for (const seed of seeds) {
      for (const [i, { spec }] of variants.entries()) {
        const run = await runToEnd(spec, { seed, mode: 'exact' }, () => undefined);
        if (run === null) return STOPPED;
        runs[i]!.kpis.push(kpisOf(run.world));
        onProgress({ runsDone: (runsDone += 1), runsTotal: seeds.length * variants.length });
      }
    }
    return ok(compareRuns(runs, seeds));
  },

  async open(spec, warmSeconds) {
    const parsed = parseScenario(spec);
    if (!parsed.ok) return parsed;
    world = startRun(parsed.value).world;
    undoStack.length = 0;
    history = worldHistory();
    noteMoment(history, world, true);
    advanceNoting(history, world, seconds(warmSeconds));
    return ok(takeFrames(world));
  },

  async advance(forSeconds) {
    if (world === null) return [];
    advanceNoting(history, world, (world.nowUs + seconds(forSeconds)) as TimeUs);
    return takeFrames(world);
  },

  async apply(change) {
    if (world === null) return [];
    undoStack.push(forkWorld(world));
    const refusals = applyChange(world, change);
    noteMoment(history, world, true);
    return refusals;
  },

  async undo() {
    const before = undoStack.pop();
    if (before === undefined || world === null) return false;
    // the clock does not go back: the world as it was lives on from now
    advanceWorld(before, world.nowUs);
    takeFrames(before);
    world = before;
    noteMoment(history, world, true);
    return true;
  },

  async whatIf(change, horizonSeconds, seeds) {
    if (world === null) throw new Error('no world is open: call open() first');
    return answerWhatIf(world, change, { horizonSeconds, seeds: Array.from({ length: seeds }, (_, i) => i + 1) });
  },

  async inspectRouter(router, atSeconds) {
    const seen = worldThen(atSeconds);
    return seen === null ? null : inspectRouter(seen, router);
  },

  async inspectIdentity(atSeconds) {
    const seen = worldThen(atSeconds);
    return seen === null ? null : inspectIdentity(seen);
  },

  async explainReplica(replica, atSeconds) {
    const seen = worldThen(atSeconds);
    return seen === null ? null : explainReplica(seen, replica);
  },

  async recordSpan(mesh, span) {
    const lines: string[] = [];
    recordSpan(history, mesh, span, (record) => lines.push(JSON.stringify(record)));
    return `${lines.join('\n')}\n`;
  },

  async netJson() {
    return world === null || world.mesh === null ? null : exportNetJson(world.mesh);
  },

  async recordMesh(mesh, forSeconds, seed) {
    const scenario = exportLabScenario(mesh, { name: 'mesh', seed, durationSeconds: forSeconds });
    const lines = [JSON.stringify(labMeta(scenario, seed, 1))];
    runLab(scenario, seed, (record) => lines.push(JSON.stringify(record)));
    return `${lines.join('\n')}\n`;
  },

  async rightSize(question) {
    const parsed = parseScenario(question.spec);
    return parsed.ok ? ok(rightSizeVariants({ ...question, spec: parsed.value })) : parsed;
  },

  async stop() {
    stopRequested = true;
  },
};

expose(api);
