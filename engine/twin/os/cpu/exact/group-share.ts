/**
 * A group's weight is one number for the whole host; on each CPU its entity gets the part that the CPU's load
 * has in the group's load (kernel/sched/fair.c `calc_group_shares`). The local load is what is queued now, the
 * others' is an average over tens of milliseconds: that lag is why shares across CPUs are only nearly right.
 */
import { reweightEntity } from './compete';
import type { CpuHost, RunQueue } from './cpu-host';
import { averageQueueLoad } from './load-average';

const WEIGHT_MIN = 2;

/** Updates the weight of the queue's entity; an empty queue keeps the weight it had. */
export function updateGroupShare(host: CpuHost, queue: RunQueue): void {
  if (queue.weight === 0) return;
  const weight = shareOf(host, queue);
  reweightEntity(host, host.entities[queue.entity]!, weight);
}

function shareOf(host: CpuHost, queue: RunQueue): number {
  const group = host.groups[queue.group]!;
  const { queues } = group;
  if (queues.length === 1) return group.weight;
  averageQueueLoad(host, queue);
  const local = Math.max(queue.weight, queue.loadAverage);
  let total = local;
  for (let cpu = 0; cpu < queues.length; cpu += 1) {
    const other = host.queues[queues[cpu]!]!;
    if (other === queue) continue;
    averageQueueLoad(host, other);
    total += other.loadAverage;
  }
  return Math.max(Math.min(WEIGHT_MIN, group.weight), (group.weight * local) / total);
}
