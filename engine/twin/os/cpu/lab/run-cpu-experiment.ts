/**
 * The twin of a laboratory record: the same scenario, host facts, arrivals and works, played on the exact model, gives
 * the same `runs`. What nobody can know (phase of ticks and periods, start-up time, other processes) is drawn several
 * times per repeat from `seed`, and the median is the prediction.
 */
import { invariant } from '@/engine/kernel';
import type { CpuLabRun } from './cpu-lab-run';
import type { CpuLabRecord, RepeatInput } from './cpu-lab-scenario';
import { labHost } from './lab-host';
import { medianRun } from './median-run';
import { playRepeat } from './run-repeat';
import { RECORDING_HOST } from './recording-host';
import { summarizeRun } from './summarize-run';

export const CPU_DRAWS_DEFAULT = 49;
const STREAMS_PER_SEED = 1_000_000;
const STREAMS_PER_REPEAT = 1_000;

/** One run per repeat of the record. `inputs` may be empty: then arrivals are drawn as the laboratory draws them. */
export function runCpuExperiment(record: CpuLabRecord, inputs: readonly RepeatInput[], seed: number, draws = CPU_DRAWS_DEFAULT): CpuLabRun[] {
  invariant(draws >= 1 && draws < STREAMS_PER_REPEAT, `${draws} draws of a repeat`);
  const speed = sustainedItersPerMs(record);
  return record.runs.map(({ rep, itersPerMs }) => {
    const workScale = itersPerMs === undefined || speed === undefined ? 1 / RECORDING_HOST.sustainedSpeed : itersPerMs / speed;
    const input = inputs.find((one) => one.rep === rep) ?? { rep, items: [] };
    const played = Array.from({ length: draws }, (_, draw) => {
      const lab = labHost(record.scenario, record.host, seed * STREAMS_PER_SEED + rep * STREAMS_PER_REPEAT + draw);
      return summarizeRun(playRepeat(record.scenario, lab, record.host.cpus, workScale, input), rep);
    });
    return medianRun(played);
  });
}

/** The recording host's own speed when the record's calibrations are near it, else what they say. */
function sustainedItersPerMs({ runs }: CpuLabRecord): number | undefined {
  const calibrated = runs.flatMap(({ itersPerMs }) => (itersPerMs === undefined ? [] : [itersPerMs]));
  if (calibrated.length === 0) return undefined;
  const mean = calibrated.reduce((sum, speed) => sum + speed, 0) / calibrated.length;
  const { itersPerMs, sustainedSpeed, speedTolerance } = RECORDING_HOST;
  return Math.abs((mean * sustainedSpeed) / itersPerMs - 1) <= speedTolerance ? itersPerMs : mean * sustainedSpeed;
}
