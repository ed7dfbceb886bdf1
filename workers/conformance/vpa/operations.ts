/** What VPA facts ask of the recommender: estimators, memory peaks, rounding, whole recommendations. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import type { Operations } from '../fact';
import { operation } from '../operation';
import { HISTOGRAM_OPERATIONS } from './histogram-operations';
import { ROUNDING_OPERATIONS } from './rounding-operations';
import { amounts, amountsOf, bucketOptionsOf, factAmounts, histogramInput, playSteps } from './schemas';

const percentileInput = histogramInput.extend({ p: z.number() });

function percentileOf(input: z.output<typeof percentileInput>): number {
  const histogram = kubernetes.histogramOf(bucketOptionsOf(input.options), input.halfLife_s ?? 0);
  playSteps(histogram, input.steps);
  return kubernetes.histogramPercentile(histogram, input.p);
}

const percentile = operation(z.strictObject({ cpu: percentileInput, mem: percentileInput }), ({ cpu, mem }) => ({ cpu_cores: percentileOf(cpu), mem_bytes: percentileOf(mem) }));

const confidenceFact = z.strictObject({ base: amounts, multiplier: z.number(), exponent: z.number(), interval_s: z.number().default(86_400), samples: z.number(), spacing_s: z.number() });

const confidence = operation(confidenceFact, ({ base, multiplier, exponent, interval_s, samples, spacing_s }) => {
  const history = samples === 0 ? { firstCpuSeconds: null, lastCpuSeconds: null } : { firstCpuSeconds: 0, lastCpuSeconds: (samples - 1) * spacing_s };
  const value = kubernetes.confidenceOf({ ...history, cpuSampleCount: samples }, interval_s);
  return { confidence: value, ...factAmounts(kubernetes.widen(amountsOf(base), value, { multiplier, exponent })) };
});

const margin = operation(z.strictObject({ base: amounts, margin: z.number() }), (input) => factAmounts(kubernetes.withMargin(amountsOf(input.base), input.margin)));

const floor = operation(z.strictObject({ base: amounts, min: amounts }), ({ base, min }) => factAmounts(kubernetes.atLeast(amountsOf(base), amountsOf(min))));

const podfloorFact = z.strictObject({ base: amounts, minPod: z.strictObject({ cpu_m: z.number(), mem_MiB: z.number() }), containers: z.number().int().positive() });

const podfloor = operation(podfloorFact, ({ base, minPod, containers }) => {
  const minimum = kubernetes.containerMinimum({ cpuMillicores: minPod.cpu_m, memoryMib: minPod.mem_MiB }, containers);
  return factAmounts(kubernetes.atLeast(amountsOf(base), minimum));
});

const peakEvent = z.strictObject({ kind: z.enum(['mem', 'oom']), at_s: z.number(), bytes: z.number().optional(), requested: z.number().optional() });
const peaksFact = z.strictObject({ interval_s: z.number().positive(), oomRatio: z.number(), oomMinBump: z.number(), maxMemory: z.number().positive().optional(), events: z.array(peakEvent) });

const peaks = operation(peaksFact, ({ interval_s, oomRatio, oomMinBump, maxMemory, events }) => {
  const usage = kubernetes.containerUsage({ ...kubernetes.DEFAULT_USAGE_SETTINGS, windowSeconds: interval_s, oomRatio, oomMinBumpBytes: oomMinBump });
  const accepted = events.map(({ kind, at_s, bytes, requested }) =>
    kind === 'mem' ? kubernetes.recordMemory(usage, at_s, bytes ?? 0) : kubernetes.recordOutOfMemory(usage, at_s, requested ?? 0, maxMemory),
  );
  return { memHistogram: usage.peakLog.map(({ change, bytes, windowEndSeconds }) => [change, bytes, windowEndSeconds]), accepted };
});

const series = z.array(z.tuple([z.number(), z.number()])).default([]);
const recommendFact = z.strictObject({
  config: z.strictObject({
    margin: z.number(),
    target_p: z.number(),
    lower_p: z.number(),
    upper_p: z.number(),
    cpuHalfLife_s: z.number(),
    memHalfLife_s: z.number(),
    interval_s: z.number(),
    confidence_s: z.number(),
    minCpu_m: z.number(),
    minMem_MiB: z.number(),
    oomRatio: z.number(),
    oomMinBump: z.number(),
    cpuSampleWeight: z.number(),
    memSampleWeight: z.literal(1).default(1),
  }),
  containers: z.record(z.string(), z.strictObject({ cpu_m: series, mem: series, oom: series })),
});
type RecommendFact = z.output<typeof recommendFact>;

function learn({ config, containers }: RecommendFact, name: string): kubernetes.ContainerUsage {
  const usage = kubernetes.containerUsage({
    windowSeconds: config.interval_s,
    cpuHalfLifeSeconds: config.cpuHalfLife_s,
    memoryHalfLifeSeconds: config.memHalfLife_s,
    cpuSampleWeight: config.cpuSampleWeight,
    oomRatio: config.oomRatio,
    oomMinBumpBytes: config.oomMinBump,
  });
  const { cpu_m, mem, oom } = containers[name]!;
  const events = [
    ...cpu_m.map(([at, amount]) => ({ at, play: () => kubernetes.recordCpu(usage, at, amount) })),
    ...mem.map(([at, amount]) => ({ at, play: () => kubernetes.recordMemory(usage, at, amount) })),
    ...oom.map(([at, amount]) => ({ at, play: () => kubernetes.recordOutOfMemory(usage, at, amount) })),
  ];
  for (const { play } of events.sort((x, y) => x.at - y.at)) play();
  return usage;
}

const recommend = operation(recommendFact, (input) => {
  const { config } = input;
  const recommendations = kubernetes.recommendPod(new Map(Object.keys(input.containers).map((name) => [name, learn(input, name)])), {
    margin: config.margin,
    targetPercentile: config.target_p,
    lowerPercentile: config.lower_p,
    upperPercentile: config.upper_p,
    confidenceSeconds: config.confidence_s,
    podMinimum: { cpuMillicores: config.minCpu_m, memoryMib: config.minMem_MiB },
  });
  return Object.fromEntries([...recommendations].map(([name, { target, lower, upper }]) => [name, { target: factAmounts(target), lower: factAmounts(lower), upper: factAmounts(upper) }]));
});

export const VPA_OPERATIONS: Operations = { ...HISTOGRAM_OPERATIONS, percentile, confidence, margin, floor, podfloor, peaks, recommend, ...ROUNDING_OPERATIONS };
