import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextExponential } from './exponential';
import { forkState } from './fork-state';
import { happens, nextBelow, nextNormal, nextUint32, nextUnit, randomStream } from './random';

const draws = (seed: number, name: string, count = 8) => {
  const random = randomStream(seed, name);
  return Array.from({ length: count }, () => nextUint32(random));
};
const SAMPLES = 200_000;
const TAIL = 7.69711747013104972; // where the last layer of the ziggurat ends

/** Largest distance between the sampled and the exact distribution function (Kolmogorov–Smirnov). */
function distance(samples: number[], cdf: (x: number) => number): number {
  samples.sort((x, y) => x - y);
  return samples.reduce((largest, x, i) => Math.max(largest, cdf(x) - i / samples.length, (i + 1) / samples.length - cdf(x)), 0);
}
const CRITICAL = 1.95 / Math.sqrt(SAMPLES); // 0.1 % level; the seeds are fixed

/** Chi-square of counts against equal shares. */
const chiSquare = (counts: readonly number[], total: number) => counts.reduce((sum, n) => sum + (n - total / counts.length) ** 2 / (total / counts.length), 0);

test('equal seed and name give the same stream, however many others draw in between', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.string(), fc.nat(20), (seed, name, others) => {
      const random = randomStream(seed, name);
      const mixed = Array.from({ length: 8 }, () => (draws(seed, `${name}+`, others), nextUint32(random)));
      expect(mixed).toEqual(draws(seed, name));
    }),
    { seed: 1 },
  );
});

test('another seed or another name gives another stream', () => {
  const names = ['', 'a', 'b', 'ab', 'ba', 'arrivals', 'arrivals2', 'services', 'node-1', 'node-2', 'node-12', 'é', '\0', '\0\0'];
  const seeds = [0, 1, -1, 2, 42, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  const all = seeds.flatMap((seed) => names.map((name) => draws(seed, name).join()));
  expect(new Set(all).size).toBe(names.length * seeds.length);
});

test('a hundred thousand numbered names give as many streams', () => {
  expect(new Set(Array.from({ length: 100_000 }, (_, i) => draws(7, `fault-${i}`, 2).join())).size).toBe(100_000);
});

test('streams of neighbouring seeds and names do not move together', () => {
  for (const [x, y] of [[randomStream(1, 'a'), randomStream(2, 'a')], [randomStream(1, 'a'), randomStream(1, 'b')]] as const) {
    let product = 0;
    for (let i = 0; i < SAMPLES; i += 1) product += (nextUnit(x) - 0.5) * (nextUnit(y) - 0.5);
    expect(Math.abs((12 * product) / SAMPLES)).toBeLessThan(3.3 / Math.sqrt(SAMPLES));
  }
});

test('a copied stream draws the same future', () => {
  const random = randomStream(5, 'x');
  for (let i = 0; i < 100; i += 1) nextUint32(random);
  const copy = forkState(random);
  const future = Array.from({ length: 50 }, () => nextUint32(random));
  expect(Array.from({ length: 50 }, () => nextUint32(copy))).toEqual(future);
});

// The reference generator: Chris Doty-Humphrey's sfc32 (PractRand), state (0, 0, 0, 1).
test('the generator is sfc32', () => {
  const random = Uint32Array.of(0, 0, 0, 1);
  const state = [0n, 0n, 0n, 1n];
  const word = (x: bigint) => x & 0xffffffffn;
  for (let i = 0; i < 1_000; i += 1) {
    const [a, b, c, counter] = state as [bigint, bigint, bigint, bigint];
    const sum = word(a + b + counter);
    state.splice(0, 4, b ^ (b >> 9n), word(c + (c << 3n)), word(word((c << 21n) | (c >> 11n)) + sum), word(counter + 1n));
    expect(nextUint32(random)).toBe(Number(sum));
  }
});

test.each([2, 3, 6, 7, 100, 256, 1_000])('nextBelow(%i) favours no value', (bound) => {
  const random = randomStream(3, 'below');
  const counts = new Array<number>(bound).fill(0);
  for (let i = 0; i < SAMPLES; i += 1) counts[nextBelow(random, bound)]! += 1;
  const df = bound - 1;
  expect(chiSquare(counts, SAMPLES)).toBeLessThan(df * (1 - 2 / (9 * df) + 3.1 * Math.sqrt(2 / (9 * df))) ** 3); // Wilson–Hilferty, 0.1 %
});

test('nextBelow rejects the tail: a bound of 3·2^30 is uniform over its thirds', () => {
  const random = randomStream(4, 'below');
  const counts = [0, 0, 0];
  for (let i = 0; i < SAMPLES; i += 1) counts[Math.floor(nextBelow(random, 3 * 2 ** 30) / 2 ** 30)]! += 1;
  expect(chiSquare(counts, SAMPLES)).toBeLessThan(13.8);
});

test.each([0, -1, 1.5, NaN, Infinity, 2 ** 32 + 1])('nextBelow(%s) is our bug', (bound) => {
  expect(() => nextBelow(randomStream(1, 'x'), bound)).toThrow('bound must be');
});

test('the ends of nextBelow: 1 gives 0, 2^32 gives every word', () => {
  const [x, y] = [randomStream(1, 'x'), randomStream(1, 'x')];
  expect(nextBelow(randomStream(1, 'y'), 1)).toBe(0);
  for (let i = 0; i < 100; i += 1) expect(nextBelow(x, 2 ** 32)).toBe(nextUint32(y));
});

test('a ratio happens in its share of draws; 0 never and 1 always', () => {
  const random = randomStream(6, 'ratio');
  const share = (numerator: number, denominator: number) => Array.from({ length: 100_000 }, () => happens(random, { numerator, denominator })).filter(Boolean).length / 100_000;
  expect(share(0, 7)).toBe(0);
  expect(share(7, 7)).toBe(1);
  expect(Math.abs(share(1, 3) - 1 / 3)).toBeLessThan(3.3 * Math.sqrt(2 / 9 / 100_000));
});

test('unit draws are uniform inside (0, 1)', () => {
  const random = randomStream(8, 'unit');
  const samples = Array.from({ length: SAMPLES }, () => nextUnit(random));
  expect(distance(samples, (x) => x)).toBeLessThan(CRITICAL);
  expect(nextUnit(Uint32Array.of(0, 0, 0, 0))).toBeGreaterThan(0);
  expect(nextUnit(Uint32Array.of(0xffffffff, 0, 0, 0))).toBeLessThan(1);
});

test('exponential draws follow 1 − e^(−x/mean), and are positive', () => {
  const random = randomStream(9, 'exponential');
  const samples = Array.from({ length: SAMPLES }, () => nextExponential(random, 4));
  expect(Math.min(...samples.slice(0, 50_000))).toBeGreaterThan(0);
  expect(distance(samples, (x) => 1 - Math.exp(-x / 4))).toBeLessThan(CRITICAL);
});

test('the tail of the exponential begins where its layers end, and looks like the whole', () => {
  const random = randomStream(11, 'tail');
  const beyond: number[] = [];
  for (let i = 0; i < 3_000_000; i += 1) {
    const x = nextExponential(random, 1);
    if (x > TAIL) beyond.push(x - TAIL);
  }
  const expected = 3_000_000 * Math.exp(-TAIL);
  expect(Math.abs(beyond.length - expected)).toBeLessThan(3.3 * Math.sqrt(expected));
  expect(Math.abs(beyond.reduce((sum, x) => sum + x, 0) / beyond.length - 1)).toBeLessThan(3.3 / Math.sqrt(expected));
});

/** A stream whose next two words are these: sfc32 gives a + b + counter, then 9c + 1 when b = 0. */
function streamOf(first: number, second: number) {
  const inverseOfNine = 954_437_177; // 9 · 954437177 = 2^33 + 1
  return Uint32Array.of(first, 0, Math.imul(second - 1, inverseOfNine), 0);
}

test('on the slope of a layer, a point below the curve is taken and a point above is not', () => {
  const LOWEST = 0;
  const HIGHEST = 0xffffffff;
  const chosen = streamOf(5, 7);
  expect([nextUint32(chosen), nextUint32(chosen)]).toEqual([5, 7]);
  for (let layer = 1; layer < 256; layer += 1) {
    const halfStep = nextExponential(streamOf(layer, LOWEST), 1);
    const rightEnd = (0xffffff * 256 + layer) >>> 0;
    const there = (2 * 0xffffff + 1) * halfStep;
    expect(nextExponential(streamOf(rightEnd, LOWEST), 1) / there).toBeCloseTo(1, 12);
    expect(nextExponential(streamOf(rightEnd, HIGHEST), 1)).not.toBeCloseTo(there, 9);
  }
});

test('exponential draws of another mean are the same draws, scaled', () => {
  const [x, y] = [randomStream(9, 'paired'), randomStream(9, 'paired')];
  for (let i = 0; i < 10_000; i += 1) expect(nextExponential(x, 3)).toBeCloseTo(3 * nextExponential(y, 1), 9);
});

test('normal draws follow the normal distribution', () => {
  const random = randomStream(10, 'normal');
  const samples = Array.from({ length: SAMPLES }, () => nextNormal(random));
  // Abramowitz & Stegun 7.1.26: |error| < 1.5e-7
  const erf = (x: number) => {
    const t = 1 / (1 + 0.3275911 * Math.abs(x));
    const y = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x);
    return x < 0 ? -y : y;
  };
  expect(distance(samples, (x) => (1 + erf(x / Math.SQRT2)) / 2)).toBeLessThan(CRITICAL);
});

test('normal draws have mean 0 and variance 1', () => {
  const random = randomStream(12, 'moments');
  let [sum, squares] = [0, 0];
  for (let i = 0; i < 1_000_000; i += 1) {
    const x = nextNormal(random);
    sum += x;
    squares += x * x;
  }
  expect(Math.abs(sum / 1_000_000)).toBeLessThan(3.3e-3);
  expect(Math.abs(squares / 1_000_000 - 1)).toBeLessThan(3.3 * Math.sqrt(2e-6));
});

test.each([NaN, 0.5, Infinity, 2 ** 53])('a seed of %s is our bug', (seed) => {
  expect(() => randomStream(seed, 'x')).toThrow('seed');
});
