import { describe, expect, test } from 'vitest';
import { cpuWeightOfShares, cpuWeightOfSharesOld, sharesOfMillicores, weightOfCpuWeight, weightOfNice, weightOfShares } from './weights';

test('a nice level is about a quarter of the CPU beside the next one, and only whole levels exist', () => {
  for (let nice = -20; nice < 19; nice += 1) expect(weightOfNice(nice) / weightOfNice(nice + 1)).toBeGreaterThan(1.17);
  expect([weightOfNice(-20), weightOfNice(0), weightOfNice(5), weightOfNice(19)]).toEqual([88_761, 1_024, 335, 15]);
  expect(() => weightOfNice(0.5)).toThrow(/whole number/);
});

test('cpu.shares are weights within 2 and 262144; cpu.weight 100 is 1024 of them', () => {
  expect([0, 2, 1_024, 1e9].map(weightOfShares)).toEqual([2, 2, 1_024, 262_144]);
  expect([1, 39, 100, 10_000].map(weightOfCpuWeight)).toEqual([10, 399, 1_024, 102_400]);
});

describe('what a runtime writes to cpu.weight', () => {
  test.each([[2, 1], [102, 4], [256, 10], [512, 20], [1_024, 39], [2_048, 79], [262_144, 10_000]])('until runc 1.3.1: %i shares are a weight of %i', (shares, weight) => expect(cpuWeightOfSharesOld(shares)).toBe(weight));

  /** ceil(10^((l² + 125 l) / 612 − 7/34)), l = log2 shares; computed apart from this code with 50 digits. */
  test.each([[2, 1], [102, 17], [256, 35], [512, 59], [1_024, 100], [2_048, 174], [262_144, 10_000]])('since runc 1.3.2: %i shares are a weight of %i', (shares, weight) => expect(cpuWeightOfShares(shares)).toBe(weight));

  test('both rise with the shares, and only the new one gives a whole core the default weight', () => {
    for (let shares = 2; shares < 262_144; shares *= 2) {
      expect(cpuWeightOfShares(shares * 2)).toBeGreaterThan(cpuWeightOfShares(shares));
      expect(cpuWeightOfSharesOld(shares * 2)).toBeGreaterThanOrEqual(cpuWeightOfSharesOld(shares));
    }
    expect(cpuWeightOfShares(sharesOfMillicores(1_000))).toBe(100);
    expect(cpuWeightOfSharesOld(sharesOfMillicores(1_000))).toBe(39);
  });
});
