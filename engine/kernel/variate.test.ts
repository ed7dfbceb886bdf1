import { expect, test } from 'vitest';
import { randomStream } from './random';
import { drawVariate, type Law } from './variate';

const sample = (law: Law, mean: number, cv: number, count = 200_000) => {
  const random = randomStream(1, `variate ${law}`);
  return Array.from({ length: count }, () => drawVariate(random, { law, mean, cv }));
};
const momentsOf = (values: readonly number[]) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, cv: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) / mean };
};

test.each([
  ['exponential', 1],
  ['lognormal', 0.1],
  ['lognormal', 0.5],
  ['lognormal', 1],
  ['lognormal', 2],
] as const)('%s draws have the asked mean and a coefficient of variation of %f', (law, cv) => {
  const drawn = momentsOf(sample(law, 5_000, cv));
  expect(drawn.mean / 5_000).toBeGreaterThan(1 - (4 * cv) / Math.sqrt(200_000));
  expect(drawn.mean / 5_000).toBeLessThan(1 + (4 * cv) / Math.sqrt(200_000));
  expect(Math.abs(drawn.cv / cv - 1)).toBeLessThan(0.05);
});

test('a constant is constant, and so is any law without variation', () => {
  expect(new Set(sample('constant', 7, 3, 10))).toEqual(new Set([7]));
  expect(new Set(sample('lognormal', 7, 0, 10))).toEqual(new Set([7]));
});

test('no draw is negative, and no work takes no time', () => {
  expect(Math.min(...sample('lognormal', 1, 3, 50_000))).toBeGreaterThanOrEqual(0);
  for (const law of ['constant', 'exponential', 'lognormal'] as const) expect(new Set(sample(law, 0, 1, 10))).toEqual(new Set([0]));
});
