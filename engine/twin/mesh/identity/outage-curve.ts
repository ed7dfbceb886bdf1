/**
 * How many workloads lose their SVID when no server answers for a while. With renewal at the share a of a life T and
 * phases spread evenly, what is left of an SVID when the outage begins is uniform between (1 − a)·T and T, so after D
 * the share (D − (1 − a)·T) / (a·T) has expired: none before (1 − a)·T, all after T.
 */
export function expiredShare(outageSeconds: number, ttlSeconds: number, renewAt = 0.5): number {
  const spared = (1 - renewAt) * ttlSeconds;
  return Math.min(1, Math.max(0, (outageSeconds - spared) / (ttlSeconds - spared)));
}

/** Renewals that fell into the outage and are asked for when it ends, as a share of all workloads. */
export const overdueShare = (outageSeconds: number, ttlSeconds: number, renewAt = 0.5) => Math.min(1, outageSeconds / (renewAt * ttlSeconds));

/** Seconds until the last of the overdue SVIDs is signed. */
export const waveSeconds = (workloads: number, outageSeconds: number, ttlSeconds: number, signingsPerSecond: number, renewAt = 0.5) => (workloads * overdueShare(outageSeconds, ttlSeconds, renewAt)) / signingsPerSecond;
