import { expect, test } from 'vitest';
import { exp, log, pow } from './math';
import { nextUnit, randomStream } from './random';
import { sineOfTurns } from './sine';
import { hashState } from './state-hash';

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);
const bitsOf = (x: number) => ((float[0] = x), bits[0]!);
const ulps = (x: number, y: number) => Math.abs(Number(bitsOf(x) - bitsOf(y)));

function worst(samples: number, draw: (unit: number) => number, error: (x: number) => number): number {
  const random = randomStream(1, 'math test');
  let largest = 0;
  for (let i = 0; i < samples; i += 1) largest = Math.max(largest, error(draw(nextUnit(random))));
  return largest;
}

test.each([
  ['in (0, 1)', (u: number) => u],
  ['near one', (u: number) => 1 + (u - 0.5) * 1e-6],
  ['over all magnitudes', (u: number) => 2 ** (2_000 * (u - 0.5))],
  ['of subnormal numbers', (u: number) => u * 2e-308],
])('log %s is within 1 ulp', (_where, draw) => {
  expect(worst(200_000, draw, (x) => ulps(log(x), Math.log(x)))).toBeLessThanOrEqual(1);
});

test.each([
  ['near zero', (u: number) => (u - 0.5) * 1e-3],
  ['in (−1, 1)', (u: number) => 2 * u - 1],
  ['over its whole range', (u: number) => 1_454 * u - 745],
  ['down to subnormal results', (u: number) => -708 - 37 * u],
])('exp %s is within 1 ulp', (_where, draw) => {
  expect(worst(200_000, draw, (x) => ulps(exp(x), Math.exp(x)))).toBeLessThanOrEqual(1);
});

test('pow is within (2 + 2·|y·ln x|) ulp', () => {
  const powers = randomStream(2, 'math test');
  const excess = (x: number) => {
    const y = 20 * (nextUnit(powers) - 0.5);
    return ulps(pow(x, y), Math.pow(x, y)) / (2 + 2 * Math.abs(y * Math.log(x)));
  };
  expect(worst(100_000, (u) => u * 1_000, excess)).toBeLessThanOrEqual(1);
});

test('the edges of log, exp and pow are those of Math', () => {
  for (const x of [0, -0, 1, -1, NaN, Infinity, -Infinity, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022]) expect(log(x)).toBe(Math.log(x));
  for (const x of [0, -0, NaN, Infinity, -Infinity, 709.782712893384, 709.79, -745.13, -745.14, 1e308, -1e308]) expect(exp(x)).toBe(Math.exp(x));
  for (const [x, y] of [[0, 0], [0, 2], [0, -2], [0, NaN], [1, Infinity], [1, NaN], [2, 0], [NaN, 0], [2, Infinity], [0.5, Infinity], [-2, 0.5]] as const) {
    expect([x, y, pow(x, y)]).toEqual([x, y, x === 1 ? 1 : Math.pow(x, y)]);
  }
});

// A change of these bits changes every golden hash of the project: it must be seen, and meant.
test('log, exp, pow and sine give these very bits', () => {
  const points = Float64Array.from({ length: 10_000 }, (_, i) => (i + 0.5) / 3_000);
  expect([log, exp, sineOfTurns, (x: number) => pow(x, 2.5 - x)].map((f) => hashState(points.map((x) => f(x))))).toMatchInlineSnapshot(`
    [
      "91d62c68e44de391",
      "a84ddcbbdb22a24c",
      "ca2827dec500e276",
      "82fb9f804f90de13",
    ]
  `);
});

test('a sine of turns is within 2e-15 of the sine (3e-16 in the first quarter), never beyond 1, and exact at half turns', () => {
  expect(worst(100_000, (u) => 4 * u - 2, (t) => Math.abs(sineOfTurns(t) - Math.sin(2 * Math.PI * t)))).toBeLessThan(2e-15);
  expect(worst(100_000, (u) => (u - 0.5) / 2, (t) => Math.abs(sineOfTurns(t) - Math.sin(2 * Math.PI * t)))).toBeLessThan(3e-16);
  expect(worst(100_000, (u) => 0.25 + 1e-6 * (u - 0.5), (t) => sineOfTurns(t))).toBeLessThanOrEqual(1);
  expect([0, 0.5, 1, 7.5].map(sineOfTurns)).toEqual([0, 0, 0, 0]);
  expect(sineOfTurns(Infinity)).toBeNaN();
});
