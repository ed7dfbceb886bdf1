/**
 * A weighted histogram, optionally with decay: a sample weighs 2^(age of the reference / half-life) more than
 * an old one. Weights are kept relative to a reference time, which moves on (a whole number of half-lives)
 * before the exponent grows too large; moving it scales all weights and changes no percentile.
 * Source: VPA recommender `histogram.go`, `decaying_histogram.go`.
 */
import { invariant, pow } from '@/engine/kernel';
import { bucketCount, bucketStart, findBucket, wholePower, type BucketOptions } from './buckets';

const MAX_DECAY_EXPONENT = 100;

export type Histogram = {
  readonly options: BucketOptions;
  /** 0 = no decay. */
  readonly halfLifeSeconds: number;
  readonly weights: Float64Array;
  total: number;
  /** First bucket that is not empty, or the last one. */
  least: number;
  /** Last bucket that is not empty, or 0. */
  most: number;
  referenceSeconds: number | null;
};

export function histogramOf(options: BucketOptions, halfLifeSeconds = 0): Histogram {
  const count = bucketCount(options);
  return { options, halfLifeSeconds, weights: new Float64Array(count), total: 0, least: count - 1, most: 0, referenceSeconds: null };
}

export function addSample(histogram: Histogram, value: number, weight: number, atSeconds: number): void {
  const scaled = weight * decayFactor(histogram, atSeconds);
  const bucket = findBucket(histogram.options, value);
  const sum = histogram.weights[bucket]! + scaled;
  histogram.weights[bucket] = sum;
  histogram.total += scaled;
  if (sum < histogram.options.epsilon) return;
  histogram.least = Math.min(histogram.least, bucket);
  histogram.most = Math.max(histogram.most, bucket);
}

/** Takes a sample back; a bucket, or a total, that would be left with less than epsilon is emptied. */
export function subtractSample(histogram: Histogram, value: number, weight: number, atSeconds: number): void {
  const scaled = weight * decayFactor(histogram, atSeconds);
  const bucket = findBucket(histogram.options, value);
  const less = (weightHeld: number) => (weightHeld - scaled < histogram.options.epsilon ? 0 : weightHeld - scaled);
  histogram.weights[bucket] = less(histogram.weights[bucket]!);
  histogram.total = less(histogram.total);
  settleEnds(histogram);
}

export const isEmpty = ({ weights, least, options }: Histogram) => weights[least]! < options.epsilon;

/** End of the bucket in which the share `p` of the weight is reached; 0 when empty. */
export function histogramPercentile(histogram: Histogram, p: number): number {
  if (isEmpty(histogram)) return 0;
  const threshold = p * histogram.total;
  let bucket = histogram.least;
  let sum = 0;
  for (; bucket < histogram.most; bucket += 1) {
    sum += histogram.weights[bucket]!;
    if (sum >= threshold) break;
  }
  return bucketStart(histogram.options, Math.min(bucket + 1, histogram.weights.length - 1));
}

/** Adds all of `other`, which has the same buckets and half-life. */
export function mergeHistogram(into: Histogram, other: Histogram): void {
  invariant(into.weights.length === other.weights.length && into.halfLifeSeconds === other.halfLifeSeconds, 'histograms that merge have the same buckets and half-life');
  if (other.referenceSeconds !== null && (into.referenceSeconds === null || into.referenceSeconds < other.referenceSeconds)) moveReference(into, other.referenceSeconds);
  if (into.referenceSeconds !== null && other.referenceSeconds !== null && other.referenceSeconds < into.referenceSeconds) moveReference(other, into.referenceSeconds);
  for (let bucket = other.least; bucket <= other.most; bucket += 1) into.weights[bucket] = into.weights[bucket]! + other.weights[bucket]!;
  into.total += other.total;
  into.least = Math.min(into.least, other.least);
  into.most = Math.max(into.most, other.most);
}

function decayFactor(histogram: Histogram, atSeconds: number): number {
  const { halfLifeSeconds } = histogram;
  if (halfLifeSeconds === 0) return 1;
  if (histogram.referenceSeconds === null || atSeconds > histogram.referenceSeconds + halfLifeSeconds * MAX_DECAY_EXPONENT) moveReference(histogram, atSeconds);
  const exponent = (atSeconds - histogram.referenceSeconds!) / halfLifeSeconds;
  return Number.isInteger(exponent) ? twoToThe(exponent) : pow(2, exponent);
}

const twoToThe = (exponent: number) => (exponent >= 0 ? wholePower(2, exponent) : 1 / wholePower(2, -exponent));

/** Moves the reference to the multiple of the half-life nearest to `atSeconds` (halves go up). */
function moveReference(histogram: Histogram, atSeconds: number): void {
  const to = Math.floor(atSeconds / histogram.halfLifeSeconds + 0.5) * histogram.halfLifeSeconds;
  const from = histogram.referenceSeconds ?? to;
  histogram.referenceSeconds = to;
  scale(histogram, twoToThe(Math.round((from - to) / histogram.halfLifeSeconds)));
}

function scale(histogram: Histogram, factor: number): void {
  for (let bucket = histogram.least; bucket <= histogram.most; bucket += 1) histogram.weights[bucket] = histogram.weights[bucket]! * factor;
  histogram.total *= factor;
  settleEnds(histogram);
}

/** Finds the first and last bucket that are not empty again, after weights went down or came from outside. */
export function settleEnds(histogram: Histogram): void {
  const { weights, options } = histogram;
  const last = weights.length - 1;
  while (histogram.least < last && weights[histogram.least]! < options.epsilon) histogram.least += 1;
  while (histogram.most > 0 && weights[histogram.most]! < options.epsilon) histogram.most -= 1;
}
