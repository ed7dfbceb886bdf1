/** Expected values: Prometheus' own promql/promqltest/testdata/functions.test, sections increase() and rate(). */
import { describe, expect, test } from 'vitest';
import { increase, rate, valueAt } from './rate';

const MINUTE_US = 60_000_000;
/** A series with a sample every `stepMinutes` from minute 0 on. */
const loaded = (stepMinutes: number, values: readonly number[]) => ({ atUs: Float64Array.from(values, (_, i) => i * stepMinutes * MINUTE_US), values: Float64Array.from(values) });
const counting = (start: number, step: number, times: number) => Array.from({ length: times + 1 }, (_, i) => start + i * step);

describe('increase agrees with Prometheus', () => {
  const foo = loaded(5, counting(0, 10, 10));
  const bar = loaded(5, [...counting(0, 18, 5), ...counting(0, 18, 5)]);
  const dings = loaded(5, counting(10, 10, 10));
  const bumms = loaded(5, counting(1, 10, 10));

  test.each([['foo', foo, 100], ['bar', bar, 160], ['dings', dings, 100], ['bumms', bumms, 100]] as const)('over a range full of samples: %s', (_, series, expected) => {
    expect(increase(series, 50 * MINUTE_US, 50 * MINUTE_US)).toBeCloseTo(expected, 9);
  });
  test.each([['foo', foo, 100], ['bar', bar, 162], ['dings', dings, 105], ['bumms', bumms, 101]] as const)('beyond the start of the series, but not below zero: %s', (_, series, expected) => {
    expect(increase(series, 50 * MINUTE_US, 100 * MINUTE_US)).toBeCloseTo(expected, 9);
  });
  test('a fall is a restart from zero', () => {
    expect(increase(loaded(5, [0, 1, 2, 3, 2, 3, 4]), 30 * MINUTE_US, 30 * MINUTE_US)).toBeCloseTo(7, 9);
  });
});

describe('rate agrees with Prometheus', () => {
  test('a reset in the middle of the range is undone', () => {
    expect(rate(loaded(5, [...counting(0, 27, 4), ...counting(0, 27, 5)]), 50 * MINUTE_US, 50 * MINUTE_US)).toBeCloseTo(0.08, 12);
  });
  test('the sample on the left edge is outside, so one step needs a longer range; a fall to zero at its end is no increase', () => {
    const series = loaded(5, [...counting(0, 10, 9), 0, 10]);
    expect(rate(series, 50 * MINUTE_US, 5 * MINUTE_US)).toBeNull();
    expect(rate(series, 50 * MINUTE_US, 6 * MINUTE_US)).toBe(0);
  });
  test('per second over a steady counter', () => {
    expect(rate(loaded(5, counting(0, 80, 10)), 50 * MINUTE_US, 50 * MINUTE_US)).toBeCloseTo(0.26666666666666666, 12);
  });
  test.each([[0, 0.5], [60, 0.55], [120, 0.6], [180, 0.6], [240, 0.6], [300, 0.6]])('the start is cut where a counter from %d would be zero: %d', (start, expected) => {
    expect(rate(loaded(4, counting(start, 240, 10)), 10 * MINUTE_US, 20 * MINUTE_US)).toBeCloseTo(expected, 12);
  });
  test('the cut does not reach further than half a step', () => {
    expect(rate(loaded(4, counting(0, 240, 10)), 50 * MINUTE_US, 20 * MINUTE_US)).toBeCloseTo(0.6, 12);
  });
});

test('a series is stale once its last sample is a look-back old', () => {
  const series = loaded(1, [5, 6]);
  expect(valueAt(series, 3 * MINUTE_US)).toBe(6);
  expect(valueAt(series, 6 * MINUTE_US)).toBeNull();
  expect(valueAt(series, 0)).toBe(5);
  expect(valueAt(series, -1)).toBeNull();
});
