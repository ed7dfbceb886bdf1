/**
 * Buckets of the recommender's histograms: equal widths, or widths that grow by a ratio (5 % upstream), so
 * that a millicore and a core are told apart equally well. A percentile is the end of its bucket.
 *
 * Powers are multiplied out by squaring, in the order upstream's library does, because amounts derived from
 * bucket ends are compared to the integer.
 */
import { invariant, log } from '@/engine/kernel';

export type BucketOptions =
  | { readonly kind: 'linear'; readonly max: number; readonly size: number; readonly epsilon: number }
  | { readonly kind: 'exponential'; readonly max: number; readonly first: number; readonly ratio: number; readonly epsilon: number };

const MAX_BUCKETS = 1_000_000;

export const CPU_BUCKETS: BucketOptions = { kind: 'exponential', max: 1_000, first: 0.01, ratio: 1.05, epsilon: 1e-4 };
export const MEMORY_BUCKETS: BucketOptions = { kind: 'exponential', max: 1e12, first: 1e7, ratio: 1.05, epsilon: 1e-4 };

/** base^exponent for a whole exponent ≥ 0, by squaring. */
export function wholePower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.trunc(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

const logarithm = (base: number, x: number) => log(x) / log(base);

export function bucketCount(options: BucketOptions): number {
  const count = options.kind === 'linear' ? Math.ceil(options.max / options.size) + 1 : Math.ceil(logarithm(options.ratio, (options.max * (options.ratio - 1)) / options.first + 1)) + 1;
  invariant(count >= 1 && count <= MAX_BUCKETS, `a histogram has 1 to ${MAX_BUCKETS} buckets, not ${count}`);
  return count;
}

export function bucketStart(options: BucketOptions, bucket: number): number {
  if (bucket === 0) return 0;
  if (options.kind === 'linear') return bucket * options.size;
  return (options.first * (wholePower(options.ratio, bucket) - 1)) / (options.ratio - 1);
}

export function findBucket(options: BucketOptions, value: number): number {
  const last = bucketCount(options) - 1;
  if (options.kind === 'linear') return Math.min(last, Math.max(0, Math.trunc(value / options.size)));
  if (!(value >= options.first)) return 0;
  let bucket = Math.min(last, Math.trunc(logarithm(options.ratio, (value * (options.ratio - 1)) / options.first + 1)));
  while (bucket < last && value >= bucketStart(options, bucket + 1)) bucket += 1;
  while (bucket > 0 && value < bucketStart(options, bucket)) bucket -= 1;
  return bucket;
}
