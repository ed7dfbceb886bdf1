/**
 * Positive random durations given by mean and coefficient of variation, as measured ones are.
 * cv 0 is constant, cv 1 exponential by choice of `law`; `lognormal` fits measured service demands.
 */
import { nextExponential } from './exponential';
import { exp, log } from './math';
import { nextNormal, type Random } from './random';

export type Law = 'constant' | 'exponential' | 'lognormal';
export type Variate = { readonly law: Law; readonly mean: number; readonly cv: number };

/** One draw in the unit of `mean`, never negative, not rounded. */
export function drawVariate(random: Random, { law, mean, cv }: Variate): number {
  if (mean <= 0) return 0;
  if (law === 'constant' || cv === 0) return mean;
  if (law === 'exponential') return nextExponential(random, mean);
  const variance = log(1 + cv * cv); // of the underlying normal
  return mean * exp(Math.sqrt(variance) * nextNormal(random) - variance / 2);
}
