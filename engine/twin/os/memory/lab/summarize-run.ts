/** The summary of a memory experiment over its window, with the keys and the rounding of a recording. */
import { mibOf } from '../pages';
import type { CpuMark, MemoryProcess, MemoryRun } from './memory-run';
import type { MemoryRunReport, MemoryTaskSummary } from './memory-scenario';

export type Marks = { readonly before: CpuMark; readonly after: CpuMark; readonly failcnt: readonly number[]; readonly kills: readonly number[] };

const round = (value: number, scale: number) => Math.round(value * scale) / scale;
const CORES = 100_000;
const HUNDREDTHS = 100;

export function summarizeRun(run: MemoryRun, { before, after, failcnt, kills }: Marks): MemoryRunReport {
  const { warmS, durationS, groups } = run.scenario;
  const spanUs = (durationS - warmS) * 1e6;
  const summaries = groups.map(({ name }) => {
    const id = run.groupIds.get(name)!;
    return [name, { cpu: round((after.groups[id]! - before.groups[id]!) / spanUs, CORES), memMaxMb: round(mibOf(run.maxPages[id]!), HUNDREDTHS), failcnt: failcnt[id]!, oomKills: kills[id]! }] as const;
  });
  return {
    window: [warmS, durationS],
    groups: Object.fromEntries(summaries),
    tasks: run.processes.map((process) => taskSummary(process, before, after, spanUs)),
    events: run.events,
    steps: run.steps,
  };
}

function taskSummary(process: MemoryProcess, before: CpuMark, after: CpuMark, spanUs: number): MemoryTaskSummary {
  const from = before.tasks.get(process.id);
  const to = after.tasks.get(process.id);
  if (from === undefined || to === undefined) return { label: process.label, exit: { code: process.exitCode, sig: process.exitSignal } };
  return { label: process.label, nice: process.spec.nice ?? 0, cpu: round((to.cpuUs - from.cpuUs) / spanUs, CORES), runqWait: 0, slices: to.wakeUps - from.wakeUps };
}
