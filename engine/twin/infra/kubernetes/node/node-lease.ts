/**
 * Node heartbeats: a lease renewed every 10 s; a node whose lease is older than the grace period turns
 * NotReady, gets the taint, and its pods are evicted after their toleration (5 minutes by default). When many
 * nodes of a zone are bad, evictions slow down, or stop in small zones: then it is probably the network.
 */
export const LEASE_RENEWAL_SECONDS = 10;
export const NOT_READY_AFTER_SECONDS = 50;
export const TOLERATION_SECONDS = 300;

/** Of nodes, in a zone that is well. */
export const EVICTIONS_PER_SECOND = 0.1;
const SLOW_EVICTIONS_PER_SECOND = 0.01;
const UNHEALTHY_SHARE = 0.55;
const LARGE_ZONE_NODES = 50;

export const isLeaseExpired = (lastRenewal: number, now: number, graceSeconds = NOT_READY_AFTER_SECONDS) => now - lastRenewal > graceSeconds;

/** When the pods of a node that died at `diedAt` are evicted, at the earliest; null tolerates for ever. */
export const evictedAt = (diedAt: number, tolerationSeconds: number | null = TOLERATION_SECONDS, graceSeconds = NOT_READY_AFTER_SECONDS) =>
  tolerationSeconds === null ? Infinity : diedAt + graceSeconds + tolerationSeconds;

/** Full disruption: the zone has nodes, and none is ready. */
export const isWholeZoneLost = (nodeCount: number, notReadyCount: number) => nodeCount > 0 && notReadyCount === nodeCount;

/** Nodes a second whose pods may be evicted in one zone; `allZonesBad`: every zone is lost whole. */
export function evictionRate(nodeCount: number, notReadyCount: number, allZonesBad: boolean): number {
  if (nodeCount === 0 || notReadyCount === 0) return EVICTIONS_PER_SECOND;
  if (isWholeZoneLost(nodeCount, notReadyCount)) return allZonesBad ? 0 : EVICTIONS_PER_SECOND;
  const bad = notReadyCount > 2 && notReadyCount / nodeCount >= UNHEALTHY_SHARE;
  if (!bad) return EVICTIONS_PER_SECOND;
  return nodeCount > LARGE_ZONE_NODES ? SLOW_EVICTIONS_PER_SECOND : 0;
}
