/** Expected values: Prometheus' own promql/promqltest/testdata/histograms.test. */
import { expect, test } from 'vitest';
import { bucketBound, histogramQuantile } from './histogram-quantile';

const positive = { bounds: [0.1, 0.2, 1, Infinity], counts: [50, 70, 110, 120] };
const negative = { bounds: [-0.2, -0.1, 0.3, Infinity], counts: [10, 20, 20, 30] };
const second = { bounds: [0, 2, 4, 6, Infinity], counts: [0, 1, 2, 3, 3] };
const third = { bounds: [-0.25, -0.2, -0.1, 0.3, Infinity], counts: [0, 10, 20, 20, 20] };

test.each([
  ['positive', 0, positive, 0], ['positive', 0.2, positive, 0.048], ['positive', 0.5, positive, 0.15], ['positive', 0.8, positive, 0.72], ['positive', 1, positive, 1],
  ['negative', 0, negative, -0.2], ['negative', 0.2, negative, -0.2], ['negative', 0.5, negative, -0.15], ['negative', 0.8, negative, 0.3], ['negative', 1, negative, 0.3],
  ['second', 1 / 6, second, 1], ['second', 0.5, second, 3], ['second', 5 / 6, second, 5],
  ['third', 0, third, -0.25], ['third', 0.25, third, -0.225], ['third', 0.75, third, -0.15], ['third', 1, third, -0.1],
] as const)('%s histogram at %d', (_, q, { bounds, counts }, expected) => {
  expect(histogramQuantile(q, bounds, Float64Array.from(counts))).toBeCloseTo(expected, 12);
});

test('impossible quantiles and empty histograms give what Prometheus gives', () => {
  const of = (q: number, bounds: number[], counts: number[]) => histogramQuantile(q, bounds, Float64Array.from(counts));
  expect(of(-0.1, [1, Infinity], [1, 2])).toBe(-Infinity);
  expect(of(1.01, [1, Infinity], [1, 2])).toBe(Infinity);
  expect(of(NaN, [1, Infinity], [1, 2])).toBeNaN();
  expect(of(0.5, [1, 2], [1, 2])).toBeNaN();
  expect(of(0.5, [Infinity], [2])).toBeNaN();
  expect(of(0.5, [1, Infinity], [0, 0])).toBeNaN();
});

test('counts that fall are raised to the highest before them', () => {
  expect(histogramQuantile(0.5, [1, 2, 3, Infinity], Float64Array.of(4, 3, 8, 8))).toBe(1);
});

test('le is read as any client writes it', () => {
  expect(['0.1', '.2', '1e0', '+Inf', 'inf', 'Inf', '-.2'].map(bucketBound)).toEqual([0.1, 0.2, 1, Infinity, Infinity, Infinity, -0.2]);
  expect(['', 'x', '-Inf', 'NaN', '0x', '1..2'].map(bucketBound)).toEqual([null, null, null, null, null, null]);
});
