/**
 * `rate`, `increase` and the instant look-up of PromQL, as promql/functions.go computes them (Prometheus 3:
 * ranges and look-back are left-open). Checked in rate.test.ts against the values of Prometheus' own tests.
 *
 * The increase between first and last sample, resets undone, is extrapolated to the edges of the range: all
 * the way when the edge is nearer than 1.1 sample spacings, else by half a spacing, and at the start never
 * to before the counter was zero.
 */
import { US_PER_SECOND } from '@/engine/kernel';
import type { Series } from './series';

const EXTRAPOLATION_THRESHOLD = 1.1;

/** Increase over (end − range, end]; null with fewer than two samples in it. */
export function increase(series: Pick<Series, 'atUs' | 'values'>, endUs: number, rangeUs: number): number | null {
  const { atUs, values } = series;
  const startUs = endUs - rangeUs;
  const first = firstAfter(atUs, startUs);
  const last = firstAfter(atUs, endUs) - 1;
  if (last - first < 1) return null;
  let total = values[last]! - values[first]!;
  for (let i = first + 1; i <= last; i += 1) if (values[i]! < values[i - 1]!) total += values[i - 1]!;
  const sampledUs = atUs[last]! - atUs[first]!;
  const spacingUs = sampledUs / (last - first);
  const reach = (distanceUs: number) => (distanceUs >= spacingUs * EXTRAPOLATION_THRESHOLD ? spacingUs / 2 : distanceUs);
  let toStartUs = reach(atUs[first]! - startUs);
  if (total > 0 && values[first]! >= 0) toStartUs = Math.min(toStartUs, sampledUs * (values[first]! / total));
  const toEndUs = reach(endUs - atUs[last]!);
  return total * ((sampledUs + toStartUs + toEndUs) / sampledUs);
}

/** `increase` per second of the range. */
export function rate(series: Pick<Series, 'atUs' | 'values'>, endUs: number, rangeUs: number): number | null {
  const total = increase(series, endUs, rangeUs);
  return total === null ? null : total / (rangeUs / US_PER_SECOND);
}

/** How long a sample speaks for its series when no newer one came (Prometheus' default look-back). */
export const LOOKBACK_US = 300 * US_PER_SECOND;

/** The latest value in (at − look-back, at]; null when the series is stale there. */
export function valueAt(series: Pick<Series, 'atUs' | 'values'>, atUs: number, lookbackUs = LOOKBACK_US): number | null {
  const index = firstAfter(series.atUs, atUs) - 1;
  return index >= 0 && series.atUs[index]! > atUs - lookbackUs ? series.values[index]! : null;
}

/** Index of the first time after `limit`; the length when there is none. */
export function firstAfter(atUs: Float64Array, limit: number): number {
  let low = 0;
  let high = atUs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (atUs[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
