/**
 * The period timer of a group with a quota: refills the pool, counts, and hands runtime to throttled CPUs in the
 * order in which they ran out. It runs on a grid fixed when the group was made, and stops after a period without use.
 */
import { schedule, timeUs } from '@/engine/kernel';
import { CpuEvent } from '../cpu-event';
import type { Bandwidth, CpuHost } from '../cpu-host';
import { ONE_NS, SLACK_EXPIRY_US, SLACK_PERIOD_US } from '../kernel-settings';
import { unthrottle } from './throttle';

export function startPeriodTimer(host: CpuHost, group: number): void {
  const { bandwidth } = host.groups[group]!;
  if (bandwidth.timerActive) return;
  bandwidth.timerActive = true;
  scheduleNext(host, group, bandwidth);
}

function scheduleNext(host: CpuHost, group: number, bandwidth: Bandwidth): void {
  const passed = Math.floor((host.nowUs - bandwidth.phaseUs) / bandwidth.periodUs) + 1;
  bandwidth.nextPeriodUs = bandwidth.phaseUs + passed * bandwidth.periodUs;
  bandwidth.phaseUs = bandwidth.nextPeriodUs; // a new period counts on from here
  bandwidth.timerVersion = (bandwidth.timerVersion + 1) | 0;
  schedule(host.events, timeUs(bandwidth.nextPeriodUs), CpuEvent.period, group, bandwidth.timerVersion);
}

export function refillPool(bandwidth: Bandwidth): void {
  if (bandwidth.quotaUs === Infinity) return;
  bandwidth.poolUs += bandwidth.quotaUs;
  const burst = bandwidth.poolAfterRefillUs - bandwidth.poolUs;
  if (burst > 0) {
    bandwidth.burstPeriods += 1;
    bandwidth.burstUsedUs += burst;
  }
  bandwidth.poolUs = Math.min(bandwidth.poolUs, bandwidth.quotaUs + bandwidth.burstUs);
  bandwidth.poolAfterRefillUs = bandwidth.poolUs;
}

/** One period has passed. */
export function turnPeriod(host: CpuHost, group: number, version: number): void {
  const { bandwidth } = host.groups[group]!;
  if (version !== bandwidth.timerVersion || !bandwidth.timerActive) return;
  if (bandwidth.quotaUs === Infinity) {
    bandwidth.timerActive = false;
    return;
  }
  bandwidth.periods += 1;
  refillPool(bandwidth);
  const throttled = bandwidth.throttledQueues.length > 0;
  if (bandwidth.idle && !throttled) {
    bandwidth.timerActive = false;
    return;
  }
  bandwidth.idle = !throttled;
  scheduleNext(host, group, bandwidth);
  if (!throttled) return;
  bandwidth.throttledPeriods += 1;
  distribute(host, group);
  bandwidth.idle = false;
}

/** Pays every throttled CPU's debt and a nanosecond more, first come first served, while the pool lasts. */
function distribute(host: CpuHost, group: number): void {
  const { bandwidth } = host.groups[group]!;
  for (const id of bandwidth.throttledQueues.slice()) {
    if (bandwidth.poolUs <= 0) return;
    const queue = host.queues[id]!;
    const amount = Math.min(bandwidth.poolUs, ONE_NS - queue.runtimeUs);
    bandwidth.poolUs -= amount;
    queue.runtimeUs += amount;
    if (queue.runtimeUs > 0) unthrottle(host, queue);
  }
}

export function armSlackTimer(host: CpuHost, group: number): void {
  const { bandwidth } = host.groups[group]!;
  if (bandwidth.slackArmed || (bandwidth.timerActive && bandwidth.nextPeriodUs - host.nowUs < SLACK_PERIOD_US + SLACK_EXPIRY_US)) return;
  bandwidth.slackArmed = true;
  schedule(host.events, timeUs(host.nowUs + SLACK_PERIOD_US), CpuEvent.slack, group);
}

export function shareSlack(host: CpuHost, group: number): void {
  const { bandwidth } = host.groups[group]!;
  bandwidth.slackArmed = false;
  if (bandwidth.timerActive && bandwidth.nextPeriodUs - host.nowUs < SLACK_EXPIRY_US) return;
  if (bandwidth.quotaUs < Infinity && bandwidth.poolUs > host.settings.bandwidthSliceUs) distribute(host, group);
}
