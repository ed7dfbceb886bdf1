import { describe, expect, test } from 'vitest';
import { attemptsPerRequest, availabilityOf, downtimeSecondsPer, inParallel, inSeries, kOfN, withCommonCause } from './availability';
import { BURN_RULES, budgetLeft, burnAlerts, burnRate, burnRule, errorRatio, scaledRules, secondsToFire, type RequestCount } from './error-budget';
import { exposureOf, proportion, rankComponents } from './exposure';
import { survivalCurve } from './hazard';

const minutes = (count: number, failing: (minute: number) => number): RequestCount[] => Array.from({ length: count }, (_, i) => ({ atSeconds: 60 * (i + 1), seconds: 60, total: 100, good: 100 - failing(i + 1) }));

describe('availability', () => {
  test('two of three at 99 % are up 99.9702 % of the time, three of five 99.99901 %', () => {
    expect(kOfN(2, 3, 0.99)).toBeCloseTo(0.999702, 9);
    expect(kOfN(3, 5, 0.99)).toBeCloseTo(0.9999901, 7);
  });
  test('one of n is parallel, n of n is serial', () => {
    expect(kOfN(1, 3, 0.9)).toBeCloseTo(inParallel([0.9, 0.9, 0.9]), 12);
    expect(kOfN(3, 3, 0.9)).toBeCloseTo(inSeries([0.9, 0.9, 0.9]), 12);
  });
  test('up 99 hours, repaired in one: 99 %', () => expect(availabilityOf(99, 1)).toBe(0.99));
  test('a common cause of 10 % costs more than a third replica gives', () => {
    expect(withCommonCause(0.99, 3, 0)).toBeCloseTo(1 - 1e-6, 12);
    expect(withCommonCause(0.99, 3, 0.1)).toBeLessThan(withCommonCause(0.99, 2, 0.01));
  });
  test('three nines leave 43.2 minutes a month', () => expect(downtimeSecondsPer(0.999, 30 * 86_400)).toBeCloseTo(43.2 * 60, 6));
  test('two retries of a half failing service make 1.75 attempts', () => expect(attemptsPerRequest(0.5, 2)).toBe(1.75));
});

describe('error budget', () => {
  test('the workbook rules: rate = share × period / window, short = long / 12', () => {
    for (const rule of BURN_RULES) {
      expect(burnRule(rule.severity, rule.budgetShare, rule.longSeconds).burnRate).toBeCloseTo(rule.burnRate, 12);
      expect(rule.shortSeconds).toBe(rule.longSeconds / 12);
    }
  });
  test('a total outage at 99.9 % pages after 51.8 seconds', () => expect(secondsToFire(BURN_RULES[0]!, 0.999, 1)).toBeCloseTo(51.84, 6));
  test('an SLO of 90 % can never burn 14.4 times too fast', () => {
    expect(burnRate(1, 0.9)).toBeCloseTo(10, 12);
    expect(secondsToFire(BURN_RULES[0]!, 0.9, 1)).toBeNull();
  });
  test('the ratio is one of sums: a bad minute with little traffic weighs little', () => {
    const counts = [{ atSeconds: 60, seconds: 60, total: 990, good: 990 }, { atSeconds: 120, seconds: 60, total: 10, good: 0 }];
    expect(errorRatio(counts, 120, 120)).toBeCloseTo(0.01, 12);
  });
  test('a window is open at its start and closed at its end', () => {
    expect(errorRatio(minutes(10, (m) => (m === 5 ? 100 : 0)), 600, 300)).toBe(0);
    expect(errorRatio(minutes(10, (m) => (m === 6 ? 100 : 0)), 600, 300)).toBe(0.2);
  });
  test('no traffic burns nothing, little traffic may be asked to say nothing', () => {
    expect(burnRate(errorRatio([], 60, 60), 0.999)).toBe(0);
    expect(errorRatio(minutes(1, () => 100), 60, 60, 200)).toBeNull();
  });
  test('both windows must burn: an outage that is over does not page', () => {
    const outage = minutes(70, (m) => (m <= 30 ? 50 : 0));
    const [fast] = burnAlerts(outage, 70 * 60, 0.999);
    expect(fast!.longBurn).toBeGreaterThan(14.4);
    expect(fast!.shortBurn).toBe(0);
    expect(fast!.fires).toBe(false);
    expect(burnAlerts(minutes(70, (m) => (m > 60 ? 50 : 0)), 70 * 60, 0.999)[0]!.fires).toBe(true);
  });
  test('a compressed day shortens the windows and keeps the rates', () => {
    expect(scaledRules(600 / 86_400).map((rule) => [rule.burnRate, rule.longSeconds])).toEqual([[14.4, 25], [6, 150], [1, 1_800]]);
  });
  test('the budget counts requests; overspent is negative, no traffic is unknown', () => {
    expect(budgetLeft(minutes(10, () => 1), 0.99)).toMatchObject({ allowed: expect.closeTo(10, 9), spent: 10, left: expect.closeTo(0, 9) });
    expect(budgetLeft(minutes(10, () => 3), 0.99).left).toBeCloseTo(-2, 9);
    expect(budgetLeft([], 0.99).left).toBeNull();
  });
});

describe('exposure', () => {
  test('the tail is kept: nineteen harmless runs do not hide the twentieth', () => {
    const losses = [...new Array<number>(19).fill(0), 1_000];
    expect(exposureOf(losses)).toMatchObject({ lossMean: 50, lossMedian: 0, lossTail: 1_000, lossMax: 1_000, probability: { share: 0.05 } });
  });
  test('nothing seen in 20 runs still leaves a chance of up to 16 %', () => {
    const none = proportion(0, 20);
    expect([none.share, none.lower]).toEqual([0, 0]);
    expect(none.upper).toBeCloseTo(0.1611, 3);
    expect(proportion(20, 20).lower).toBeCloseTo(1 - 0.1611, 3);
  });
  test('components are ranked by their worst bucket', () => {
    const cell = (component: string, bucket: number, riskShare: number) => ({ kind: 'service' as const, component, bucket, offsetUs: 0 as never, runCount: 1, secondsObserved: 60, missShare: 0, saturationShare: 0, riskShare, runShare: 0, utilizationMax: null });
    expect(rankComponents([cell('a', 0, 0.4), cell('a', 1, 0.4), cell('b', 0, 0), cell('b', 1, 0.5)])).toEqual([
      { kind: 'service', component: 'b', worstBucket: 1, riskShareMax: 0.5, riskShareMean: 0.25 },
      { kind: 'service', component: 'a', worstBucket: 0, riskShareMax: 0.4, riskShareMean: 0.4 },
    ]);
  });
});

describe('survival', () => {
  test('runs that ended well count as at risk as long as they were watched', () => {
    const curve = survivalCurve([{ watchedSeconds: 30, failedAtSeconds: 5 }, { watchedSeconds: 30, failedAtSeconds: 25 }, { watchedSeconds: 30, failedAtSeconds: null }, { watchedSeconds: 20, failedAtSeconds: null }], 10);
    expect(curve.map((step) => [step.atRisk, step.failed, step.survival])).toEqual([[4, 1, 0.75], [3, 0, 0.75], [2, 1, 0.375]]);
  });
  test('all fail at once: survival is zero and the curve ends', () => {
    expect(survivalCurve([{ watchedSeconds: 10, failedAtSeconds: 0 }], 10)).toMatchObject([{ hazard: 1, survival: 0 }]);
  });
  test('no runs, no curve', () => expect(survivalCurve([], 10)).toEqual([]));
});
