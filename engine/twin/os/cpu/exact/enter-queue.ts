/** A task becomes runnable on its CPU: into its queue, and its groups into theirs as far as they were empty. */
import { checkEntering } from './bandwidth/throttle';
import { chargeCpu } from './charge-time';
import { insertEntity, placeEntity, removeEntity } from './compete';
import { NONE, type CpuHost, type CpuTask, type Entity, type RunQueue } from './cpu-host';
import { averageVruntime, lagOf } from './eligibility';
import { updateGroupShare } from './group-share';
import { averageActivity, averageCpu, averageQueueLoad } from './load-average';

export function enterQueue(host: CpuHost, task: CpuTask, initial = false): void {
  const cpu = host.cpus[task.cpu]!;
  chargeCpu(host, task.cpu);
  averageCpu(host, cpu);
  cpu.runnable += 1;
  task.recentSequence = host.nextSequence++;
  let entity = host.entities[task.entity]!;
  let entering = true;
  for (;;) {
    const queue = host.queues[entity.queue]!;
    if (entering && entity.queued) {
      if (entity.delayed) requeue(host, queue, entity);
      entering = false;
    } else if (entering) enter(host, queue, entity, initial && entity.task !== NONE);
    else if (entity.own !== NONE) updateGroupShare(host, host.queues[entity.own]!);
    if (queue.entity === NONE) return;
    entity = host.entities[queue.entity]!;
  }
}

function enter(host: CpuHost, queue: RunQueue, entity: Entity, initial: boolean): void {
  averageActivity(host, entity);
  averageQueueLoad(host, queue);
  if (entity.own !== NONE) updateGroupShare(host, host.queues[entity.own]!);
  placeEntity(host, queue, entity, initial);
  insertEntity(queue, entity);
  if (entity.own === NONE) countQueued(host, queue.cpu);
  if (queue.queued.length === 1) checkEntering(host, queue);
}

function countQueued(host: CpuHost, id: number): void {
  const cpu = host.cpus[id]!;
  cpu.queued += 1;
  if (cpu.queued === 2) host.overloaded = true;
}

/** A sleeper that still competed wakes: what it is owed by now is forgiven, what it owes stays (DELAY_ZERO). */
function requeue(host: CpuHost, queue: RunQueue, entity: Entity): void {
  averageActivity(host, entity);
  entity.delayed = false;
  const lag = lagOf(host, entity, averageVruntime(host, queue));
  entity.vlag = lag;
  if (lag <= 0) return;
  removeEntity(queue, entity);
  entity.vlag = 0;
  placeEntity(host, queue, entity);
  insertEntity(queue, entity);
}
