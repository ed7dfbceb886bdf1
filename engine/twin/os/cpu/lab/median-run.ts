/**
 * One prediction out of several draws. The phase of a period, the moment of a tick, the time a runtime takes to start
 * cannot be known; the median over draws of them errs least, where a single draw would add its own luck to the error.
 */
import type { CpuLabRun, LabGroupSummary, LabItemStats, LabTaskSummary } from './cpu-lab-run';

/** The median of every number over the draws of one repeat; what is not a number comes from the first draw. */
export function medianRun(draws: readonly CpuLabRun[]): CpuLabRun {
  const [first] = draws;
  if (first === undefined || draws.length === 1) return first!;
  return {
    ...first,
    groups: Object.fromEntries(Object.keys(first.groups).map((name) => [name, medianGroup(draws.map(({ groups }) => groups[name]!))])),
    tasks: first.tasks.map((_, i) => medianTask(draws.flatMap(({ tasks }) => tasks[i] ?? []))),
    itemStats: first.itemStats.map((_, i) => medianItems(draws.flatMap(({ itemStats }) => itemStats[i] ?? []))),
  };
}

function medianGroup(groups: readonly LabGroupSummary[]): LabGroupSummary {
  const cpu = median(groups.map((group) => group.cpu));
  if (groups[0]!.nrPeriods === undefined) return { cpu };
  const of = (key: 'nrPeriods' | 'nrThrottled' | 'throttledS') => median(groups.map((group) => group[key] ?? 0));
  return { cpu, nrPeriods: of('nrPeriods'), nrThrottled: of('nrThrottled'), throttledS: of('throttledS') };
}

/** A process that had ended in most draws has ended. */
function medianTask(tasks: readonly LabTaskSummary[]): LabTaskSummary {
  const alive = tasks.flatMap((task) => ('cpu' in task ? [task] : []));
  const ended = tasks.find((task) => !('cpu' in task));
  if (ended !== undefined && 2 * alive.length < tasks.length) return ended;
  const of = (key: 'cpu' | 'runqWait' | 'slices') => median(alive.map((task) => task[key]));
  return { label: alive[0]!.label, nice: alive[0]!.nice, cpu: of('cpu'), runqWait: of('runqWait'), slices: of('slices') };
}

function medianItems(items: readonly LabItemStats[]): LabItemStats {
  const of = (key: 'planned' | 'done' | 'meanMs' | 'p50Ms' | 'p95Ms' | 'p99Ms' | 'maxMs') => median(items.map((item) => item[key]));
  return { label: items[0]!.label, planned: of('planned'), done: of('done'), meanMs: of('meanMs'), p50Ms: of('p50Ms'), p95Ms: of('p95Ms'), p99Ms: of('p99Ms'), maxMs: of('maxMs') };
}

/** The lower middle, so that counts stay counts. */
function median(values: readonly number[]): number {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1]!;
}
