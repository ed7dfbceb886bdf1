/**
 * `histogram_quantile` of PromQL for classic histograms (promql/quantile.go): linear inside a bucket, the
 * lowest bucket starts at 0 when its bound is positive, a rank in the +Inf bucket gives the highest finite bound.
 */
import { invariant } from '@/engine/kernel';

const PRECISION = 1e-12;

/**
 * `bounds` ascend without repeats and end in +Infinity; `counts` are cumulative, in any one unit (observations or
 * rates). They are made monotonic in place: sums of rates can fall by a rounding error. NaN when nothing was observed.
 */
export function histogramQuantile(q: number, bounds: readonly number[] | Float64Array, counts: Float64Array): number {
  invariant(bounds.length === counts.length, 'a bucket has one bound and one count');
  if (Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  const last = bounds.length - 1;
  if (last < 1 || bounds[last] !== Infinity) return NaN;
  makeMonotonic(counts);
  const observations = counts[last]!;
  if (!(observations > 0)) return NaN;
  const rank = q * observations;
  let bucket = 0;
  while (bucket < last && counts[bucket]! < rank) bucket += 1;
  if (bucket === last) return bounds[last - 1]!;
  if (bucket === 0 && bounds[0]! <= 0) return bounds[0]!;
  const start = bucket === 0 ? 0 : bounds[bucket - 1]!;
  const below = bucket === 0 ? 0 : counts[bucket - 1]!;
  const inside = counts[bucket]! - below;
  return inside > 0 ? start + (bounds[bucket]! - start) * ((rank - below) / inside) : start;
}

function makeMonotonic(counts: Float64Array): void {
  let highest = counts[0]!;
  for (let i = 1; i < counts.length; i += 1) {
    const count = counts[i]!;
    if (count < highest || count - highest <= PRECISION * count) counts[i] = highest;
    else highest = count;
  }
}

/** The `le` label as a number; null when it is none. Go writes +Inf, other clients Inf or inf. */
export function bucketBound(le: string): number | null {
  if (/^\+?inf(inity)?$/i.test(le)) return Infinity;
  if (/^-inf(inity)?$/i.test(le) || !/^[-+]?[0-9.]/.test(le)) return null;
  const bound = Number(le);
  return Number.isFinite(bound) ? bound : null;
}
