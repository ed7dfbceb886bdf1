/**
 * Quantiles of non-negative integers (microseconds, bytes) in bounded memory: log-linear buckets as in
 * HdrHistogram. Values below 2^BITS are exact; above, a bucket is 2^−(BITS−1) of its value wide, so a
 * quantile is off by at most 0.8 %. Sketches add up, and adding is independent of order as long as the sum of
 * all values stays below 2^53 (285 years in microseconds).
 */
import { invariant } from './assert';

const BITS = 7;
const HALF = 1 << (BITS - 1);
const LARGEST = 2 ** 52 - 1;
const BUCKETS = (1 << BITS) + (52 - BITS) * HALF;

export type QuantileSketch = { count: number; sum: number; max: number; counts: Float64Array };

export const quantileSketch = (): QuantileSketch => ({ count: 0, sum: 0, max: 0, counts: new Float64Array(BUCKETS) });

/** Adds one value (rounded to an integer, clipped to 0..2^52−1). NaN is our bug. */
export function addValue(sketch: QuantileSketch, value: number): void {
  invariant(value === value, 'a sketch takes numbers, not NaN');
  const v = Math.min(LARGEST, Math.max(0, Math.round(value)));
  const bucket = bucketOf(v);
  sketch.counts[bucket] = sketch.counts[bucket]! + 1;
  sketch.count += 1;
  sketch.sum += v;
  if (v > sketch.max) sketch.max = v;
}

/** Adds a value as often as `weight` says, which may be a fraction: quantiles of flows, where nobody is counted singly. */
export function addWeighted(sketch: QuantileSketch, value: number, weight: number): void {
  invariant(value === value && weight >= 0, 'a sketch takes numbers with weights from 0');
  if (weight === 0) return;
  const v = Math.min(LARGEST, Math.max(0, Math.round(value)));
  const bucket = bucketOf(v);
  sketch.counts[bucket] = sketch.counts[bucket]! + weight;
  sketch.count += weight;
  sketch.sum += v * weight;
  if (v > sketch.max) sketch.max = v;
}

/** The value below which the share `q` (0..1) of values lies: nearest rank, middle of its bucket; NaN when empty. */
export function quantile(sketch: QuantileSketch, q: number): number {
  if (sketch.count === 0) return NaN;
  const rank = Math.min(sketch.count, Math.max(1, Math.ceil(q * sketch.count)));
  let seen = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    seen += sketch.counts[bucket]!;
    if (seen >= rank) return Math.min(sketch.max, middleOf(bucket));
  }
  return sketch.max;
}

export const meanOf = (sketch: QuantileSketch) => (sketch.count === 0 ? NaN : sketch.sum / sketch.count);

/** Adds all values of `from` to `into`. */
export function mergeSketch(into: QuantileSketch, from: QuantileSketch): void {
  invariant(into.counts.length === from.counts.length, 'sketches have one size');
  for (let i = 0; i < BUCKETS; i += 1) into.counts[i] = into.counts[i]! + from.counts[i]!;
  into.count += from.count;
  into.sum += from.sum;
  into.max = Math.max(into.max, from.max);
}

export function clearSketch(sketch: QuantileSketch): void {
  sketch.counts.fill(0);
  sketch.count = sketch.sum = sketch.max = 0;
}

function bucketOf(v: number): number {
  if (v < 1 << BITS) return v;
  const high = Math.floor(v / 4294967296);
  const length = high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(v); // bits of v
  const shift = length - BITS;
  return shift * HALF + Math.floor(v / 2 ** shift);
}

function middleOf(bucket: number): number {
  if (bucket < 1 << BITS) return bucket;
  const shift = Math.floor(bucket / HALF) - 1;
  const mantissa = bucket - shift * HALF;
  return mantissa * 2 ** shift + (2 ** shift - 1) / 2;
}
