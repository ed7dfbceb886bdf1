import { expect, test } from 'vitest';
import { thinOut, type Point } from './thin-out';

const wave = (length: number): Point[] => Array.from({ length }, (_, i) => [i, i === 5_003 ? 900 : (i * 7919) % 101]);

test('a short line is left as it is', () => {
  const points = wave(50);
  expect(thinOut(points, 200)).toBe(points);
});

test('a long line keeps its peak, its lowest value and its order', () => {
  const thinned = thinOut(wave(10_000), 300);
  expect(thinned.length).toBeLessThanOrEqual(600);
  expect(thinned).toContainEqual([5_003, 900]);
  expect(Math.min(...thinned.map(([, y]) => y!))).toBe(0);
  expect(thinned.every(([x], i) => i === 0 || x >= thinned[i - 1]![0])).toBe(true);
});

test('a gap stays a gap', () => {
  const points = wave(10_000).map(([x, y]): Point => [x, x >= 4_000 && x < 6_000 ? null : y]);
  const thinned = thinOut(points, 300);
  const gap = thinned.findIndex(([, y]) => y === null);
  expect(gap).toBeGreaterThan(0);
  expect(thinned[gap - 1]![0]).toBeLessThan(4_000);
  expect(thinned[gap + 1]![0]).toBeGreaterThanOrEqual(6_000);
});
