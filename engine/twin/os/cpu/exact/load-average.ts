/**
 * Load averages as PELT keeps them: an exponential mean with a half-life of 32 × 1024 µs. The kernel steps in
 * whole 1024 µs; here the mean is continuous, which differs by less than 2 %.
 */
import { exp } from '@/engine/kernel';
import { NONE, type Cpu, type CpuHost, type Entity, type RunQueue } from './cpu-host';
import { LOAD_HALF_LIFE_US } from './kernel-settings';

const RATE = Math.LN2 / LOAD_HALF_LIFE_US;
const NEGLIGIBLE_US = 40 * LOAD_HALF_LIFE_US;

/** What is left of an old mean after `us`. */
const keptAfter = (us: number) => (us > NEGLIGIBLE_US ? 0 : exp(-us * RATE));

/** Call before `queue.weight` changes. */
export function averageQueueLoad(host: CpuHost, queue: RunQueue): void {
  const us = host.nowUs - queue.loadUs;
  if (us <= 0) return;
  queue.loadUs = host.nowUs;
  if (queue.loadAverage === queue.weight) return;
  queue.loadAverage = queue.weight + (queue.loadAverage - queue.weight) * keptAfter(us);
}

/** Load that comes or goes at once, with what brings it. */
export function addLoad(queue: RunQueue, load: number): void {
  queue.loadAverage = Math.max(0, queue.loadAverage + load);
}

/** Call before `entity.queued` changes. */
export function averageActivity(host: CpuHost, entity: Entity): void {
  const us = host.nowUs - entity.activityUs;
  if (us <= 0) return;
  entity.activityUs = host.nowUs;
  const now = entity.queued && !entity.delayed ? 1 : 0;
  if (entity.activity === now) return;
  entity.activity = now + (entity.activity - now) * keptAfter(us);
}

/** Call before `cpu.runnable` or `cpu.task` changes. */
export function averageCpu(host: CpuHost, cpu: Cpu): void {
  const us = host.nowUs - cpu.averageUs;
  if (us <= 0) return;
  cpu.averageUs = host.nowUs;
  const busy = cpu.task === NONE ? 0 : 1;
  if (busy === 1) cpu.busyUs += us;
  if (cpu.runnableAverage === cpu.runnable && cpu.busyAverage === busy) return;
  const kept = keptAfter(us);
  cpu.runnableAverage = cpu.runnable + (cpu.runnableAverage - cpu.runnable) * kept;
  cpu.busyAverage = busy + (cpu.busyAverage - busy) * kept;
}
