/**
 * Throttling. Since Linux 6.18 it is the task that stops: the queue is marked, and a task below it is set aside
 * (`limbo`) when it is next about to run; `throttled_time` counts from the first task that had to stop.
 */
import { leaveQueue } from '../leave-queue';
import { enterQueue } from '../enter-queue';
import { leaveLimbo } from '../leave-cpu';
import { NONE, type CpuHost, type CpuTask, type RunQueue } from '../cpu-host';
import { ONE_NS } from '../kernel-settings';
import { drawRuntime, hasQuota } from './charge-bandwidth';

/** True when the queue may not run: it was throttled, or has just run out and the pool is empty. */
export function checkThrottle(host: CpuHost, queue: RunQueue): boolean {
  if (queue.throttled) return true;
  if (!hasQuota(host, queue) || queue.runtimeUs > 0) return queue.throttleDepth > 0;
  return throttleQueue(host, queue);
}

/** First entity of an empty queue: without runtime it is throttled before it ran. */
export function checkEntering(host: CpuHost, queue: RunQueue): void {
  if (!hasQuota(host, queue) || queue.throttled || queue.runtimeUs > 0) return;
  if (!drawRuntime(host, queue, host.settings.bandwidthSliceUs)) throttleQueue(host, queue);
}

/** A task leaves its CPU: queues above it that ran out are throttled, also when nobody is left in them to wait. */
export function checkLeaving(host: CpuHost, task: CpuTask): void {
  for (let queue = host.queues[host.entities[task.entity]!.queue]!; queue.entity !== NONE; queue = host.queues[host.entities[queue.entity]!.queue]!) {
    if (hasQuota(host, queue) && !queue.throttled && queue.runtimeUs <= 0) throttleQueue(host, queue);
  }
}

function throttleQueue(host: CpuHost, queue: RunQueue): boolean {
  if (drawRuntime(host, queue, ONE_NS)) return false;
  host.groups[queue.group]!.bandwidth.throttledQueues.push(queue.id);
  queue.throttled = true;
  changeDepth(host, queue, 1);
  return true;
}

function changeDepth(host: CpuHost, queue: RunQueue, by: number): void {
  queue.throttleDepth += by;
  for (const child of host.groups[queue.group]!.children) changeDepth(host, host.queues[host.groups[child]!.queues[queue.cpu]!]!, by);
}

/** Takes a task that was about to run, or runs, off its queue until bandwidth comes. */
export function setAside(host: CpuHost, task: CpuTask): void {
  const entity = host.entities[task.entity]!;
  const own = host.queues[entity.queue]!;
  for (let queue = own; ; queue = host.queues[host.entities[queue.entity]!.queue]!) {
    if (queue.throttled && queue.throttledSinceUs === NONE) queue.throttledSinceUs = host.nowUs;
    if (queue.entity === NONE) break;
  }
  leaveQueue(host, task, { settles: 'none' });
  task.inLimbo = true;
  task.throttledSinceUs = host.nowUs;
  own.limbo.push(task.id);
}

/** Bandwidth has come: everything below runs again unless another ancestor is throttled. */
export function unthrottle(host: CpuHost, queue: RunQueue): void {
  if (hasQuota(host, queue) && queue.runtimeUs <= 0) return;
  const { bandwidth } = host.groups[queue.group]!;
  queue.throttled = false;
  if (queue.throttledSinceUs !== NONE) bandwidth.throttledUs += host.nowUs - queue.throttledSinceUs;
  queue.throttledSinceUs = NONE;
  bandwidth.throttledQueues.splice(bandwidth.throttledQueues.indexOf(queue.id), 1);
  changeDepth(host, queue, -1);
  releaseLimbo(host, queue);
  const cpu = host.cpus[queue.cpu]!;
  if (cpu.task === NONE && cpu.runnable > 0) cpu.reschedule = true;
}

function releaseLimbo(host: CpuHost, queue: RunQueue): void {
  if (queue.throttleDepth === 0) {
    const { limbo } = queue;
    queue.limbo = [];
    for (const id of limbo) {
      const task = host.tasks[id]!;
      leaveLimbo(host, task);
      enterQueue(host, task);
    }
  }
  for (const child of host.groups[queue.group]!.children) releaseLimbo(host, host.queues[host.groups[child]!.queues[queue.cpu]!]!);
}
