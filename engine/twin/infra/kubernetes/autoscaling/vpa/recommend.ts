/**
 * From what was learnt to target, lower and upper bound. Each is a percentile plus a margin; the bounds are
 * then widened by how little is known (confidence = days of history, at one sample a minute), and nothing
 * goes below the floor of the pod. Amounts are whole and truncated at every step, as upstream.
 */
import { pow } from '@/engine/kernel';
import { wholePower } from './buckets';
import { amountOf, type ContainerUsage } from './container-usage';
import { histogramPercentile } from './histogram';

export type Amounts = { readonly cpuMillicores: number; readonly memoryBytes: number };
export type ContainerRecommendation = { readonly target: Amounts; readonly lower: Amounts; readonly upper: Amounts };

export type RecommenderSettings = {
  readonly margin: number;
  readonly targetPercentile: number;
  readonly lowerPercentile: number;
  readonly upperPercentile: number;
  readonly confidenceSeconds: number;
  readonly podMinimum: { readonly cpuMillicores: number; readonly memoryMib: number };
};

export const DEFAULT_RECOMMENDER: RecommenderSettings = {
  margin: 0.15,
  targetPercentile: 0.9,
  lowerPercentile: 0.5,
  upperPercentile: 0.95,
  confidenceSeconds: 86_400,
  podMinimum: { cpuMillicores: 25, memoryMib: 250 },
};

type Widening = { readonly multiplier: number; readonly exponent: number };
const LOWER: Widening = { multiplier: 0.001, exponent: -2 };
const UPPER: Widening = { multiplier: 1, exponent: 1 };

const MIB = 1024 * 1024;

const map = ({ cpuMillicores, memoryBytes }: Amounts, change: (amount: number) => number): Amounts => ({ cpuMillicores: change(cpuMillicores), memoryBytes: change(memoryBytes) });

export const percentileAmounts = ({ cpu, memory }: Pick<ContainerUsage, 'cpu' | 'memory'>, p: number): Amounts => ({
  cpuMillicores: amountOf(histogramPercentile(cpu, p) * 1_000),
  memoryBytes: amountOf(histogramPercentile(memory, p)),
});

export const withMargin = (amounts: Amounts, margin: number) => map(amounts, (amount) => amount + amountOf(amount * margin));

/** `(1 + multiplier ÷ confidence)^exponent`; without any history that is 0 or unbounded. */
export function widen(amounts: Amounts, confidence: number, { multiplier, exponent }: Widening): Amounts {
  const base = 1 + multiplier / confidence;
  const factor = Number.isInteger(exponent) ? (exponent >= 0 ? wholePower(base, exponent) : 1 / wholePower(base, -exponent)) : pow(base, exponent);
  return map(amounts, (amount) => amountOf(amount * factor));
}

/** How many confidence intervals the history is worth: by its length and by its number of samples (one a minute). */
export function confidenceOf({ firstCpuSeconds, lastCpuSeconds, cpuSampleCount }: Pick<ContainerUsage, 'firstCpuSeconds' | 'lastCpuSeconds' | 'cpuSampleCount'>, intervalSeconds: number): number {
  const lifespan = ((lastCpuSeconds ?? 0) - (firstCpuSeconds ?? 0)) / intervalSeconds;
  return Math.min(lifespan, cpuSampleCount / (intervalSeconds / 60));
}

/** The pod's minimum, shared evenly by its containers. */
export function containerMinimum({ cpuMillicores, memoryMib }: RecommenderSettings['podMinimum'], containerCount: number): Amounts {
  const share = 1 / containerCount;
  return { cpuMillicores: amountOf(amountOf(cpuMillicores * 0.001 * 1_000) * share), memoryBytes: amountOf(amountOf(memoryMib * MIB) * share) };
}

export const atLeast = (amounts: Amounts, floor: Amounts): Amounts => ({
  cpuMillicores: Math.max(amounts.cpuMillicores, floor.cpuMillicores),
  memoryBytes: Math.max(amounts.memoryBytes, floor.memoryBytes),
});

/** Recommendations for all containers of a pod, by name. */
export function recommendPod(containers: ReadonlyMap<string, ContainerUsage>, settings: RecommenderSettings = DEFAULT_RECOMMENDER): ReadonlyMap<string, ContainerRecommendation> {
  const floor = containerMinimum(settings.podMinimum, containers.size);
  return new Map([...containers].map(([name, usage]) => [name, recommendContainer(usage, floor, settings)]));
}

function recommendContainer(usage: ContainerUsage, floor: Amounts, settings: RecommenderSettings): ContainerRecommendation {
  const estimate = (p: number) => withMargin(percentileAmounts(usage, p), settings.margin);
  const confidence = confidenceOf(usage, settings.confidenceSeconds);
  return {
    target: atLeast(estimate(settings.targetPercentile), floor),
    lower: atLeast(widen(estimate(settings.lowerPercentile), confidence, LOWER), floor),
    upper: atLeast(widen(estimate(settings.upperPercentile), confidence, UPPER), floor),
  };
}

/** The next multiple of `step`; amounts that no multiple can reach stay. */
export const roundUpTo = (amount: number, step: number) => (step <= 1 ? amount : Math.ceil(amount / step) * step);
