/** A quota written while the group runs (`cpu.max`, `cpu.cfs_quota_us`). */
import { invariant } from '@/engine/kernel';
import { chargeCpu } from '../charge-time';
import type { CpuHost } from '../cpu-host';
import { ONE_NS } from '../kernel-settings';
import { refillPool, startPeriodTimer } from './period-timer';
import { unthrottle } from './throttle';

export type Quota = { readonly quotaUs: number; readonly periodUs: number; readonly burstUs: number };

const PERIOD_US_MIN = 1_000;
const PERIOD_US_MAX = 1_000_000;

/** `quotaUs` Infinity takes the limit away. The kernel refuses periods outside 1 ms..1 s and quotas under 1 ms. */
export function setQuota(host: CpuHost, id: number, { quotaUs, periodUs, burstUs }: Quota): void {
  invariant(periodUs >= PERIOD_US_MIN && periodUs <= PERIOD_US_MAX, `a period is ${PERIOD_US_MIN}..${PERIOD_US_MAX} µs, not ${periodUs}`);
  invariant(quotaUs >= PERIOD_US_MIN, `a quota is at least ${PERIOD_US_MIN} µs, not ${quotaUs}`);
  invariant(quotaUs === Infinity || (burstUs >= 0 && burstUs <= quotaUs), `burst ${burstUs} µs must be within the quota`);
  const { bandwidth, queues } = host.groups[id]!;
  for (let cpu = 0; cpu < queues.length; cpu += 1) chargeCpu(host, cpu);
  bandwidth.quotaUs = quotaUs;
  bandwidth.periodUs = periodUs;
  bandwidth.burstUs = burstUs;
  refillPool(bandwidth);
  if (quotaUs < Infinity) startPeriodTimer(host, id);
  for (const queueId of queues) {
    const queue = host.queues[queueId]!;
    queue.runtimeUs = ONE_NS;
    if (queue.throttled) unthrottle(host, queue);
  }
}
