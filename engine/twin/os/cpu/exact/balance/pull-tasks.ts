/** Moving waiting tasks from one CPU to another. */
import { leaveQueue } from '../leave-queue';
import { enterQueue } from '../enter-queue';
import { NONE, type CpuHost, type CpuTask, type RunQueue } from '../cpu-host';
import { updateGroupShare } from '../group-share';
import { averageQueueLoad } from '../load-average';
import { MIGRATION_COST_US } from '../kernel-settings';
import { moveAsleep, preemptFor } from '../wake-task';
import { isAllowed } from './allowed-cpus';

/** Failed attempts after which cache-hot tasks are moved too (`cache_nice_tries`). */
const HOT_TRIES = 1;

/** Waiting tasks of `from` that may go to `to`, the least recently run first. */
export function movableTasks(host: CpuHost, from: number, to: number, failed: number): CpuTask[] {
  const movable = host.tasks.filter((task) => task.cpu === from && task.state === 'runnable' && !task.inLimbo && isMovable(host, task, to, failed));
  return movable.sort((a, b) => a.recentSequence - b.recentSequence || a.id - b.id);
}

function isMovable(host: CpuHost, task: CpuTask, to: number, failed: number): boolean {
  const entity = host.entities[task.entity]!;
  if (!entity.queued || !isAllowed(host, task.group, to)) return false;
  if (host.queues[entity.queue]!.throttleDepth > 0 || host.queues[host.groups[task.group]!.queues[to]!]!.throttleDepth > 0) return false;
  return failed > HOT_TRIES || host.nowUs - entity.ranSinceUs >= MIGRATION_COST_US;
}

/** Moves a waiting task; it keeps its lag and what is left of its deadline, and takes its load along at every level. */
export function moveTask(host: CpuHost, task: CpuTask, to: number): void {
  const { activity } = host.entities[task.entity]!;
  const { queues } = host.groups[task.group]!;
  const from = pathOf(host, queues[task.cpu]!);
  const touched = pathOf(host, queues[to]!).flatMap((queue, level) => [from[level]!, queue]);
  for (const queue of touched) averageQueueLoad(host, queue);
  const weights = touched.map(({ weight }) => weight);
  leaveQueue(host, task, { settles: 'groups', moves: true });
  moveAsleep(host, task, to);
  enterQueue(host, task);
  for (let i = 0; i < touched.length; i += 2) {
    shiftLoad(touched[i]!, weights[i]!, activity);
    shiftLoad(touched[i + 1]!, weights[i + 1]!, activity);
    if (touched[i]!.entity === NONE) continue;
    updateGroupShare(host, touched[i]!);
    updateGroupShare(host, touched[i + 1]!);
  }
  preemptFor(host, task);
}

/** The average follows a move at once, not over tens of milliseconds. */
function shiftLoad(queue: RunQueue, weightBefore: number, activity: number): void {
  queue.loadAverage = Math.max(0, queue.loadAverage + (queue.weight - weightBefore) * activity);
}

/** A queue and those above it, up to the root's. */
function pathOf(host: CpuHost, id: number): RunQueue[] {
  const path: RunQueue[] = [];
  for (let queue = host.queues[id]!; ; queue = host.queues[host.entities[queue.entity]!.queue]!) {
    path.push(queue);
    if (queue.entity === NONE) return path;
  }
}

/** A task's part of its CPU's load: its weight, scaled at every level by its group's part (`task_h_load`). */
export function hierarchicalLoad(host: CpuHost, task: CpuTask): number {
  const entity = host.entities[task.entity]!;
  let queue = host.queues[entity.queue]!;
  let load = entity.weight * entity.activity;
  while (queue.depth > 0) {
    const group = host.entities[queue.entity]!;
    load *= group.weight / Math.max(1, queue.weight);
    queue = host.queues[group.queue]!;
  }
  return load;
}
