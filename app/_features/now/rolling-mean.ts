/**
 * Mean of the last `SMOOTH_SECONDS` values, gaps left out: a p99 of one second rests on some eighty requests
 * and jumps. A series begins anew at its own start; nothing from before a change leaks into what came after.
 */
export const SMOOTH_SECONDS = 10;

export function rollingMean(values: readonly (number | null)[], width = SMOOTH_SECONDS): readonly (number | null)[] {
  return values.map((value, i) => {
    if (value === null) return null;
    const present = values.slice(Math.max(0, i - width + 1), i + 1).filter((other) => other !== null);
    return present.reduce((sum, other) => sum + other, 0) / present.length;
  });
}
