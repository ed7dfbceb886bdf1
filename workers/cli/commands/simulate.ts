/** `simulate`: one run of one scenario, from the command line, with its hash. */
import { advanceRun, reportRun, RUN_MODES, startRun, type AskedMode, type RunReport } from '@/engine/scenario';
import { BadInput } from '../bad-input';
import { writeRun } from '../run-folder';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { durationSeconds, wholeNumber } from '../numbers';
import { readScenario } from '../scenario-file';

const EVENTS_PER_SLICE = 500_000;

export const command = defineCommand({
  about: 'Runs a scenario and prints its report: key figures, alarms, cost, and the state hash, which is the same\neverywhere for the same scenario, seed and engine version. With --assert the exit code is 1 when an objective was missed.',
  positionals: { names: 'SCENARIO', min: 1, max: 1 },
  options: {
    seed: { type: 'string', value: 'N', help: "Seed of every random stream. Default: the scenario's own." },
    duration: { type: 'string', value: 'TIME', help: "Simulated time, such as 90s, 15m or 24h. Default: the scenario's own." },
    events: { type: 'string', value: 'N', help: 'Stops after so many events, wherever the clock then stands.' },
    mode: { type: 'string', value: 'MODE', default: 'exact', help: 'exact (every request), flow (fast, for large systems), auto (exact unless it would take long).' },
    out: { type: 'string', value: 'DIR', help: 'Writes report.json, telemetry.parquet and events.parquet into this folder.' },
    assert: { type: 'boolean', default: false, help: 'Exit code 1 when an objective of the scenario was missed.' },
  },
  examples: ['simulate node-loss', 'simulate node-loss --mode auto', 'simulate node-loss --seed 7 --duration 10m --out runs/seven', 'simulate my-system.yaml --assert'],
  async run(values, [name], io) {
    const scenario = await readScenario(name!);
    const seed = values.seed === undefined ? scenario.seed : wholeNumber('--seed', values.seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
    const duration = values.duration === undefined ? scenario.durationSeconds : Math.max(1, Math.round(durationSeconds('--duration', values.duration)));
    const eventsMax = values.events === undefined ? Infinity : wholeNumber('--events', values.events, { min: 1, max: 1e12 });
    const spec = { ...scenario, seed, durationSeconds: duration, warmUpSeconds: Math.min(scenario.warmUpSeconds ?? 0, duration - 1) };
    const started = performance.now();
    const run = startRun(spec, seed, modeOf(values.mode));
    if (run.mode.mode === 'flow' && run.mode.leftOut.length > 0) io.progress(`a flow leaves out: ${run.mode.leftOut.join('; ')}`);
    await advanceToEnd(run, eventsMax, io);
    const report = reportRun(run);
    await io.json(printed(report, (performance.now() - started) / 1_000));
    if (values.out !== undefined) await writeRun(values.out, report);
    return values.assert && report.objectives.some((objective) => !objective.met) ? EXIT.assertionFailed : EXIT.ok;
  },
});

function modeOf(text: string): AskedMode {
  const mode = RUN_MODES.find((each) => each === text);
  if (mode === undefined) throw new BadInput(`--mode takes ${RUN_MODES.join(', ')}, not "${text}".`);
  return mode;
}

async function advanceToEnd(run: ReturnType<typeof startRun>, eventsMax: number, io: Io): Promise<void> {
  let told = performance.now();
  while (!run.done && run.world.events < eventsMax) {
    advanceRun(run, Math.min(EVENTS_PER_SLICE, eventsMax - run.world.events));
    if (performance.now() - told < 1_000) continue;
    told = performance.now();
    io.progress(`${Math.round(run.world.nowUs / 1e6)} of ${run.spec.durationSeconds} simulated seconds, ${run.world.events} events`);
  }
}

/** The report without its frames; wall time belongs to the shell, not to the engine. */
function printed({ frames: _frames, ...report }: RunReport, wallSeconds: number) {
  return { ...report, wallSeconds };
}
