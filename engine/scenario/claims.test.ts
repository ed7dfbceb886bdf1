import { describe, expect, test } from 'vitest';
import { judgeClaims, recoveryTimes, wilson } from './claims';

const runs = (kept: number, broken: number) => [...Array.from({ length: kept }, () => true), ...Array.from({ length: broken }, () => false)].map((met) => ({ objectives: [{ title: 'RTO', met, measured: 1, limit: 1, unit: 's' }] }));

describe('a claim', () => {
  test('has the score interval of the share of runs that kept it', () => {
    // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 and 15 of 148
    expect(wilson(81, 263)).toEqual({ lower: expect.closeTo(0.2553, 4), upper: expect.closeTo(0.3662, 4) });
    expect(wilson(15, 148)).toEqual({ lower: expect.closeTo(0.0624, 4), upper: expect.closeTo(0.1605, 4) });
  });

  test('holds when the runs are enough and nearly all kept it, and says how many are enough', () => {
    const few = judgeClaims(runs(20, 0))[0]!;
    expect(few).toMatchObject({ verdict: 'undecided', kept: 20 });
    const enough = few.runsNeeded!;
    expect(judgeClaims(runs(enough, 0))[0]!.verdict).toBe('holds');
    expect(judgeClaims(runs(Math.floor(enough * 0.9), 0))[0]!.verdict).toBe('undecided');
  });

  test('does not hold when even the upper end is below what is required', () => {
    expect(judgeClaims(runs(10, 10))[0]!).toMatchObject({ verdict: 'does not hold', runsNeeded: null });
  });
});

test('times to recover have a quantile between two of the runs, or no upper end when the runs are few', () => {
  const of = (n: number) => recoveryTimes(Array.from({ length: n }, (_, i) => ({ 'store.rtoSeconds': { value: i + 1, unit: 's' }, 'store.cpuCores': { value: 1, unit: 'cores' } })))[0]!;
  expect(of(20)).toMatchObject({ kpi: 'store.rtoSeconds', runs: 20, p95Upper: null, max: 20 });
  const many = of(200);
  // binomial(200, 0.95): the 2.5 % and 97.5 % points are 184 and 196
  expect(many.p95Lower).toBeGreaterThanOrEqual(183);
  expect(many.p95Lower).toBeLessThanOrEqual(185);
  expect(many.p95Upper).toBeGreaterThanOrEqual(195);
  expect(many.p95Upper).toBeLessThanOrEqual(198);
  expect(recoveryTimes([{ 'store.rtoSeconds': { value: null, unit: 's' } }])).toEqual([]);
});
