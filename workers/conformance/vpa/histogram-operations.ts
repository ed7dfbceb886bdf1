/** What VPA facts ask of histograms: buckets, percentiles after a series of steps, merging, checkpoints. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import type { Operation, Operations } from '../fact';
import { readInput } from '../read-input';
import { bucketOptionsOf, histogramInput, options, playSteps, steps } from './schemas';

const histogramOf = (input: z.output<typeof histogramInput>) => kubernetes.histogramOf(bucketOptionsOf(input.options), input.halfLife_s ?? 0);

/** The places asked about stand in `expect`; without it every bucket start is answered, and where it falls. */
const buckets: Operation = (fact) => {
  const input = bucketOptionsOf(readInput(z.looseObject({ options }), fact).options);
  const count = kubernetes.bucketCount(input);
  const asked = z.looseObject({ start: z.record(z.string(), z.number()).optional(), find: z.array(z.tuple([z.number(), z.number()])).optional() }).safeParse(fact.expect);
  const every = Array.from({ length: count }, (_, bucket) => bucket);
  const starts = asked.success && asked.data.start ? Object.keys(asked.data.start).map(Number) : every;
  const values = asked.success && asked.data.find ? asked.data.find.map(([value]) => value) : every.map((bucket) => kubernetes.bucketStart(input, bucket));
  return {
    count,
    start: Object.fromEntries(starts.map((bucket) => [bucket, kubernetes.bucketStart(input, bucket)])),
    find: values.map((value) => [value, kubernetes.findBucket(input, value)]),
  };
};

const play: Operation = (fact) => {
  const input = readInput(histogramInput, fact);
  return playSteps(histogramOf(input), input.steps);
};

const CLOSE = 1e-15;
const side = z.union([steps, z.looseObject({ steps }).transform((given) => given.steps)]);

const merge: Operation = (fact) => {
  const input = readInput(histogramInput.extend({ left: side, right: side, equals: side }), fact);
  const [left, right, whole] = [input.left, input.right, input.equals].map((played) => {
    const histogram = histogramOf(input);
    playSteps(histogram, played);
    return histogram;
  });
  kubernetes.mergeHistogram(left!, right!);
  const equal = left!.least === whole!.least && left!.most === whole!.most && left!.weights.every((weight, bucket) => Math.abs(weight - whole!.weights[bucket]!) <= CLOSE);
  return typeof fact.expect === 'boolean' ? equal : { equal };
};

const save: Operation = (fact) => {
  const input = readInput(histogramInput, fact);
  const histogram = histogramOf(input);
  playSteps(histogram, input.steps);
  const { total, weights } = kubernetes.saveCheckpoint(histogram);
  return { total, weights: Object.fromEntries(weights) };
};

const checkpoint = z.looseObject({ total: z.number(), weights: z.record(z.string(), z.number()) });

const load: Operation = (fact) => {
  const input = readInput(histogramInput.extend({ checkpoint: checkpoint.nullable() }), fact);
  if (input.checkpoint === null) return { error: true };
  const histogram = histogramOf(input);
  const weights = new Map(Object.entries(input.checkpoint.weights).map(([bucket, weight]) => [Number(bucket), weight]));
  if (!kubernetes.loadCheckpoint(histogram, { total: input.checkpoint.total, weights }).ok) return { error: true };
  const held = [...histogram.weights].flatMap((weight, bucket) => (weight === 0 ? [] : [[bucket, weight] as const]));
  return { total: histogram.total, bucketWeights: Object.fromEntries(held) };
};

const roundtrip: Operation = (fact) => {
  const input = readInput(histogramInput, fact);
  const before = histogramOf(input);
  playSteps(before, input.steps);
  const after = histogramOf(input);
  kubernetes.loadCheckpoint(after, kubernetes.saveCheckpoint(before));
  return { emptyAfterLoad: kubernetes.isEmpty(after) };
};

export const HISTOGRAM_OPERATIONS: Operations = { buckets, steps: play, merge, save, load, roundtrip };
