/** When a use that grows at a steady rate meets its limit: what can be reclaimed delays it, what is charged ahead does not. */
export type LeakOutlook = { readonly secondsToLimit: number; readonly secondsToOom: number };

/** Bytes and bytes per second; Infinity where it never comes. `reclaimableBytes` is page cache that goes first. */
export function leakOutlook(usedBytes: number, reclaimableBytes: number, limitBytes: number, growthBytesPerSecond: number): LeakOutlook {
  if (growthBytesPerSecond <= 0) return { secondsToLimit: Infinity, secondsToOom: Infinity };
  const until = (bytes: number) => Math.max(0, (limitBytes - bytes) / growthBytesPerSecond);
  return { secondsToLimit: until(usedBytes), secondsToOom: until(Math.max(0, usedBytes - reclaimableBytes)) };
}
