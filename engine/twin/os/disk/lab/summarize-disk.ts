/**
 * Rates over the window, as the laboratory computes them: counters are known at the readings alone and interpolated between.
 * Its timers wake late by half a millisecond, its window opens a little before the reading next to it and closes with one
 * (medians over our disk recordings); that is why it measures a limit a few parts in 100 000 too high.
 */
import type { DiskRun } from './run-disk-scenario';
import type { DiskRunReport } from './disk-scenario';

export const LAB_READING = { lateUs: 600, openEarlyUs: 200, skipLastUs: 50_000 } as const;

export type DiskReading = { readonly atUs: number; readonly groups: readonly { readonly bytes: readonly [number, number]; readonly operations: readonly [number, number]; readonly cpuUs: number }[]; readonly loops: readonly { readonly shellUs: number; readonly slices: number }[] };

export const reading = (run: DiskRun, atUs: number): DiskReading => ({
  atUs,
  groups: run.counters.map(({ bytes, operations, cpuUs }) => ({ bytes: [bytes[0], bytes[1]], operations: [operations[0], operations[1]], cpuUs })),
  loops: run.loops.map(({ shellUs, slices }) => ({ shellUs, slices })),
});

export function summarizeDisk(run: DiskRun): DiskRunReport {
  const { warmS, durationS, groups } = run.scenario;
  const fromUs = warmS * 1e6 - LAB_READING.openEarlyUs;
  const toUs = durationS * 1e6;
  const spanS = (toUs - fromUs) / 1e6;
  const rate = (read: (at: DiskReading) => number) => (valueAt(run.readings, toUs, read) - valueAt(run.readings, fromUs, read)) / spanS;
  const summaries = groups.map(({ name }, i) => {
    const of = (read: (group: DiskReading['groups'][number]) => number) => rate((at) => read(at.groups[i]!));
    return [name, {
      cpu: round(of(({ cpuUs }) => cpuUs / 1e6), 100_000),
      readBps: Math.round(of(({ bytes }) => bytes[0])), writeBps: Math.round(of(({ bytes }) => bytes[1])),
      readIops: round(of(({ operations }) => operations[0]), 100), writeIops: round(of(({ operations }) => operations[1]), 100),
    }] as const;
  });
  const tasks = run.loops.map(({ loop }, i) => ({ label: loop.label, nice: loop.nice, cpu: round(rate((at) => at.loops[i]!.shellUs / 1e6), 100_000), runqWait: 0, slices: Math.round(rate((at) => at.loops[i]!.slices) * spanS) }));
  return { window: [warmS, durationS], groups: Object.fromEntries(summaries), tasks };
}

const round = (value: number, scale: number) => Math.round(value * scale) / scale;

/** Linear interpolation between the two readings around a moment. */
export function valueAt(readings: readonly DiskReading[], atUs: number, read: (at: DiskReading) => number): number {
  let i = 0;
  while (i < readings.length - 2 && readings[i + 1]!.atUs < atUs) i += 1;
  const before = readings[i]!;
  const after = readings[i + 1] ?? before;
  const part = after.atUs > before.atUs ? Math.min(1, Math.max(0, (atUs - before.atUs) / (after.atUs - before.atUs))) : 0;
  return read(before) + part * (read(after) - read(before));
}
