/** The summary of a repeat over its window, rounded as the laboratory rounds. */
import type { CpuLabRun, LabGroupSummary, LabItemStats, LabTaskSummary } from './cpu-lab-run';
import type { LabGroup } from './cpu-lab-scenario';
import type { LabProcessState } from './lab-process';
import type { GroupCounters, LabRunState } from './lab-run-state';

export function summarizeRun(run: LabRunState, rep: number): CpuLabRun {
  const opened = run.opened!;
  const closed = run.closed!;
  const spanUs = closed.atUs - opened.atUs;
  const { scenario, processes } = run;
  return {
    rep,
    window: [round((opened.atUs - run.startUs) / 1e6, 4), round((closed.atUs - run.startUs) / 1e6, 4)],
    groups: Object.fromEntries(scenario.groups.map((group, i) => [group.name, groupSummary(group, scenario.quotaCols === true, opened.groups[i]!, closed.groups[i]!, spanUs)])),
    tasks: processes.map((process, i): LabTaskSummary => {
      const a = opened.tasks[i];
      const b = closed.tasks[i];
      if (a === undefined || b === undefined) return { label: process.label, exit: process.phase === 'ended' ? { code: 0, sig: null } : { code: null, sig: 'SIGKILL' } };
      return { label: process.label, nice: process.nice, cpu: round((b.cpuUs - a.cpuUs) / spanUs, 5), runqWait: round((b.waitUs - a.waitUs) / spanUs, 5), slices: b.slices - a.slices };
    }),
    itemStats: processes.filter(({ kind }) => kind === 'duty').map(itemStats),
    events: run.events,
  };
}

function groupSummary(group: LabGroup, always: boolean, a: GroupCounters, b: GroupCounters, spanUs: number): LabGroupSummary {
  const cpu = round((b.cpuUs - a.cpuUs) / spanUs, 5);
  if (group.quotaUs === undefined && group.burstUs === undefined && !always) return { cpu };
  return { cpu, nrPeriods: b.periods - a.periods, nrThrottled: b.throttledPeriods - a.throttledPeriods, throttledS: round((b.throttledUs - a.throttledUs) / 1e6, 4) };
}

function itemStats({ label, planned, latenciesUs }: LabProcessState): LabItemStats {
  const sorted = Float64Array.from(latenciesUs).sort((a, b) => a - b);
  const ms = (us: number) => round(us / 1_000, 3);
  const rank = (q: number) => ms(sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0);
  const mean = sorted.length === 0 ? 0 : sorted.reduce((sum, x) => sum + x, 0) / sorted.length;
  return { label, planned, done: sorted.length, meanMs: ms(mean), p50Ms: rank(0.5), p95Ms: rank(0.95), p99Ms: rank(0.99), maxMs: rank(1) };
}

const round = (value: number, digits: number) => {
  let scale = 1;
  for (let i = 0; i < digits; i += 1) scale *= 10;
  return Math.round(value * scale) / scale;
};
