/**
 * What the recommender keeps of a histogram over a restart: the total, and per bucket a whole number, the
 * heaviest being 10 000. Buckets that would round to 0 are dropped.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { settleEnds, type Histogram } from './histogram';

const HEAVIEST = 10_000;

export type Checkpoint = { readonly total: number; readonly weights: ReadonlyMap<number, number> };

export function saveCheckpoint({ weights, least, most, total }: Histogram): Checkpoint {
  let heaviest = 0;
  for (let bucket = least; bucket <= most; bucket += 1) heaviest = Math.max(heaviest, weights[bucket]!);
  const saved = new Map<number, number>();
  for (let bucket = least; bucket <= most && heaviest > 0; bucket += 1) {
    const weight = Math.round(weights[bucket]! * (HEAVIEST / heaviest));
    if (weight > 0) saved.set(bucket, weight);
  }
  return { total, weights: saved };
}

/** Adds a checkpoint to a histogram; refuses a negative total and buckets the histogram does not have. */
export function loadCheckpoint(histogram: Histogram, { total, weights }: Checkpoint): Result<void, 'negative-total' | 'no-such-bucket'> {
  if (total < 0) return err('negative-total');
  let sum = 0;
  for (const [bucket, weight] of weights) {
    if (!Number.isInteger(bucket) || bucket < 0 || bucket >= histogram.weights.length) return err('no-such-bucket');
    sum += weight;
  }
  if (sum === 0) return ok(undefined);
  for (const [bucket, weight] of weights) {
    histogram.weights[bucket] = histogram.weights[bucket]! + weight * (total / sum);
    histogram.least = Math.min(histogram.least, bucket);
    histogram.most = Math.max(histogram.most, bucket);
  }
  histogram.total += total;
  settleEnds(histogram);
  return ok(undefined);
}
