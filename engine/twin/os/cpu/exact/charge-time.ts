/** Charges the time since the last charge to what runs on a CPU: task, groups, vruntime, bandwidth, work. */
import { asVruntime, isProtected } from './eligibility';
import { NONE, type CpuHost, type CpuTask, type Entity, type RunQueue } from './cpu-host';
import { chargeBandwidth } from './bandwidth/charge-bandwidth';

/** Brings the running entities of a CPU up to now, from the task to the root (`update_curr` at every level). */
export function chargeCpu(host: CpuHost, cpu: number): void {
  const id = host.cpus[cpu]!.task;
  if (id === NONE) return;
  const task = host.tasks[id]!;
  if (task.cpu !== cpu) return; // taken away while it ran; what it used here was charged then
  let entity = host.entities[task.entity]!;
  chargeTask(host, task, Math.max(0, host.nowUs - entity.ranSinceUs));
  for (;;) {
    const queue = host.queues[entity.queue]!;
    chargeEntity(host, queue, entity);
    if (queue.entity === NONE) return;
    entity = host.entities[queue.entity]!;
  }
}

function chargeEntity(host: CpuHost, queue: RunQueue, entity: Entity): void {
  const us = host.nowUs - entity.ranSinceUs;
  if (us <= 0) return;
  entity.ranSinceUs = host.nowUs;
  entity.vruntime += asVruntime(us, entity);
  const turnOver = entity.vruntime >= entity.deadline;
  if (turnOver) entity.deadline = entity.vruntime + asVruntime(host.settings.baseSliceUs, entity);
  const group = host.groups[queue.group]!;
  group.cpuUs += us;
  group.cpuUsByCpu[queue.cpu]! += us;
  chargeBandwidth(host, queue, us);
  if (queue.queued.length > 1 && (turnOver || !isProtected(entity))) host.cpus[queue.cpu]!.reschedule = true;
}

function chargeTask(_host: CpuHost, task: CpuTask, us: number): void {
  task.cpuUs += us;
  const overhead = Math.min(us, task.overheadUs);
  task.overheadUs -= overhead;
  task.workUs = Math.max(0, task.workUs - (us - overhead));
}
