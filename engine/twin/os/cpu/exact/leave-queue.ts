/**
 * A task stops competing. One that sleeps while it is ahead of its share stays in the competition until the
 * others have caught up (DELAY_DEQUEUE), so that sleeping does not wash away what it owes.
 */
import { returnRuntime } from './bandwidth/charge-bandwidth';
import { chargeCpu } from './charge-time';
import { removeEntity } from './compete';
import { NONE, type CpuHost, type CpuTask, type Entity, type RunQueue } from './cpu-host';
import { averageVruntime, isEligible, lagOf } from './eligibility';
import { updateGroupShare } from './group-share';
import { averageActivity, averageCpu, averageQueueLoad } from './load-average';

/** `settles`: who may stay in the competition for a while; a task that moves to another CPU keeps its deadline. */
export type Leaving = { readonly settles: 'all' | 'groups' | 'none'; readonly moves?: boolean };

/** Takes a runnable task out of its queue, and its groups out of theirs where it was the last. */
export function leaveQueue(host: CpuHost, task: CpuTask, leaving: Leaving): void {
  const cpu = host.cpus[task.cpu]!;
  chargeCpu(host, task.cpu);
  const entity = host.entities[task.entity]!;
  if (!entity.delayed) {
    averageCpu(host, cpu);
    cpu.runnable -= 1;
  }
  leaveFrom(host, entity, leaving);
}

/** A sleeper whose lag has become positive is picked, and leaves for good. */
export function settle(host: CpuHost, entity: Entity): void {
  leaveFrom(host, entity, { settles: 'groups' });
}

function leaveFrom(host: CpuHost, first: Entity, leaving: Leaving): void {
  let entity = first;
  let maySettleLater = leaving.settles === 'all';
  let moves = leaving.moves === true;
  let left = true;
  for (;;) {
    const queue = host.queues[entity.queue]!;
    if (left) left = leave(host, queue, entity, maySettleLater, moves) && queue.queued.length === 0;
    else updateGroupShare(host, host.queues[entity.own]!);
    if (queue.entity === NONE) return;
    entity = host.entities[queue.entity]!;
    maySettleLater = leaving.settles !== 'none';
    moves = false;
  }
}

/** False when the entity stays in the competition for now. */
function leave(host: CpuHost, queue: RunQueue, entity: Entity, maySettleLater: boolean, moves: boolean): boolean {
  const average = averageVruntime(host, queue);
  averageActivity(host, entity);
  if (maySettleLater && !entity.delayed && !isEligible(entity, average)) {
    entity.vlag = lagOf(host, entity, average);
    entity.delayed = true;
    return false;
  }
  averageQueueLoad(host, queue);
  entity.vlag = lagOf(host, entity, average);
  if (entity.delayed) {
    entity.delayed = false;
    if (entity.vlag > 0) entity.vlag = 0;
  }
  if (moves) {
    entity.deadline -= entity.vruntime;
    entity.deadlineIsRelative = true;
  }
  removeEntity(queue, entity);
  if (entity.own === NONE) host.cpus[queue.cpu]!.queued -= 1;
  if (queue.running === entity.id) queue.running = NONE;
  returnRuntime(host, queue);
  return true;
}
