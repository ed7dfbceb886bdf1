import { nextNormal, randomStream } from '@/engine/kernel';
import { describe, expect, test } from 'vitest';
import { forecastSeries, planSeries } from './forecast-series';
import type { Forecaster } from './forecaster';
import { detectSeasons } from './detect-seasons';
import { naive, seasonalNaive } from './models/naive';

const day = (t: number) => 100 + 40 * Math.sin((2 * Math.PI * t) / 24);
const random = randomStream(7, 'noise');
const drawn = Array.from({ length: 2_000 }, () => 3 * nextNormal(random));
const noise = (t: number) => drawn[t]!;
const load = Array.from({ length: 24 * 21 }, (_, t) => day(t) + noise(t));
const value = <T,>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe('a forecast of one series', () => {
  const made = value(forecastSeries({ values: load, seasons: [24], horizon: 24, levels: [0.8, 0.95] }));

  test('follows the season and beats seasonal-naive in the backtest', () => {
    made.forecast.mean.forEach((y, h) => expect(Math.abs(y - day(load.length + h))).toBeLessThan(8));
    const mase = (model: string) => made.scores.find((score) => score.model === model)!.mase;
    expect(mase(made.chosen)).toBeLessThan(mase('seasonal-naive'));
  });
  test('its intervals cover about as often as they say', () => {
    const [at80, at95] = made.scores.find((score) => score.model === made.chosen)!.intervals;
    expect(at80!.coverage).toBeGreaterThan(0.7);
    expect(at80!.coverage).toBeLessThan(0.95);
    expect(at95!.coverage).toBeGreaterThan(0.88);
  });
  test('a higher level gives a wider interval around the same mean', () => {
    const [at80, at95] = made.forecast.bands;
    made.forecast.mean.forEach((y, h) => {
      expect(at95!.upper[h]!).toBeGreaterThanOrEqual(at80!.upper[h]!);
      expect(at95!.lower[h]!).toBeLessThanOrEqual(at80!.lower[h]!);
      expect((at80!.upper[h]! + at80!.lower[h]!) / 2).toBeCloseTo(y, 9);
    });
  });
  test('scores come best first, one per model, and so do their forecasts', () => {
    const errors = made.scores.map((score) => score.mase);
    expect(errors).toEqual([...errors].sort((x, y) => x - y));
    expect(new Set(made.forecasts.map((forecast) => forecast.model)).size).toBe(made.scores.length);
  });
  test('asked twice it answers the same', () => {
    expect(value(forecastSeries({ values: load, seasons: [24], horizon: 24, levels: [0.8, 0.95] }))).toEqual(made);
  });
});

describe('choice of the model', () => {
  const candidates = [naive, seasonalNaive];
  test('a model that wins by chance does not replace the last candidate', () => {
    const flat = load.map((_, t) => noise(t));
    expect(value(forecastSeries({ values: flat, seasons: [24], horizon: 12, levels: [], candidates })).chosen).toBe('seasonal-naive');
  });
  test('a model that wins beyond chance does', () => {
    const walk = load.reduce<number[]>((path, _, t) => [...path, (path[t - 1] ?? 0) + noise(t)], []);
    expect(value(forecastSeries({ values: walk, seasons: [24], horizon: 1, levels: [], candidates })).chosen).toBe('naive');
  });
  test('models that need more history than there is are left out', () => {
    const greedy: Forecaster = { ...naive, id: 'greedy', leastPoints: () => 1_000 };
    expect(value(planSeries({ values: load, seasons: [24], horizon: 4, levels: [], candidates: [naive, greedy] })).candidates).toEqual([naive]);
  });
});

describe('seasons nobody named', () => {
  test('a daily season is found', () => expect(detectSeasons(Float64Array.from(load))).toEqual([24]));
  test('a weekly pattern on top is found too', () => {
    const weekly = Float64Array.from({ length: 24 * 7 * 5 }, (_, t) => day(t) + (Math.floor(t / 24) % 7 >= 5 ? -0.6 * (day(t) - 40) : 0) + noise(t) / 5);
    expect(detectSeasons(weekly)).toEqual([24, 168]);
  });
  test('noise and constants have none', () => {
    expect(detectSeasons(Float64Array.from(load, (_, t) => noise(t)))).toEqual([]);
    expect(detectSeasons(new Float64Array(500).fill(3))).toEqual([]);
  });
});
