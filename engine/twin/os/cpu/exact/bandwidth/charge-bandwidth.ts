/**
 * CFS bandwidth: a group's pool is refilled every period; each CPU draws slices of 5 ms from it and runs on what
 * it has in hand. Debts stay: what a CPU ran beyond its runtime until the next tick is paid from the next period.
 * Source: kernel/sched/fair.c (CONFIG_CFS_BANDWIDTH), Documentation/scheduler/sched-bwc.rst.
 */
import type { CpuHost, RunQueue } from '../cpu-host';
import { KEPT_RUNTIME_US } from '../kernel-settings';
import { armSlackTimer, startPeriodTimer } from './period-timer';

export const hasQuota = (host: CpuHost, queue: RunQueue) => host.groups[queue.group]!.bandwidth.quotaUs < Infinity;

/** Docks `us` of runtime; when none is left and the pool has none either, the CPU looks for something else to run. */
export function chargeBandwidth(host: CpuHost, queue: RunQueue, us: number): void {
  if (!hasQuota(host, queue)) return;
  queue.runtimeUs -= us;
  if (queue.runtimeUs > 0 || queue.throttled) return;
  if (!drawRuntime(host, queue, host.settings.bandwidthSliceUs)) host.cpus[queue.cpu]!.reschedule = true;
}

/** Tops the queue up to `targetUs` from the pool, as far as it goes; true when there is runtime to run on. */
export function drawRuntime(host: CpuHost, queue: RunQueue, targetUs: number): boolean {
  const { bandwidth } = host.groups[queue.group]!;
  startPeriodTimer(host, queue.group);
  if (bandwidth.poolUs > 0) {
    const amount = Math.min(bandwidth.poolUs, targetUs - queue.runtimeUs);
    bandwidth.poolUs -= amount;
    bandwidth.idle = false;
    queue.runtimeUs += amount;
  }
  return queue.runtimeUs > 0;
}

/** The last entity left: all but 1 ms goes back to the pool, where other CPUs may be waiting for it. */
export function returnRuntime(host: CpuHost, queue: RunQueue): void {
  if (!hasQuota(host, queue) || queue.queued.length > 0) return;
  const slack = queue.runtimeUs - KEPT_RUNTIME_US;
  if (slack <= 0) return;
  const { bandwidth } = host.groups[queue.group]!;
  bandwidth.poolUs += slack;
  queue.runtimeUs -= slack;
  if (bandwidth.poolUs > host.settings.bandwidthSliceUs && bandwidth.throttledQueues.length > 0) armSlackTimer(host, queue.group);
}
