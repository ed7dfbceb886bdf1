/**
 * The twin of a laboratory record: the same scenario, host facts, arrivals and works, played on the exact model, gives
 * the same `runs`. Every repeat has its own draws (phase of ticks and periods, other processes) from `seed`.
 */
import type { CpuLabRun } from './cpu-lab-run';
import type { CpuLabRecord, RepeatInput } from './cpu-lab-scenario';
import { labHost } from './lab-host';
import { playRepeat } from './run-repeat';
import { RECORDING_HOST } from './recording-host';
import { summarizeRun } from './summarize-run';

const REPEATS_PER_SEED = 1_000;

/** One run per repeat of the record. `inputs` may be empty: then arrivals are drawn as the laboratory draws them. */
export function runCpuExperiment(record: CpuLabRecord, inputs: readonly RepeatInput[], seed: number): CpuLabRun[] {
  const speed = sustainedItersPerMs(record);
  return record.runs.map(({ rep, itersPerMs }) => {
    const lab = labHost(record.scenario, record.host, seed * REPEATS_PER_SEED + rep);
    const workScale = itersPerMs === undefined || speed === undefined ? 1 / RECORDING_HOST.sustainedSpeed : itersPerMs / speed;
    const input = inputs.find((one) => one.rep === rep) ?? { rep, items: [] };
    return summarizeRun(playRepeat(record.scenario, lab, record.host.cpus, workScale, input), rep);
  });
}

/** The host's speed: calibrations err upwards, so the lowest of the record is nearest. */
function sustainedItersPerMs({ runs }: CpuLabRecord): number | undefined {
  const calibrated = runs.flatMap(({ itersPerMs }) => (itersPerMs === undefined ? [] : [itersPerMs]));
  return calibrated.length === 0 ? undefined : Math.min(...calibrated) * RECORDING_HOST.sustainedSpeed;
}
