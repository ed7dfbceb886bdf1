import { describe, expect, test } from 'vitest';
import { commitmentRows } from './commitment-rows';

const question = { usdPerHour: [1, 1, 1, 2], oneYearDiscount: 0.25, threeYearDiscount: 0.5, spotShare: 0.5, spotDiscount: 0.6, interruptionsPerDay: 2.4, reworkHours: 1 };

describe('what a promise would do', () => {
  test('the plan covers what always runs and leaves the peak on demand', () => {
    const [demand, year] = commitmentRows(question);
    expect(demand!.usdPerHour).toBeCloseTo(1.25, 9);
    expect(year).toMatchObject({ promised: 0.75, utilization: 1, worthAbove: 0.75 });
    expect(year!.usdPerHour).toBeCloseTo(1.0, 6);
    expect(year!.coverage).toBeCloseTo(0.8, 9);
  });
  test('nothing saves more than is spent', () => {
    for (const row of commitmentRows(question)) expect([row.savedPerHour <= 1.25, row.usdPerHour >= 0]).toEqual([true, true]);
  });
  test('spot saves its discount less the work that is done again', () => {
    expect(commitmentRows(question)[3]!.savedPerHour).toBeCloseTo(0.5 * (1.25 - 0.5 * (1 + 0.1)), 9);
  });
  test('on demand, promised, unused and spot add up to what it costs', () => {
    for (const { parts, usdPerHour } of commitmentRows(question)) expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(usdPerHour, 6);
  });
  test('without a measured minute there is nothing to say', () => expect(commitmentRows({ ...question, usdPerHour: [] })).toEqual([]));
});
