/**
 * Which CPU a waking task goes to (`select_task_rq_fair`): where it was if that is idle, else an idle neighbour,
 * else where it was, or where its waker is when that is clearly less loaded. New tasks go to the idlest CPU.
 */
import { NONE, rootQueue, type CpuHost, type CpuTask } from '../cpu-host';
import { averageQueueLoad } from '../load-average';
import { allowedCpus, isAllowed } from './allowed-cpus';
import { hierarchicalLoad } from './hierarchical-load';

/** `imbalance_pct` of a last-level-cache domain; half of it favours the waker's CPU. */
export const IMBALANCE_PERCENT = 117;

export const isIdle = (host: CpuHost, cpu: number) => host.cpus[cpu]!.task === NONE && host.cpus[cpu]!.runnable === 0;

export function cpuLoad(host: CpuHost, cpu: number): number {
  const root = rootQueue(host, cpu);
  averageQueueLoad(host, root);
  return root.loadAverage;
}

export function placeNewTask(host: CpuHost, group: number): number {
  const allowed = allowedCpus(host, group);
  let best = allowed[0]!;
  for (const cpu of allowed) if (isLessBusy(host, cpu, best)) best = cpu;
  return best;
}

function isLessBusy(host: CpuHost, cpu: number, than: number): boolean {
  const runnable = host.cpus[cpu]!.runnable - host.cpus[than]!.runnable;
  return runnable === 0 ? cpuLoad(host, cpu) < cpuLoad(host, than) : runnable < 0;
}

/** `waker` is the CPU on which the wake-up happens; `sync`: who wakes says that it will sleep at once, as a socket's sender does. */
export function placeWakingTask(host: CpuHost, task: CpuTask, waker: number, sync: boolean): number {
  const previous = isAllowed(host, task.group, task.cpu) ? task.cpu : allowedCpus(host, task.group)[0]!;
  if (isIdle(host, previous)) return previous;
  const target = waker !== previous && isAllowed(host, task.group, waker) ? affineTarget(host, task, { waker, previous, sync }) : previous;
  if (isIdle(host, target)) return target;
  const count = host.cpus.length;
  for (let step = 1; step < count; step += 1) {
    const cpu = (target + step) % count;
    if (isIdle(host, cpu) && isAllowed(host, task.group, cpu)) return cpu;
  }
  return target;
}

type Affine = { readonly waker: number; readonly previous: number; readonly sync: boolean };

/** `wake_affine`: where the task would meet less load, a waker that will sleep not counted. */
function affineTarget(host: CpuHost, task: CpuTask, { waker, previous, sync }: Affine): number {
  const at = host.cpus[waker]!;
  if (isIdle(host, waker) || (sync && at.runnable === 1)) return waker;
  let waking = cpuLoad(host, waker);
  if (sync && at.task !== NONE) {
    const leaves = hierarchicalLoad(host, host.tasks[at.task]!);
    if (leaves > waking) return waker;
    waking -= leaves;
  }
  const load = hierarchicalLoad(host, task);
  const atWaker = (waking + load) * 100;
  const atPrevious = (cpuLoad(host, previous) - load) * (100 + ((IMBALANCE_PERCENT - 100) >> 1)) + (sync ? 1 : 0);
  return atWaker < atPrevious ? waker : previous;
}
