/**
 * Energy and carbon of a set of equal hosts that run a trace of tasks, one task per host, first come first
 * served. A task is a list of fragments (how long, how much CPU); hosts draw idle power from the first
 * submission to the last completion, and more with their utilization. Set-up as in OpenDC's experiments.
 *
 * The integral is exact: no sampling, fragments are cut where the grid's intensity changes. Times are
 * milliseconds, energy joules, carbon grams.
 */
import { invariant } from '@/engine/kernel';
import { wattsAt, type Machine } from './energy';

const JOULES_PER_KWH = 3.6e6;

/** Tasks in order of submission; fragment i of a task is at `firstFragment[task] + i`. */
export type TaskTrace = {
  readonly submittedMs: Float64Array;
  readonly firstFragment: Int32Array;
  readonly fragmentCount: Int32Array;
  readonly durationMs: Float64Array;
  /** CPU asked for, in the unit of `capacity`. */
  readonly demand: Float64Array;
};

export type HostSet = { readonly count: number; readonly capacity: number; readonly machine: Machine };

/** Grams per kWh from each time on, ascending; before the first the first one holds. */
export type IntensitySeries = { readonly fromMs: Float64Array; readonly gramsPerKwh: Float64Array };

export type EnergyRun = {
  readonly tasksCompleted: number;
  readonly energyJ: number;
  /** Null without an intensity series. */
  readonly carbonG: number | null;
  readonly makespanSeconds: number;
  readonly meanUtilization: number;
};

export function runHosts(trace: TaskTrace, hosts: HostSet, intensity: IntensitySeries | null): EnergyRun {
  invariant(hosts.count > 0 && hosts.capacity > 0, 'a run needs hosts with a capacity');
  const starts = startTimes(trace, hosts.count);
  const begin = trace.submittedMs[0] ?? 0;
  const grams = intensity === null ? null : gramsUntil(intensity);
  const idle = hosts.machine.idleWatts;
  let end = begin;
  let busyMs = 0;
  let joules = 0;
  let carbonG = 0;
  for (let task = 0; task < starts.length; task += 1) {
    let at = starts[task]!;
    const first = trace.firstFragment[task]!;
    for (let i = first; i < first + trace.fragmentCount[task]!; i += 1) {
      const lasts = trace.durationMs[i]!;
      const utilization = Math.min(1, Math.max(0, trace.demand[i]! / hosts.capacity));
      const extra = wattsAt(hosts.machine, utilization) - idle;
      joules += (extra * lasts) / 1_000;
      busyMs += utilization * lasts;
      if (grams !== null) carbonG += extra * (grams(at + lasts) - grams(at));
      at += lasts;
    }
    end = Math.max(end, at);
  }
  const makespanSeconds = (end - begin) / 1_000;
  if (grams !== null) carbonG += hosts.count * idle * (grams(end) - grams(begin));
  return {
    tasksCompleted: starts.length,
    energyJ: joules + hosts.count * idle * makespanSeconds,
    carbonG: grams === null ? null : carbonG,
    makespanSeconds,
    meanUtilization: end === begin ? 0 : busyMs / (hosts.count * (end - begin)),
  };
}

/** When each task starts: at its submission, or when a host is free; nobody overtakes. */
function startTimes({ submittedMs, firstFragment, fragmentCount, durationMs }: TaskTrace, hostCount: number): Float64Array {
  const freeAt: number[] = []; // a heap: the earliest is at 0
  const starts = new Float64Array(submittedMs.length);
  for (let task = 0; task < starts.length; task += 1) {
    invariant(task === 0 || submittedMs[task]! >= submittedMs[task - 1]!, 'tasks come in order of submission');
    let lasts = 0;
    for (let i = 0; i < fragmentCount[task]!; i += 1) lasts += durationMs[firstFragment[task]! + i]!;
    const start = freeAt.length < hostCount ? submittedMs[task]! : Math.max(submittedMs[task]!, freeAt[0]!);
    starts[task] = start;
    if (freeAt.length < hostCount) push(freeAt, start + lasts);
    else replaceTop(freeAt, start + lasts);
  }
  return starts;
}

function push(heap: number[], value: number): void {
  let hole = heap.push(value) - 1;
  while (hole > 0 && heap[(hole - 1) >> 1]! > value) {
    heap[hole] = heap[(hole - 1) >> 1]!;
    hole = (hole - 1) >> 1;
  }
  heap[hole] = value;
}

function replaceTop(heap: number[], value: number): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child += 1;
    if (heap[child]! >= value) break;
    heap[hole] = heap[child]!;
    hole = child;
  }
  heap[hole] = value;
}

/** The integral of intensity over time: grams that one watt has caused up to a time. Differences of it are exact to 1e-9 g. */
function gramsUntil({ fromMs, gramsPerKwh }: IntensitySeries): (ms: number) => number {
  invariant(fromMs.length > 0, 'an intensity series has at least one value');
  const perMs = (step: number) => gramsPerKwh[step]! / 1_000 / JOULES_PER_KWH;
  const sums = new Float64Array(fromMs.length);
  for (let i = 1; i < sums.length; i += 1) sums[i] = sums[i - 1]! + (fromMs[i]! - fromMs[i - 1]!) * perMs(i - 1);
  return (ms) => {
    const step = stepAt(fromMs, ms);
    return sums[step]! + (ms - fromMs[step]!) * perMs(step);
  };
}

function stepAt(fromMs: Float64Array, ms: number): number {
  let low = 0;
  let high = fromMs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fromMs[middle]! <= ms) low = middle;
    else high = middle - 1;
  }
  return low;
}
