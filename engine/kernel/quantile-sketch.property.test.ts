import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addValue, clearSketch, meanOf, mergeSketch, quantile, quantileSketch, type QuantileSketch } from './quantile-sketch';

const LARGEST = 2 ** 52 - 1;
const anyValue = fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.integer({ min: 0, max: LARGEST }));
const values = fc.array(anyValue, { minLength: 1, maxLength: 400 });
const RUNS = { seed: 7, numRuns: 300 };

const sketchOf = (list: readonly number[]) => {
  const sketch = quantileSketch();
  for (const value of list) addValue(sketch, value);
  return sketch;
};
const exact = (list: readonly number[], q: number) => [...list].sort((x, y) => x - y)[Math.max(0, Math.ceil(q * list.length) - 1)]!;

test('a quantile is within 0.8 % of the exact one, and exact below 128', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, q) => {
      const truth = exact(list, q);
      const sketched = quantile(sketchOf(list), q);
      expect(Math.abs(sketched - truth)).toBeLessThanOrEqual(truth < 128 ? 0 : 0.008 * truth);
    }),
    RUNS,
  );
});

test('a quantile never falls when q rises, and never passes the largest value', () => {
  fc.assert(
    fc.property(values, (list) => {
      const sketch = sketchOf(list);
      const rising = [0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1].map((q) => quantile(sketch, q));
      expect(rising).toEqual([...rising].sort((x, y) => x - y));
      expect(rising.at(-1)).toBeLessThanOrEqual(Math.max(...list));
    }),
    RUNS,
  );
});

const smaller = fc.array(fc.integer({ min: 0, max: 1e12 }), { maxLength: 200 });

test('sketches merge in any order and grouping to the sketch of all values', () => {
  fc.assert(
    fc.property(fc.array(smaller, { minLength: 1, maxLength: 6 }), fc.nat(), (parts, salt) => {
      const merged = (order: readonly QuantileSketch[]) => {
        const into = quantileSketch();
        for (const sketch of order) mergeSketch(into, sketch);
        return into;
      };
      const sketches = parts.map(sketchOf);
      const turned = sketches.map((_, i) => sketches[(i + salt) % sketches.length]!);
      expect(merged(turned.reverse())).toEqual(sketchOf(parts.flat()));
    }),
    { ...RUNS, numRuns: 60 },
  );
});

test('every power of two and its neighbours fall into their own bucket, to the largest', () => {
  for (let bit = 0; bit < 52; bit += 1) {
    for (const value of [2 ** bit - 1, 2 ** bit, 2 ** bit + 1]) {
      const found = quantile(sketchOf([value, LARGEST]), 0.5);
      expect(Math.abs(found - value)).toBeLessThanOrEqual(0.008 * value);
    }
  }
});

test('an empty sketch has no quantile and no mean; a cleared one is empty', () => {
  const sketch = sketchOf([5, 1_000_000]);
  expect(meanOf(sketch)).toBe(500_002.5);
  clearSketch(sketch);
  expect(sketch).toEqual(quantileSketch());
  expect(quantile(sketch, 0.5)).toBeNaN();
  expect(meanOf(sketch)).toBeNaN();
});

test('what does not fit is clipped to 0..2^52−1, and NaN is our bug', () => {
  const sketch = sketchOf([-5, 0.4, Infinity, 1e300]);
  expect([quantile(sketch, 0), quantile(sketch, 0.5), sketch.max]).toEqual([0, 0, LARGEST]);
  expect(quantile(sketch, 1) / LARGEST).toBeCloseTo(1, 2);
  expect(() => addValue(sketch, NaN)).toThrow('NaN');
  expect(sketch.count).toBe(4);
});
