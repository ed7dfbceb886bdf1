import { expect, test } from 'vitest';
import { nextNormal, randomStream } from './random';
import { mean, meanInterval, predictionInterval, sampleQuantile, standardDeviation, studentT } from './statistics';

// Two-sided quantiles of Student's t, as printed in NIST/SEMATECH e-Handbook 1.3.6.7.2 (0.90, 0.95, 0.99).
test.each([
  [1, 6.314, 12.706, 63.657],
  [2, 2.92, 4.303, 9.925],
  [3, 2.353, 3.182, 5.841],
  [4, 2.132, 2.776, 4.604],
  [5, 2.015, 2.571, 4.032],
  [7, 1.895, 2.365, 3.499],
  [9, 1.833, 2.262, 3.25],
  [19, 1.729, 2.093, 2.861],
  [29, 1.699, 2.045, 2.756],
  [50, 1.676, 2.009, 2.678],
  [100, 1.66, 1.984, 2.626],
])('t with %i degrees of freedom is %f, %f and %f', (df, t90, t95, t99) => {
  expect(studentT(df, 0.9)).toBeCloseTo(t90, 3);
  expect(studentT(df, 0.95)).toBeCloseTo(t95, 3);
  expect(studentT(df, 0.99)).toBeCloseTo(t99, 3);
});

test('t tends to the normal quantile: 1.959964 at 95 %', () => {
  expect(studentT(1_000, 0.95)).toBeCloseTo(1.962339, 6);
  expect(studentT(1_000_000, 0.95)).toBeCloseTo(1.959966, 5);
});

test('t with one and two degrees of freedom follows the closed forms, far into the tail', () => {
  for (const level of [0.01, 0.5, 0.8, 0.999, 0.9999]) {
    expect(studentT(1, level) / Math.tan((Math.PI * level) / 2)).toBeCloseTo(1, 8);
    expect(studentT(2, level) / (level * Math.sqrt(2 / (1 - level * level)))).toBeCloseTo(1, 8);
  }
});

test('the interval of a known sample is the textbook one', () => {
  const values = [12, 15, 11, 14, 13];
  expect(mean(values)).toBe(13);
  expect(standardDeviation(values)).toBeCloseTo(1.5811388, 7);
  const interval = meanInterval(values);
  expect(interval.lower).toBeCloseTo(13 - 2.776445 * 0.7071068, 5);
  expect(interval.upper).toBeCloseTo(13 + 2.776445 * 0.7071068, 5);
  expect(predictionInterval(values).upper).toBeCloseTo(13 + 2.776445 * 1.5811388 * Math.sqrt(1.2), 5);
});

test('one value says nothing, equal values are sure, no values are our bug', () => {
  expect(meanInterval([3])).toMatchObject({ mean: 3, lower: -Infinity, upper: Infinity, runs: 1 });
  expect(meanInterval([3, 3, 3])).toMatchObject({ lower: 3, upper: 3 });
  expect(() => meanInterval([])).toThrow('at least one');
  expect(() => studentT(0, 0.95)).toThrow();
  expect(() => studentT(5, 1)).toThrow();
});

test('a 95 % interval holds the true mean, and a prediction the next value, in 95 % of samples', () => {
  const random = randomStream(1, 'coverage');
  const SETS = 4_000;
  let held = 0;
  let predicted = 0;
  for (let i = 0; i < SETS; i += 1) {
    const values = Array.from({ length: 6 }, () => 10 + 2 * nextNormal(random));
    const interval = meanInterval(values);
    const next = 10 + 2 * nextNormal(random);
    const prediction = predictionInterval(values);
    if (interval.lower <= 10 && interval.upper >= 10) held += 1;
    if (prediction.lower <= next && prediction.upper >= next) predicted += 1;
  }
  for (const share of [held / SETS, predicted / SETS]) expect(Math.abs(share - 0.95)).toBeLessThan(3.3 * Math.sqrt((0.95 * 0.05) / SETS));
});

test('a sample quantile interpolates between order statistics and leaves its input as it was', () => {
  const values = [4, 1, 3, 2];
  expect([0, 0.25, 0.5, 0.9, 1].map((q) => sampleQuantile(values, q))).toEqual([1, 1.75, 2.5, 3.7, 4]);
  expect([sampleQuantile(values, -1), sampleQuantile(values, 2)]).toEqual([1, 4]);
  expect(sampleQuantile([], 0.5)).toBeNaN();
  expect(values).toEqual([4, 1, 3, 2]);
});
