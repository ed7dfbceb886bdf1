import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mase, pinball, seasonalScale, sMape } from './accuracy';
import { intervalRadius } from './conformal';
import { fillGaps } from './fill-gaps';
import { forecastSeries } from './forecast-series';
import { decompose } from './seasonal-trend-decomposition';

const SEED = { seed: 20261121, numRuns: 60 };
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const gappy = fc.array(fc.option(number, { freq: 5, nil: null }), { minLength: 1, maxLength: 80 }).filter((values) => values.some((value) => value !== null));

describe('for any series', () => {
  test('a forecast has the asked length, finite means and bounds in order', () => {
    fc.assert(
      fc.property(gappy, fc.integer({ min: 1, max: 10 }), fc.constantFrom([], [4], [4, 8]), (values, horizon, seasons) => {
        const made = forecastSeries({ values, horizon, seasons, levels: [0.5, 0.9] });
        if (!made.ok) return false;
        const { mean, bands } = made.value.forecast;
        return mean.length === horizon && mean.every(Number.isFinite) && bands.every((band) => band.lower.every((lower, h) => lower === null || (lower <= mean[h]! && mean[h]! <= band.upper[h]!)));
      }),
      { ...SEED, numRuns: 40 },
    );
  });
  test('MASE does not depend on the unit of the series', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 5, maxLength: 20 }), fc.double({ min: 0.5, max: 100, noNaN: true }), (values, factor) => {
        const [history, actual] = [values.slice(0, -2), values.slice(-2)];
        const scale = seasonalScale(history, 1);
        fc.pre(scale > 0);
        const plain = mase(actual, [0, 0], scale);
        const scaled = mase(actual.map((y) => y * factor), [0, 0], seasonalScale(history.map((y) => y * factor), 1));
        expect(scaled).toBeCloseTo(plain, 6);
      }),
      SEED,
    );
  });
  test('sMAPE lies between 0 and 200 and does not care who is who', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 20 }), (pairs) => {
        const [x, y] = [pairs.map((p) => p[0]), pairs.map((p) => p[1])];
        return sMape(x, y) >= 0 && sMape(x, y) <= 200 + 1e-9 && Math.abs(sMape(x, y) - sMape(y, x)) < 1e-9;
      }),
      SEED,
    );
  });
  test('the empirical quantile has the smallest pinball loss among the values', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 3, maxLength: 15 }), fc.constantFrom(0.1, 0.5, 0.9), (values, q) => {
        const sorted = [...values].sort((x, y) => x - y);
        const best = sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!;
        const loss = (guess: number) => pinball(values, new Array<number>(values.length).fill(guess), q);
        return values.every((other) => loss(best) <= loss(other) + 1e-6);
      }),
      SEED,
    );
  });
  test('a conformal radius covers at least its level of its own residuals', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 20, maxLength: 60 }), fc.constantFrom(0.5, 0.8, 0.95), (errors, level) => {
        const { radius } = intervalRadius(errors.map((error) => Float64Array.of(error)), 1, level);
        return errors.filter((error) => Math.abs(error) <= radius[0]!).length / errors.length >= level;
      }),
      SEED,
    );
  });
  test('filled gaps leave no NaN, keep what was observed and stay within its range', () => {
    fc.assert(
      fc.property(gappy, fc.constantFrom([], [3], [7]), (values, seasons) => {
        const given = Float64Array.from(values, (value) => value ?? NaN);
        const observed = given.filter((value) => !Number.isNaN(value));
        const [low, high] = [Math.min(...observed), Math.max(...observed)];
        return fillGaps({ values: given, seasons }).every((value, i) => (Number.isNaN(given[i]!) ? value >= low - 1e-6 && value <= high + 1e-6 : value === given[i]));
      }),
      SEED,
    );
  });
  test('trend, seasons and remainder add up to the series', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 16, maxLength: 60 }), (values) => {
        const { trend, seasonal, remainder } = decompose(Float64Array.from(values), [4, 8]);
        values.forEach((value, t) => expect(trend[t]! + seasonal[0]![t]! + seasonal[1]![t]! + remainder[t]!).toBeCloseTo(value, 3));
      }),
      SEED,
    );
  });
});
