/** Chooses what a CPU runs: from the root queue down, in every queue by EEVDF. */
import { nextBelow, schedule, timeUs } from '@/engine/kernel';
import { pullWhenNewlyIdle } from './balance/pull-when-idle';
import { checkLeaving, checkThrottle, setAside } from './bandwidth/throttle';
import { chargeCpu } from './charge-time';
import { CpuEvent } from './cpu-event';
import { NONE, rootQueue, type Cpu, type CpuHost, type CpuTask, type Entity } from './cpu-host';
import { pickEntity } from './eligibility';
import { TICK_LATE_US_MAX, tickUs } from './kernel-settings';
import { stopWaiting } from './leave-cpu';
import { settle } from './leave-queue';
import { averageCpu } from './load-average';

/** Lets the CPU choose again; switches tasks when another one is chosen. */
export function rescheduleCpu(host: CpuHost, cpu: Cpu): void {
  cpu.reschedule = false;
  chargeCpu(host, cpu.id);
  let task = pickTask(host, cpu);
  if (task === undefined && pullWhenNewlyIdle(host, cpu)) task = pickTask(host, cpu);
  cpu.reschedule = false;
  const next = task?.id ?? NONE;
  if (next !== cpu.task) switchTo(host, cpu, task);
  else if (task !== undefined) keepRunning(host, task);
  armRunEnd(host, cpu);
}

/** Undefined when nothing may run. Sleepers that are met settle, throttled tasks are set aside, and it looks again. */
function pickTask(host: CpuHost, cpu: Cpu): CpuTask | undefined {
  for (;;) {
    const picked = pickPath(host, cpu);
    if (picked === 'again') continue;
    return picked;
  }
}

function pickPath(host: CpuHost, cpu: Cpu): CpuTask | undefined | 'again' {
  let queue = rootQueue(host, cpu.id);
  if (queue.queued.length === 0) return undefined;
  let throttled = false;
  for (;;) {
    throttled = checkThrottle(host, queue) || throttled;
    const entity = pickEntity(host, queue);
    if (entity.delayed) {
      settle(host, entity);
      return 'again';
    }
    if (entity.own === NONE) {
      const task = host.tasks[entity.task]!;
      if (!throttled) return task;
      setAside(host, task);
      return 'again';
    }
    queue = host.queues[entity.own]!;
  }
}

function switchTo(host: CpuHost, cpu: Cpu, task: CpuTask | undefined): void {
  averageCpu(host, cpu);
  putPrevious(host, cpu);
  cpu.task = task?.id ?? NONE;
  if (task === undefined) {
    clearRunning(host, cpu);
    return;
  }
  cpu.switches += 1;
  stopWaiting(host, task);
  task.state = 'running';
  task.slices += 1;
  task.overheadUs = host.settings.switchCostUs;
  task.recentSequence = host.nextSequence++;
  setRunning(host, task);
  if (!cpu.tickPending) armTick(host, cpu);
}

function keepRunning(host: CpuHost, task: CpuTask): void {
  stopWaiting(host, task);
  task.state = 'running';
  setRunning(host, task);
}

function putPrevious(host: CpuHost, cpu: Cpu): void {
  if (cpu.task === NONE) return;
  const previous = host.tasks[cpu.task]!;
  if (previous.cpu === cpu.id) checkLeaving(host, previous);
  if (previous.state !== 'running' || previous.cpu !== cpu.id) return;
  previous.state = 'runnable';
  previous.waitSinceUs = host.nowUs;
}

/** Entities that ran and still run keep the protection of their turn; the others begin one. */
function setRunning(host: CpuHost, task: CpuTask): void {
  const fromUs = Math.max(host.nowUs, host.cpus[task.cpu]!.stolenUntilUs);
  let entity: Entity = host.entities[task.entity]!;
  for (;;) {
    const queue = host.queues[entity.queue]!;
    entity.ranSinceUs = fromUs;
    if (queue.running !== entity.id) {
      if (queue.running !== NONE) stopBelow(host, host.entities[queue.running]!);
      queue.running = entity.id;
      entity.protectedUntil = entity.deadline;
    }
    if (queue.entity === NONE) return;
    entity = host.entities[queue.entity]!;
  }
}

function stopBelow(host: CpuHost, entity: Entity): void {
  for (let own = entity.own; own !== NONE; ) {
    const queue = host.queues[own]!;
    const { running } = queue;
    queue.running = NONE;
    own = running === NONE ? NONE : host.entities[running]!.own;
  }
}

function clearRunning(host: CpuHost, cpu: Cpu): void {
  const root = rootQueue(host, cpu.id);
  if (root.running === NONE) return;
  stopBelow(host, host.entities[root.running]!);
  root.running = NONE;
}

/** When the running task's work will be done, should nothing come between. */
export function armRunEnd(host: CpuHost, cpu: Cpu): void {
  cpu.runVersion = (cpu.runVersion + 1) | 0;
  if (cpu.task === NONE) return;
  const task = host.tasks[cpu.task]!;
  if (task.workUs === Infinity) return;
  schedule(host.events, timeUs(Math.ceil(Math.max(host.nowUs, cpu.stolenUntilUs) + task.overheadUs + task.workUs)), CpuEvent.runEnd, cpu.id, cpu.runVersion);
}

/** Ticks stand on one grid for all CPUs and stop on idle ones; interrupts come a little late, low numbers rather first. */
export function armTick(host: CpuHost, cpu: Cpu): void {
  const tick = tickUs(host.settings);
  const passed = Math.floor((host.nowUs - host.tickPhaseUs) / tick) + 1;
  cpu.tickPending = true;
  schedule(host.events, timeUs(host.tickPhaseUs + passed * tick + cpu.id + nextBelow(host.random, TICK_LATE_US_MAX)), CpuEvent.tick, cpu.id);
}
