/** A task that sleeps or ends: out of the competition now, off its CPU at the next look. */
import { NONE, type CpuHost, type CpuTask } from './cpu-host';
import { leaveQueue, settle } from './leave-queue';

/** Takes the task out for good (it ends or moves): also from limbo, also when it slept but still competed. */
export function leaveCpu(host: CpuHost, task: CpuTask): void {
  const entity = host.entities[task.entity]!;
  if (task.inLimbo) {
    const { limbo } = host.queues[entity.queue]!;
    limbo.splice(limbo.indexOf(task.id), 1);
    leaveLimbo(host, task);
  } else if (entity.delayed) settle(host, entity);
  else if (entity.queued) leaveQueue(host, task, { settles: 'groups', moves: true });
  stopWaiting(host, task);
  const cpu = host.cpus[task.cpu]!;
  if (cpu.task === task.id) cpu.reschedule = true;
  task.state = 'asleep';
}

/** Bandwidth has come, or the task is taken away. */
export function leaveLimbo(host: CpuHost, task: CpuTask): void {
  task.inLimbo = false;
  task.throttledUs += host.nowUs - task.throttledSinceUs;
  task.throttledSinceUs = NONE;
}

/** The running task has nothing to do any more. */
export function fallAsleep(host: CpuHost, task: CpuTask): void {
  leaveQueue(host, task, { settles: 'all' });
  task.state = 'asleep';
  host.cpus[task.cpu]!.reschedule = true;
}

export function stopWaiting(host: CpuHost, task: CpuTask): void {
  if (task.waitSinceUs !== NONE) task.waitUs += host.nowUs - task.waitSinceUs;
  task.waitSinceUs = NONE;
}
