import { describe, expect, test } from 'vitest';
import { forecastSeries, type SeriesRequest } from './forecast-series';
import { historyFrom } from './history';
import { forecasters } from './models/catalogue';

const ask = (values: readonly (number | null)[], more: Partial<SeriesRequest> = {}) => forecastSeries({ values, seasons: [24], horizon: 12, levels: [0.8], ...more });
const finite = (result: ReturnType<typeof ask>) => result.ok && result.value.forecast.mean.every(Number.isFinite);

describe('hostile series', () => {
  test('no value at all is refused with a reason', () => {
    for (const values of [[], [null], [NaN, Infinity]]) expect(ask(values)).toMatchObject({ ok: false, error: [{ code: 'empty' }] });
  });
  test('one point is repeated, without an interval', () => {
    const result = ask([7]);
    expect(result).toMatchObject({ ok: true, value: { chosen: 'naive', forecast: { mean: new Array(12).fill(7), bands: [{ basis: 'none', lower: new Array(12).fill(null) }] } } });
  });
  test.each([2, 3, 4, 5, 7, 10, 23, 24, 25, 47, 48, 49, 60, 71, 72, 100])('%i points give finite means', (n) => {
    expect(finite(ask(Array.from({ length: n }, (_, t) => t % 5)))).toBe(true);
  });
  test('a constant stays constant and its interval has no width', () => {
    const result = ask(new Array(200).fill(3));
    expect(result).toMatchObject({ ok: true, value: { forecast: { mean: expect.arrayContaining([expect.closeTo(3, 6)]) } } });
    if (result.ok) result.value.forecast.bands[0]!.upper.forEach((bound) => expect(bound).toBeCloseTo(3, 6));
  });
  test('all zero, with a floor of zero', () => expect(ask(new Array(100).fill(0), { floor: 0 })).toMatchObject({ ok: true, value: { forecast: { mean: new Array(12).fill(0) } } }));
  test('gaps, NaN and infinities are counted, not guessed at silently', () => {
    const read = historyFrom({ values: [null, 1, NaN, 3, Infinity, null, 2], seasons: [2, 90] });
    expect(read).toMatchObject({ ok: true, value: { summary: { points: 7, observed: 3, gaps: 3, notFinite: 2, trimmed: 1, seasonsUsed: [2], seasonsDropped: [90] } } });
  });
  test('half of the values missing still gives a forecast', () => {
    expect(finite(ask(Array.from({ length: 400 }, (_, t) => ((t * 7) % 13 < 6 ? null : 50 + 10 * Math.sin(t / 3.8)))))).toBe(true);
  });
  test('a whole season missing at the end', () => {
    expect(finite(ask([...Array.from({ length: 200 }, (_, t) => 50 + (t % 24)), ...new Array(30).fill(null)]))).toBe(true);
  });
  test('a very long history is cut to its recent part, and it is said', () => {
    const read = historyFrom({ values: Array.from({ length: 150_000 }, (_, t) => t), seasons: [24] });
    expect(read).toMatchObject({ ok: true, value: { summary: { points: 150_000, older: 130_000, observed: 20_000 } } });
    expect(historyFrom({ values: Array.from({ length: 150_000 }, (_, t) => t), seasons: [14_400] })).toMatchObject({ ok: true, value: { summary: { older: 6_000, seasonsUsed: [14_400] } } });
    const silent = historyFrom({ values: Array.from({ length: 60_000 }, (_, t) => (t < 10 ? 5 : null)), seasons: [] });
    expect(silent).toMatchObject({ ok: true, value: { summary: { observed: 1 } } });
  });
  test('a day of seconds is answered in a moment', () => {
    const result = forecastSeries({ values: Array.from({ length: 20_000 }, (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t) / 1_440) + (t % 7)), seasons: [1_440], horizon: 60, levels: [0.8] });
    expect(result.ok && result.value.forecast.mean.length).toBe(60);
  });
  test('one enormous outlier does not make the forecast run away', () => {
    const result = ask(Array.from({ length: 300 }, (_, t) => (t === 150 ? 1e12 : 50 + (t % 24))));
    expect(result.ok && result.value.forecast.mean.every((y) => y < 1e3)).toBe(true);
  });
  test('values whose squares would overflow are refused with their place; large ones below are not', () => {
    const swinging = (size: number) => Array.from({ length: 100 }, (_, t) => (t % 2 === 0 ? size : -size));
    expect(ask(swinging(1e300))).toMatchObject({ ok: false, error: [{ code: 'out-of-range', path: 'values[0]' }] });
    expect(finite(ask(swinging(1e99)))).toBe(true);
  });
  test('an explosive series does not give infinite means', () => expect(finite(ask(Array.from({ length: 120 }, (_, t) => 1.2 ** t)))).toBe(true));
  test('too long a series, a horizon of zero, a season of zero and a level of one are refused, all in one list', () => {
    const result = ask(new Array(200_001).fill(1), { seasons: [0], horizon: 0, levels: [1] });
    expect(!result.ok && result.error.map((issue) => issue.path)).toEqual(['horizon', 'levels[0]', 'values', 'seasons[0]']);
  });
  test('every model alone survives two points, with and without a season', () => {
    for (const model of forecasters) for (const seasons of [[], [2]]) expect([...model.fit({ values: Float64Array.of(1, 2), seasons }).forecast(3)].length, model.id).toBe(3);
  });
});
