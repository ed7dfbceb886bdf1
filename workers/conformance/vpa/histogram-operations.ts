/** What VPA facts ask of histograms: buckets, percentiles after a series of steps, merging, checkpoints. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import type { Operations } from '../fact';
import { operation } from '../operation';
import { bucketOptionsOf, histogramInput, options, playSteps, steps } from './schemas';

const histogramOf = (input: { readonly options: z.output<typeof options>; readonly halfLife_s?: number | null | undefined }) => kubernetes.histogramOf(bucketOptionsOf(input.options), input.halfLife_s ?? 0);

const askedBuckets = z.looseObject({ start: z.record(z.string(), z.number()).optional(), find: z.array(z.tuple([z.number(), z.number()])).optional() });

/** The places asked about stand in `expect`; without it every bucket start is answered, and where it falls. */
const buckets = operation(z.strictObject({ options }), (input, _version, { expect }) => {
  const scheme = bucketOptionsOf(input.options);
  const count = kubernetes.bucketCount(scheme);
  const asked = askedBuckets.safeParse(expect);
  const every = Array.from({ length: count }, (_, bucket) => bucket);
  const starts = asked.success && asked.data.start ? Object.keys(asked.data.start).map(Number) : every;
  const values = asked.success && asked.data.find ? asked.data.find.map(([value]) => value) : every.map((bucket) => kubernetes.bucketStart(scheme, bucket));
  return {
    count,
    start: Object.fromEntries(starts.map((bucket) => [bucket, kubernetes.bucketStart(scheme, bucket)])),
    find: values.map((value) => [value, kubernetes.findBucket(scheme, value)]),
  };
});

const play = operation(histogramInput, (input) => playSteps(histogramOf(input), input.steps));

const CLOSE = 1e-15;
const side = z.union([steps, z.strictObject({ steps }).transform((given) => given.steps)]);

const merge = operation(z.strictObject({ options, halfLife_s: z.number().nullish(), left: side, right: side, equals: side }), (input, _version, { expect }) => {
  const [left, right, whole] = [input.left, input.right, input.equals].map((played) => {
    const histogram = histogramOf(input);
    playSteps(histogram, played);
    return histogram;
  });
  kubernetes.mergeHistogram(left!, right!);
  const equal = left!.least === whole!.least && left!.most === whole!.most && left!.weights.every((weight, bucket) => Math.abs(weight - whole!.weights[bucket]!) <= CLOSE);
  return typeof expect === 'boolean' ? equal : { equal };
});

const save = operation(histogramInput, (input) => {
  const histogram = histogramOf(input);
  playSteps(histogram, input.steps);
  const { total, weights } = kubernetes.saveCheckpoint(histogram);
  return { total, weights: Object.fromEntries(weights) };
});

const checkpoint = z.strictObject({ total: z.number(), weights: z.record(z.string(), z.number()) });

const load = operation(histogramInput.extend({ checkpoint: checkpoint.nullable() }), (input) => {
  if (input.checkpoint === null) return { error: true };
  const histogram = histogramOf(input);
  const weights = new Map(Object.entries(input.checkpoint.weights).map(([bucket, weight]) => [Number(bucket), weight]));
  if (!kubernetes.loadCheckpoint(histogram, { total: input.checkpoint.total, weights }).ok) return { error: true };
  const held = [...histogram.weights].flatMap((weight, bucket) => (weight === 0 ? [] : [[bucket, weight] as const]));
  return { total: histogram.total, bucketWeights: Object.fromEntries(held) };
});

const roundtrip = operation(histogramInput, (input) => {
  const before = histogramOf(input);
  playSteps(before, input.steps);
  const after = histogramOf(input);
  kubernetes.loadCheckpoint(after, kubernetes.saveCheckpoint(before));
  return { emptyAfterLoad: kubernetes.isEmpty(after) };
});

export const HISTOGRAM_OPERATIONS: Operations = { buckets, steps: play, merge, save, load, roundtrip };
