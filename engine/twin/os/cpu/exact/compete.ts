/** Joining and leaving the competition of one queue: where an entity's vruntime and deadline are put. */
import type { CpuHost, Entity, RunQueue } from './cpu-host';
import { NONE } from './cpu-host';
import { asVruntime, averageVruntime, lagOf } from './eligibility';
import { addLoad, averageActivity, averageQueueLoad } from './load-average';

/**
 * Puts an entity at V less its lag. What joins shifts V, so its lag is stretched by (W + w) / W first.
 * `initial` is a task's first time: half a slice of deadline, to ease in.
 */
export function placeEntity(host: CpuHost, queue: RunQueue, entity: Entity, initial = false): void {
  const average = averageVruntime(host, queue);
  let lag = 0;
  if (queue.queued.length > 0 && entity.vlag !== 0) lag = (entity.vlag * (queue.weight + entity.weight)) / queue.weight;
  entity.vruntime = average - lag;
  if (entity.deadlineIsRelative) {
    entity.deadline += entity.vruntime;
    entity.deadlineIsRelative = false;
    return;
  }
  entity.deadline = entity.vruntime + asVruntime(host.settings.baseSliceUs, entity) / (initial ? 2 : 1);
}

export function insertEntity(queue: RunQueue, entity: Entity): void {
  queue.queued.push(entity.id);
  queue.weight += entity.weight;
  entity.queued = true;
}

export function removeEntity(queue: RunQueue, entity: Entity): void {
  queue.queued.splice(queue.queued.indexOf(entity.id), 1);
  queue.weight -= entity.weight;
  if (queue.queued.length === 0) queue.weight = 0;
  entity.queued = false;
}

/** A new weight keeps the entity's lag and what is left to its deadline in real time, not in vruntime. */
export function reweightEntity(host: CpuHost, entity: Entity, weight: number): void {
  if (entity.weight === weight) return;
  const queue = host.queues[entity.queue]!;
  averageActivity(host, entity);
  averageQueueLoad(host, queue);
  addLoad(queue, (weight - entity.weight) * entity.activity);
  const wasQueued = entity.queued;
  const scale = entity.weight / weight;
  const protectedFor = entity.protectedUntil - entity.vruntime;
  if (wasQueued) {
    entity.vlag = lagOf(host, entity, averageVruntime(host, queue));
    entity.deadline -= entity.vruntime;
    entity.deadlineIsRelative = true;
    removeEntity(queue, entity);
  }
  entity.vlag *= scale;
  if (entity.deadlineIsRelative) entity.deadline *= scale;
  entity.weight = weight;
  if (!wasQueued) return;
  placeWithout(host, queue, entity);
  insertEntity(queue, entity);
  entity.protectedUntil = entity.vruntime + protectedFor * scale;
}

/** V without the entity that runs needs another base than the running one. */
function placeWithout(host: CpuHost, queue: RunQueue, entity: Entity): void {
  const { running } = queue;
  if (running === entity.id) queue.running = NONE;
  placeEntity(host, queue, entity);
  queue.running = running;
}
