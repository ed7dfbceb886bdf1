/** The words of VPA facts. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';

export const options = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('linear'), max: z.number(), size: z.number().positive(), eps: z.number() }),
  z.strictObject({ kind: z.literal('exponential'), max: z.number(), first: z.number().positive(), ratio: z.number().gt(1), eps: z.number() }),
]);

export const step = z.strictObject({
  do: z.enum(['add', 'subtract', 'percentile', 'empty']),
  value: z.number().optional(),
  weight: z.number().optional(),
  at_s: z.number().default(0),
  p: z.number().optional(),
  expect: z.union([z.number(), z.boolean()]).optional(),
});
export const steps = z.array(step);
export type FactStep = z.output<typeof step>;

export const histogramInput = z.strictObject({ options, halfLife_s: z.number().nullish(), steps: steps.default([]) });

export const amounts = z.strictObject({ cpu_m: z.number().default(0), mem: z.number().default(0) });

export function bucketOptionsOf(fact: z.output<typeof options>): kubernetes.BucketOptions {
  return fact.kind === 'linear'
    ? { kind: 'linear', max: fact.max, size: fact.size, epsilon: fact.eps }
    : { kind: 'exponential', max: fact.max, first: fact.first, ratio: fact.ratio, epsilon: fact.eps };
}

export const amountsOf = ({ cpu_m, mem }: z.output<typeof amounts>): kubernetes.Amounts => ({ cpuMillicores: cpu_m, memoryBytes: mem });
export const factAmounts = ({ cpuMillicores, memoryBytes }: kubernetes.Amounts) => ({ cpu_m: cpuMillicores, mem: memoryBytes });

/** Plays the steps; answers those that ask, in order. */
export function playSteps(histogram: kubernetes.Histogram, played: readonly FactStep[]): readonly (number | boolean)[] {
  return played.flatMap((entry): (number | boolean)[] => {
    if (entry.do === 'percentile') return [kubernetes.histogramPercentile(histogram, entry.p ?? 0)];
    if (entry.do === 'empty') return [kubernetes.isEmpty(histogram)];
    const change = entry.do === 'add' ? kubernetes.addSample : kubernetes.subtractSample;
    change(histogram, entry.value ?? 0, entry.weight ?? 1, entry.at_s);
    return [];
  });
}
