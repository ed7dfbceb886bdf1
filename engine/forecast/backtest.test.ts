import { describe, expect, test } from 'vitest';
import { foldResiduals, forecastFolds, planBacktest, scoreFolds, trainingPart } from './backtest';
import type { Forecaster, History } from './forecaster';
import { naive, seasonalNaive } from './models/naive';

const daily = (days: number): History => ({ values: Float64Array.from({ length: 24 * days }, (_, t) => 100 + 10 * Math.sin((t * Math.PI) / 12) + ((t * 7919) % 13)), seasons: [24] });

describe('rolling-origin backtest', () => {
  test('origins keep the phase of the real forecast and never reach beyond the history', () => {
    const plan = planBacktest(daily(30), { horizon: 24, leastTraining: 48 });
    expect(plan.origins.every((origin) => (720 - origin) % 24 === 0)).toBe(true);
    expect(plan.origins.every((origin) => origin >= 48 && origin + 24 <= 720)).toBe(true);
    expect(plan.origins.length).toBe(20);
  });
  test('a model sees only what came before its origin', () => {
    const seen: number[] = [];
    const spy: Forecaster = {
      ...naive,
      fit: (history) => {
        seen.push(history.values.length);
        return { forecast: (h) => new Float64Array(h).fill(history.values.length), moveTo: (other) => spy.fit(other) };
      },
    };
    const plan = planBacktest(daily(10), { horizon: 12, leastTraining: 48 });
    const folds = forecastFolds(plan, spy);
    expect(seen).toEqual(plan.origins);
    folds.forEach((mean, fold) => expect(mean[0]).toBe(plan.origins[fold]));
  });
  test('residual = actual − forecast, at the right steps', () => {
    const plan = planBacktest({ values: Float64Array.of(1, 2, 4, 8, 16), seasons: [] }, { horizon: 1, leastTraining: 2 });
    const residuals = foldResiduals(plan, forecastFolds(plan, naive));
    expect(plan.origins).toEqual([2, 3, 4]);
    expect(residuals.map((row) => row[0])).toEqual([2, 4, 8]);
  });
  test('a perfect model scores zero, and better than the baseline', () => {
    const past: History = { values: Float64Array.from({ length: 96 }, (_, t) => t % 24), seasons: [24] };
    const plan = planBacktest(past, { horizon: 24, leastTraining: 48 });
    const score = scoreFolds(plan, { model: seasonalNaive, forecasts: forecastFolds(plan, seasonalNaive), levels: [0.8] });
    expect([score.mase, score.sMape]).toEqual([0, 0]);
  });
  test('a history too short for one step gives no origins', () => {
    expect(planBacktest({ values: Float64Array.of(1), seasons: [] }, { horizon: 4, leastTraining: 1 }).origins).toEqual([]);
  });
  test('intervals are calibrated on earlier origins only: one origin has none', () => {
    const plan = planBacktest({ values: Float64Array.of(1, 2, 3), seasons: [] }, { horizon: 1, leastTraining: 2 });
    expect(plan.origins.length).toBe(1);
    expect(scoreFolds(plan, { model: naive, forecasts: forecastFolds(plan, naive), levels: [0.8] }).intervals[0]!.coverage).toBeNaN();
  });
  test('a season that the training part does not hold is not used there', () => {
    const plan = planBacktest(daily(4), { horizon: 24, leastTraining: 24 });
    expect(trainingPart(plan, 20).seasons).toEqual([]);
  });
});
