/**
 * Seeded randomness (sfc32): the engine's only source of chance.
 *
 * The state is four 32-bit words inside the world, so copying a world copies its future. Streams
 * have names: a new fault draws from its own stream and cannot shift the arrivals of an old one.
 */
import { invariant } from './assert';
import { log } from './math';

/** sfc32 state: a, b, c, counter. */
export type Random = Uint32Array;
export type Ratio = { readonly numerator: number; readonly denominator: number };

/**
 * A stream for (seed, name): equal pairs give equal streams, different names give unrelated ones. The name
 * goes in as 64 hashed bits, so that ten thousand names still never meet by chance.
 */
export function randomStream(seed: number, name: string): Random {
  invariant(Number.isSafeInteger(seed), 'a seed must be a safe integer');
  let hash = 0x811c9dc5; // FNV-1a, and a second lane with another offset and prime
  let other = 0x9e3779b9;
  for (let i = 0; i < name.length; i += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    other = Math.imul(other ^ name.charCodeAt(i), 0x85ebca6b) ^ (other >>> 15);
  }
  const random = Uint32Array.of(hash, seed >>> 0, other ^ Math.floor(seed / 0x1_0000_0000), 1);
  for (let i = 0; i < 15; i += 1) nextUint32(random); // sfc32 needs about a dozen rounds to mix its seed
  return random;
}

export function nextUint32(random: Random): number {
  const t = (random[0]! + random[1]! + random[3]!) | 0;
  random[3] = random[3]! + 1;
  const c = random[2]!;
  random[0] = random[1]! ^ (random[1]! >>> 9);
  random[1] = c + (c << 3);
  random[2] = ((c << 21) | (c >>> 11)) + t;
  return t >>> 0;
}

/** Uniform in [0, bound). Rejects the tail so that no value is favoured. */
export function nextBelow(random: Random, bound: number): number {
  invariant(Number.isInteger(bound) && bound > 0 && bound <= 2 ** 32, 'bound must be in 1..2^32');
  let draw = nextUint32(random);
  if (draw < 2 ** 32 - bound) return draw - Math.floor(draw / bound) * bound; // below any tail; exact, and quicker than `%` on doubles
  const limit = 2 ** 32 - (2 ** 32 % bound);
  while (draw >= limit) draw = nextUint32(random);
  return draw % bound;
}

/** True with probability numerator/denominator; a float never decides a branch. */
export const happens = (random: Random, p: Ratio) => nextBelow(random, p.denominator) < p.numerator;

/** Uniform in the open interval (0, 1), on a grid of 2^32. */
export const nextUnit = (random: Random) => (nextUint32(random) + 0.5) / 4294967296;

/** Standard normal by Marsaglia's polar method (no trigonometry). */
export function nextNormal(random: Random): number {
  for (;;) {
    const x = 2 * nextUnit(random) - 1;
    const y = 2 * nextUnit(random) - 1;
    const r = x * x + y * y;
    if (r > 0 && r < 1) return x * Math.sqrt((-2 * log(r)) / r);
  }
}
