/** Moving waiting tasks from one CPU to another. */
import { enterQueue } from '../enter-queue';
import { leaveQueue } from '../leave-queue';
import type { CpuHost, CpuTask } from '../cpu-host';
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
  leaveQueue(host, task, { settles: 'groups', moves: true });
  moveAsleep(host, task, to);
  enterQueue(host, task);
  preemptFor(host, task);
}
