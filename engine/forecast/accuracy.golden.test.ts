import { describe, expect, test } from 'vitest';
import { coverage, mase, msis, owa, pinball, seasonalScale, sMape } from './accuracy';

/** Worked example computed with the M4 competition's own R code. */
const history = [80, 90, 85, 95, 100, 98, 105, 100];
const actual = [100, 120, 130];
const forecast = [110, 115, 128];

describe('accuracy as M4 defines it', () => {
  test('sMAPE of the worked example', () => expect(sMape(actual, forecast)).toBeCloseTo(5.109839, 6));
  test('MASE with m = 1', () => expect(mase(actual, forecast, seasonalScale(history, 1))).toBeCloseTo(0.901515, 6));
  test('MASE with m = 4', () => expect(mase(actual, forecast, seasonalScale(history, 4))).toBeCloseTo(0.427673, 6));
  test('sMAPE of a zero forecast of zero is zero', () => expect(sMape([0, 0], [0, 0])).toBe(0));
  test('OWA of Naive2 itself is one', () => expect(owa({ sMape: 18.383, mase: 2.395 }, { sMape: 18.383, mase: 2.395 })).toBe(1));
  test('OWA of the M4 seasonal-naive anchor is 0.627', () => expect(owa({ sMape: 13.912, mase: 1.193 }, { sMape: 18.383, mase: 2.395 })).toBeCloseTo(0.627, 3));
  test('MSIS adds 2/α times the miss to the width', () => {
    // widths 20, 20, 20; one value 10 above: (20·3 + 2/0.05·10) / 3 / scale 2
    expect(msis([100, 120, 130], [90, 110, 100], [110, 130, 120], 0.95, 2)).toBeCloseTo((60 + 400) / 3 / 2, 12);
  });
  test('pinball loss weighs a value above by q and one below by 1 − q', () => expect(pinball([10, 0], [8, 8], 0.9)).toBeCloseTo((0.9 * 2 + 0.1 * 8) / 2, 12));
  test('coverage counts the edges as inside', () => expect(coverage([1, 2, 3, 4], [1, 0, 0, 0], [1, 2, 2, 5])).toBe(0.75));
  test('steps that were not observed are left out', () => expect(mase([NaN, 12], [99, 10], 1)).toBe(2));
  test('nothing observed gives no number', () => expect(sMape([NaN], [1])).toBeNaN());
  test('a constant history scales an exact forecast to 0 and any miss to infinity', () => {
    expect(mase([5], [5], 0)).toBe(0);
    expect(mase([6], [5], 0)).toBe(Infinity);
  });
});
