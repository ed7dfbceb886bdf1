/** A sleeper becomes runnable, and may take the CPU at once. */
import { placeNewTask, placeWakingTask } from './balance/place-task';
import { chargeCpu } from './charge-time';
import { NONE, type CpuHost, type CpuTask, type Entity } from './cpu-host';
import { pickEntity } from './eligibility';
import { enterQueue } from './enter-queue';

/** `waker`: the CPU on which the wake-up happens, by default the one where the task slept. */
export function wakeTask(host: CpuHost, task: CpuTask, waker = task.cpu): void {
  const initial = task.slices === 0;
  const entity = host.entities[task.entity]!;
  if (!entity.queued) moveAsleep(host, task, initial ? placeNewTask(host, task.group) : placeWakingTask(host, task, waker));
  task.state = 'runnable';
  task.waitSinceUs = host.nowUs;
  enterQueue(host, task, initial);
  preemptFor(host, task);
}

/** Points a task that competes nowhere at another CPU. */
export function moveAsleep(host: CpuHost, task: CpuTask, cpu: number): void {
  if (cpu !== task.cpu) task.migrations += 1;
  task.cpu = cpu;
  host.entities[task.entity]!.queue = host.groups[task.group]!.queues[cpu]!;
}

/** Whether a task that became runnable takes its CPU from the one that runs (`check_preempt_wakeup_fair`). */
export function preemptFor(host: CpuHost, task: CpuTask): void {
  const cpu = host.cpus[task.cpu]!;
  if (cpu.task === NONE) cpu.reschedule = true;
  if (cpu.reschedule || cpu.task === task.id) return;
  const [running, waking] = matchingEntities(host, host.entities[host.tasks[cpu.task]!.entity]!, host.entities[task.entity]!);
  const runningIdle = isIdleGroup(host, running);
  if (runningIdle !== isIdleGroup(host, waking)) {
    cpu.reschedule = runningIdle;
    if (runningIdle) running.protectedUntil = running.vruntime;
    return;
  }
  chargeCpu(host, cpu.id);
  if (pickEntity(host, host.queues[waking.queue]!) === waking) cpu.reschedule = true;
}

const isIdleGroup = (host: CpuHost, entity: Entity) => entity.own !== NONE && host.groups[host.queues[entity.own]!.group]!.idle;

/** The ancestors of both that compete in one queue. */
function matchingEntities(host: CpuHost, a: Entity, b: Entity): readonly [Entity, Entity] {
  const parent = (entity: Entity) => host.entities[host.queues[entity.queue]!.entity]!;
  const depth = (entity: Entity) => host.queues[entity.queue]!.depth;
  let first = a;
  let second = b;
  while (depth(first) > depth(second)) first = parent(first);
  while (depth(second) > depth(first)) second = parent(second);
  while (first.queue !== second.queue) {
    first = parent(first);
    second = parent(second);
  }
  return [first, second];
}
