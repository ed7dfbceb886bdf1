/**
 * The training data: made-up hourly demand, four weeks at a time, each series a function of its seed. What
 * real request rates do is mixed at random: one or two peaks a day, working hours, weekends, slow drift,
 * level shifts, bursts, and noise from 1 to 25 %. One series in eight has no daily pattern at all, so that
 * the model learns not to see one everywhere.
 */
import { exp, happens, nextNormal, nextUnit, randomStream, sineOfTurns, type Random } from '@/engine/kernel';

export const DAY = 24;
export const SERIES_LENGTH = 28 * DAY;

const between = (random: Random, low: number, high: number) => low + (high - low) * nextUnit(random);
const chance = (random: Random, percent: number) => happens(random, { numerator: percent, denominator: 100 });

/** Positive values, one per step. */
export function generateSeries(seed: number): Float64Array {
  const random = randomStream(seed, 'demand');
  const hasDay = !chance(random, 12);
  const shape = dayShape(random);
  const depth = hasDay ? between(random, 0.1, 1.2) : 0;
  const weekend = chance(random, 50) ? between(random, 0.3, 1.1) : 1;
  const firstDay = Math.floor(between(random, 0, 7));
  const drift = chance(random, 50) ? between(random, -0.6, 0.8) / SERIES_LENGTH : 0;
  const noise = exp(between(random, -4.6, -1.4));
  const wander = chance(random, 60) ? between(random, 0.005, 0.06) : 0;
  const shiftAt = chance(random, 20) ? Math.floor(between(random, 0, SERIES_LENGTH)) : -1;
  const shift = between(random, -0.5, 0.5);
  const bursty = chance(random, 20);
  const scale = exp(between(random, 0, 7));
  let level = 0;
  let dayNoise = 0;
  return Float64Array.from({ length: SERIES_LENGTH }, (_, t) => {
    if (t % DAY === 0) dayNoise = nextNormal(random) * noise * 0.5;
    level = 0.98 * level + wander * nextNormal(random);
    const isWeekend = (Math.floor(t / DAY) + firstDay) % 7 >= 5;
    const burst = bursty && chance(random, 1) ? between(random, 0.5, 1.5) : 0;
    const logValue = depth * shape[t % DAY]! * (isWeekend ? weekend : 1) + drift * t + level + dayNoise + (t >= shiftAt && shiftAt >= 0 ? shift : 0) + noise * nextNormal(random) + burst;
    return scale * (isWeekend ? 0.5 + weekend / 2 : 1) * exp(logValue);
  });
}

/** One day of log-demand with mean 0 and a range of about 1. */
function dayShape(random: Random): Float64Array {
  const harmonics = 1 + Math.floor(between(random, 0, 4));
  const parts = Array.from({ length: harmonics }, (_, k) => ({ cycles: k + 1, size: between(random, 0.2, 1) / (k + 1), turn: nextUnit(random) }));
  const opens = Math.floor(between(random, 5, 11));
  const closes = opens + Math.floor(between(random, 6, 13));
  const plateau = chance(random, 40) ? between(random, 0.3, 1) : 0;
  const raw = Float64Array.from({ length: DAY }, (_, hour) => parts.reduce((sum, { cycles, size, turn }) => sum + size * sineOfTurns((cycles * hour) / DAY + turn), 0) + (hour >= opens && hour < closes ? plateau : 0));
  const mean = raw.reduce((sum, value) => sum + value, 0) / DAY;
  const range = Math.max(...raw) - Math.min(...raw) || 1;
  return raw.map((value) => (value - mean) / range);
}
