/**
 * A task's part of its CPU's load (`task_h_load`): its own average, scaled at every level by the part that its group's
 * entity has in the load of the queue above. A sleeper counts as it was when it fell asleep.
 */
import type { CpuHost, CpuTask } from '../cpu-host';
import { averageQueueLoad } from '../load-average';

export function hierarchicalLoad(host: CpuHost, task: CpuTask): number {
  const entity = host.entities[task.entity]!;
  let queue = host.queues[entity.queue]!;
  let load = entity.weight * entity.activity;
  while (queue.depth > 0) {
    averageQueueLoad(host, queue);
    const group = host.entities[queue.entity]!;
    load *= (group.weight * group.activity) / (queue.loadAverage + 1);
    queue = host.queues[group.queue]!;
  }
  return load;
}
