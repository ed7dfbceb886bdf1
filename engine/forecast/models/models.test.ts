import { describe, expect, test } from 'vitest';
import type { History } from '../forecaster';
import { smooth, extrapolateState, fitSmoothing } from './exponential-smoothing';
import { drift, longSeasonalNaive, naive, seasonalNaive } from './naive';
import { ets, holt, holtWinters, simpleSmoothing } from './smoothing-forecasters';
import { naive2, theta } from './theta';

const history = (values: readonly number[], seasons: readonly number[] = []): History => ({ values: Float64Array.from(values), seasons });
const forecast = (model: typeof naive, past: History, horizon: number) => [...model.fit(past).forecast(horizon)];
const wave = [10, 20, 30, 20];
const repeated = (cycles: number, slope = 0) => Array.from({ length: 4 * cycles }, (_, t) => wave[t % 4]! + slope * t);

describe('naive models', () => {
  test('naive repeats the last observed value, across a trailing gap', () => expect(forecast(naive, history([1, 7, NaN]), 3)).toEqual([7, 7, 7]));
  test('seasonal-naive repeats the last season', () => expect(forecast(seasonalNaive, history([...repeated(2), 11, 21, 31, 21], [4]), 5)).toEqual([11, 21, 31, 21, 11]));
  test('seasonal-naive takes a missing phase from the season before', () => expect(forecast(seasonalNaive, history([1, 2, 3, 4, 5, NaN, 7, 8], [4]), 2)).toEqual([5, 2]));
  test('the long season is repeated where there are two', () => expect(forecast(longSeasonalNaive, history([1, 2, 1, 3, 1, 2, 1, 3], [2, 4]), 4)).toEqual([1, 2, 1, 3]));
  test('without a season seasonal-naive is naive', () => expect(forecast(seasonalNaive, history([3, 9]), 2)).toEqual([9, 9]));
  test('drift continues the line from first to last value', () => expect(forecast(drift, history([0, 5, 4]), 2)).toEqual([6, 8]));
  test('drift of one value is that value', () => expect(forecast(drift, history([4]), 2)).toEqual([4, 4]));
  test('naive2 repeats the last season-adjusted value', () => {
    expect(forecast(naive2, history(repeated(6), [4]), 4)).toEqual(wave.map((x) => expect.closeTo(x, 9)));
  });
});

describe('exponential smoothing', () => {
  test('simple smoothing with α ½ halves the distance to each value', () => {
    const { state } = smooth(Float64Array.of(10, 20, 30), { trend: 'none', season: 1 }, { alpha: 0.5, beta: 0, gamma: 0, phi: 0 });
    expect(state.level).toBe(22.5); // 10 → 15 → 22.5
  });
  test('Holt with given parameters follows the component form', () => {
    const shape = { trend: 'additive', season: 1 } as const;
    const { state } = smooth(Float64Array.of(1, 3, 7), shape, { alpha: 0.5, beta: 0.5, gamma: 0, phi: 1 });
    // slope0 = (7−1)/2 = 3, level0 = −2; t1: ahead 1, l 1, b 3; t2: ahead 4, l 3.5, b ½·2.5+1.5 = 2.75; t3: ahead 6.25, l 6.625, b ½·3.125+1.375 = 2.9375
    expect([state.level, state.slope]).toEqual([6.625, 2.9375]);
    expect([...extrapolateState(state, 1, 2)]).toEqual([9.5625, 12.5]);
  });
  test('a damped trend adds φ + … + φ^h slopes', () => {
    expect([...extrapolateState({ level: 10, slope: 4, seasonal: new Float64Array(1), time: 0 }, 0.5, 3)]).toEqual([12, 13, 13.5]);
  });
  test('simple smoothing of a constant is that constant', () => expect(forecast(simpleSmoothing, history([5, 5, 5, 5]), 2)).toEqual([5, 5]));
  test('Holt follows a straight line', () => {
    const [first] = forecast(holt, history(Array.from({ length: 30 }, (_, t) => 3 * t)), 1);
    expect(first).toBeGreaterThan(88.5);
    expect(first).toBeLessThan(90.5);
  });
  test('Holt–Winters repeats a clean season', () => {
    forecast(holtWinters, history(repeated(8), [4]), 4).forEach((y, h) => expect(y).toBeCloseTo(wave[h]!, 6));
  });
  test('AICc picks the seasonal shape for a seasonal series and no season for a line', () => {
    forecast(ets, history(repeated(8, 0.5), [4]), 4).forEach((y, h) => expect(Math.abs(y - (wave[h]! + 0.5 * (32 + h)))).toBeLessThan(0.5));
    expect(fitSmoothing(Float64Array.from(repeated(8)), { trend: 'none', season: 4 }).aicc).toBeLessThan(fitSmoothing(Float64Array.from(repeated(8)), { trend: 'none', season: 1 }).aicc);
  });
});

describe('theta', () => {
  test('theta of a line continues at half its slope at the least, and never falls below the last value', () => {
    const line = Array.from({ length: 40 }, (_, t) => 100 + 2 * t);
    const mean = forecast(theta, history(line), 4);
    mean.forEach((y, h) => {
      expect(y).toBeGreaterThan(178 + h);
      expect(y).toBeLessThan(180 + 2 * h + 1);
    });
  });
  test('theta puts the season back', () => {
    forecast(theta, history(repeated(10), [4]), 4).forEach((y, h) => expect(y).toBeCloseTo(wave[h]!, 1));
  });
});
