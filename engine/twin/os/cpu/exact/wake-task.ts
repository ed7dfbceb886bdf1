/** A sleeper becomes runnable, and may take the CPU at once. */
import { attachLoad, moveLoad } from './balance/move-load';
import { placeNewTask, placeWakingTask } from './balance/place-task';
import { chargeCpu } from './charge-time';
import { NONE, type CpuHost, type CpuTask, type Entity } from './cpu-host';
import { pickEntity } from './eligibility';
import { enterQueue } from './enter-queue';

/** `waker`: the CPU on which the wake-up happens, by default the one where the task slept; `sync` as in placeWakingTask. */
export function wakeTask(host: CpuHost, task: CpuTask, waker = task.cpu, sync = false): void {
  const initial = task.slices === 0;
  const entity = host.entities[task.entity]!;
  if (!entity.queued && initial) beginOn(host, task, placeNewTask(host, task.group));
  else if (!entity.queued) moveAsleep(host, task, placeWakingTask(host, task, waker, sync));
  task.state = 'runnable';
  task.waitSinceUs = host.nowUs;
  enterQueue(host, task, initial);
  preemptFor(host, task);
}

/** Points a task that competes nowhere at another CPU. */
export function moveAsleep(host: CpuHost, task: CpuTask, cpu: number): void {
  const entity = host.entities[task.entity]!;
  const queue = host.groups[task.group]!.queues[cpu]!;
  if (cpu !== task.cpu) task.migrations += 1;
  task.cpu = cpu;
  if (entity.queue === queue) return;
  moveLoad(host, entity, queue);
  entity.queue = queue;
}

function beginOn(host: CpuHost, task: CpuTask, cpu: number): void {
  const entity = host.entities[task.entity]!;
  task.cpu = cpu;
  entity.queue = host.groups[task.group]!.queues[cpu]!;
  attachLoad(host, entity, entity.queue);
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
