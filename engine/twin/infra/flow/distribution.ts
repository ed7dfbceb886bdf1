/**
 * Latency as a distribution: probability at the points 0, step, 2·step … in µs. Sums, mixtures, maxima and minima of independent
 * times are worked out on the points; between grids, mass is split between neighbours so that means stay exact.
 */
import { exp, log, type Variate } from '@/engine/kernel';

export type Distribution = { readonly stepUs: number; readonly mass: Float64Array };

const POINTS = 192;
/** What lies beyond this share is moved to the last point. */
const TAIL = 1e-5;
const LOG_TAIL = -log(TAIL);
/** Of an exponential law on its grid: a step in means, and what is left after one. */
const STEP = LOG_TAIL / (POINTS - 1);
const DECAY = exp(-STEP);

export const constant = (us: number): Distribution => (us <= 0 ? { stepUs: 1, mass: Float64Array.of(1) } : { stepUs: us, mass: Float64Array.of(0, 1) });

export function fromVariate({ law, mean, cv }: Variate): Distribution {
  if (mean <= 0) return constant(0);
  if (law === 'constant' || cv === 0) return constant(mean);
  if (law === 'exponential') return waitOf(1, mean);
  const variance = log(1 + cv * cv);
  const [centre, spread] = [log(mean) - variance / 2, Math.sqrt(variance)];
  return fromTail((us) => (us <= 0 ? 1 : normalTail((log(us) - centre) / spread)), exp(centre + 4.27 * spread));
}

/** Waits with probability `share`, then exponentially with `mean` µs. */
export function waitOf(share: number, meanUs: number): Distribution {
  if (share <= 0 || meanUs <= 0) return constant(0);
  const stepUs = (meanUs * LOG_TAIL) / (POINTS - 1);
  const mass = new Float64Array(POINTS);
  // between two points the law is geometric: the same part goes to the upper one everywhere, so that the mean stays
  const upper = 1 / STEP - DECAY / (1 - DECAY);
  let left = share;
  mass[0] = 1 - share;
  for (let i = 0; i + 1 < POINTS; i += 1) {
    const here = left * (1 - DECAY);
    mass[i] = mass[i]! + here * (1 - upper);
    mass[i + 1] = here * upper;
    left -= here;
  }
  mass[POINTS - 1] = mass[POINTS - 1]! + left;
  return { stepUs, mass };
}

/** By the share that is longer than a time; mass between two points goes to them so that the mean stays. */
function fromTail(longer: (us: number) => number, rangeUs: number): Distribution {
  const stepUs = rangeUs / (POINTS - 1);
  const mass = new Float64Array(POINTS);
  let before = longer(0);
  mass[0] = 1 - before;
  for (let i = 1; i < 4 * POINTS; i += 1) {
    const now = longer((i * stepUs) / 4);
    put(mass, (i - 0.5) / 4, before - now);
    before = now;
  }
  mass[POINTS - 1] = mass[POINTS - 1]! + before;
  return { stepUs, mass };
}

function put(mass: Float64Array, place: number, share: number): void {
  const low = Math.min(mass.length - 1, Math.floor(place));
  const part = Math.min(1, place - low);
  mass[low] = mass[low]! + share * (1 - part);
  if (part > 0) mass[Math.min(mass.length - 1, low + 1)] = mass[Math.min(mass.length - 1, low + 1)]! + share * part;
}

/** The sum of two independent times. */
export function sum(x: Distribution, y: Distribution): Distribution {
  if (isZero(x)) return y;
  if (isZero(y)) return x;
  const stepUs = Math.max(stepFor(x), stepFor(y));
  const [a, b] = [onGrid(x, stepUs), onGrid(y, stepUs)];
  const mass = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i += 1) {
    const share = a[i]!;
    if (share > 0) for (let j = 0; j < b.length; j += 1) mass[i + j] = mass[i + j]! + share * b[j]!;
  }
  return fit({ stepUs, mass });
}

/** The sum of `count` independent times like this one. */
export function repeat(x: Distribution, count: number): Distribution {
  if (count <= 0) return constant(0);
  const half = repeat(x, Math.floor(count / 2));
  const even = count === 1 ? constant(0) : sum(half, half);
  return count % 2 === 1 ? sum(even, x) : even;
}

/** One of them, with these weights (which need not sum to 1). */
export function mixture(parts: readonly { readonly share: number; readonly of: Distribution }[]): Distribution {
  const used = parts.filter(({ share }) => share > 0);
  if (used.length === 0) return constant(0);
  if (used.length === 1) return used[0]!.of;
  const whole = used.reduce((all, { share }) => all + share, 0);
  const rangeUs = used.reduce((most, { of }) => Math.max(most, rangeOf(of)), 0);
  const stepUs = Math.max(rangeUs / (POINTS - 1), 1e-9);
  const mass = new Float64Array(POINTS);
  for (const { share, of } of used) {
    const parts = onGrid(of, stepUs);
    for (let i = 0; i < parts.length; i += 1) mass[Math.min(i, POINTS - 1)] = mass[Math.min(i, POINTS - 1)]! + (parts[i]! * share) / whole;
  }
  return fit({ stepUs, mass });
}

/** Every time stretched by a factor. */
export const scaled = ({ stepUs, mass }: Distribution, factor: number): Distribution => (factor <= 0 ? constant(0) : { stepUs: stepUs * factor, mass });

/** The time until `needed` of several independent times are over. */
export function orderStatistic(parts: readonly Distribution[], needed: number): Distribution {
  if (parts.length === 1) return parts[0]!;
  const stepUs = Math.max(parts.reduce((most, of) => Math.max(most, rangeOf(of)), 0) / (POINTS - 1), 1e-9);
  const cumulated = parts.map((part) => {
    let seen = 0;
    return onGrid(part, stepUs).map((share) => (seen += share));
  });
  const mass = new Float64Array(POINTS);
  let before = 0;
  for (let i = 0; i < POINTS; i += 1) {
    const done = atLeast(cumulated.map((over) => over[Math.min(i, over.length - 1)]!), needed);
    mass[i] = done - before;
    before = done;
  }
  return fit({ stepUs, mass });
}

/** Probability that at least `needed` of independent events happen. */
export function atLeast(chances: readonly number[], needed: number): number {
  let counts = [1];
  for (const chance of chances) counts = [...counts, 0].map((share, k) => share * (1 - chance) + (k > 0 ? counts[k - 1]! * chance : 0));
  return counts.slice(needed).reduce((all, share) => all + share, 0);
}

/** What is not longer than `limitUs`, and its share. */
export function within(x: Distribution, limitUs: number): { readonly share: number; readonly of: Distribution } {
  if (rangeOf(x) <= limitUs) return { share: 1, of: x };
  const mass = x.mass.map((share, i) => (i * x.stepUs <= limitUs ? share : 0));
  const share = mass.reduce((all, part) => all + part, 0);
  return share <= 0 ? { share: 0, of: constant(limitUs) } : { share, of: fit({ stepUs: x.stepUs, mass: mass.map((part) => part / share) }) };
}

/** A few times that stand for all: fine where quantiles are asked for, and with the same mean. */
export type Points = { readonly us: readonly number[]; readonly shares: readonly number[] };

/** Shares at which points end: every 2 % up to 90 %, every half per cent up to 99.5 %, then finer. */
const LEVELS = [...Array.from({ length: 45 }, (_, i) => (i + 1) / 50), ...Array.from({ length: 19 }, (_, i) => 0.9 + (i + 1) / 200), 0.998, 0.999, 2];

export function pointsOf({ stepUs, mass }: Distribution): Points {
  const made: { us: number[]; shares: number[] } = { us: [], shares: [] };
  let [seen, share, weighed, level] = [0, 0, 0, 0];
  for (let i = 0; i < mass.length; i += 1) {
    share += mass[i]!;
    weighed += mass[i]! * i;
    seen += mass[i]!;
    if (i + 1 < mass.length && seen < LEVELS[level]!) continue;
    while (seen >= LEVELS[level]!) level += 1;
    if (share <= 0) continue;
    made.us.push((weighed / share) * stepUs);
    made.shares.push(share);
    [share, weighed] = [0, 0];
  }
  return made;
}

export function meanOfTimes({ stepUs, mass }: Distribution): number {
  let total = 0;
  for (let i = 0; i < mass.length; i += 1) total += mass[i]! * i;
  return total * stepUs;
}

/** Squared coefficient of variation. */
export function variationOf(x: Distribution): number {
  const mean = meanOfTimes(x);
  const second = x.mass.reduce((total, share, i) => total + share * i * i, 0) * x.stepUs * x.stepUs;
  return mean === 0 ? 0 : Math.max(0, second / (mean * mean) - 1);
}

/** The time that the share q does not exceed, between points in proportion. */
export function quantileOf({ stepUs, mass }: Distribution, q: number): number {
  let seen = 0;
  for (let i = 0; i < mass.length; i += 1) {
    const share = mass[i]!;
    if (seen + share >= q) return Math.max(0, i - 0.5 + (share === 0 ? 0 : (q - seen) / share)) * stepUs;
    seen += share;
  }
  return rangeOf({ stepUs, mass });
}

const isZero = ({ mass }: Distribution) => mass.length === 1;
const rangeOf = ({ stepUs, mass }: Distribution) => (mass.length - 1) * stepUs;
/** A constant has one step as wide as itself, which others need not share. */
const stepFor = (x: Distribution) => (x.mass.length === 2 ? x.stepUs / (POINTS - 1) : x.stepUs);

function onGrid({ stepUs, mass }: Distribution, toUs: number): Float64Array {
  if (stepUs === toUs) return mass;
  const made = new Float64Array(Math.ceil((mass.length - 1) * (stepUs / toUs)) + 1);
  for (let i = 0; i < mass.length; i += 1) if (mass[i]! > 0) put(made, (i * stepUs) / toUs, mass[i]!);
  return made;
}

/** Cuts the far tail and chooses the step anew, so that sums of sums stay as long as they began. */
function fit(x: Distribution): Distribution {
  let tail = 0;
  let last = x.mass.length - 1;
  while (last > 0 && tail + x.mass[last]! < TAIL) tail += x.mass[last--]!;
  const kept = x.mass.slice(0, last + 1);
  kept[last] = kept[last]! + tail;
  if (last < POINTS) return { stepUs: x.stepUs, mass: kept };
  const stepUs = (last * x.stepUs) / (POINTS - 1);
  return { stepUs, mass: onGrid({ stepUs: x.stepUs, mass: kept }, stepUs) };
}

const ROOT_2 = 1.4142135623730951;

/** P(Z > z) for a standard normal Z, to 1.5e−7 (Abramowitz and Stegun 7.1.26). */
function normalTail(z: number): number {
  const x = (z < 0 ? -z : z) / ROOT_2;
  const t = 1 / (1 + 0.3275911 * x);
  const half = 0.5 * t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * exp(-x * x);
  return z < 0 ? 1 - half : half;
}
