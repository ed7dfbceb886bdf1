import { expect, test } from 'vitest';
import { cashRows } from './cash-rows';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test.each([[1, 4], [3, 12]] as const)('over a term of %i years both books hold the same amount, and nothing is ahead at its end', (years, quarters) => {
  for (const share of [0, 0.5, 1]) {
    const rows = cashRows(0.4, share, years);
    expect(rows).toHaveLength(quarters);
    expect(sum(rows.map(({ cashUsd }) => cashUsd))).toBeCloseTo(sum(rows.map(({ amortisedUsd }) => amortisedUsd)), 4);
    expect(rows.at(-1)!.aheadUsd).toBeCloseTo(0, 4);
  }
});

test('what is paid on the first day is ahead until it is used up; nothing paid up front is never ahead', () => {
  const [first] = cashRows(0.4, 1, 1);
  expect(first!.cashUsd).toBeCloseTo(0.4 * 8_760, 6);
  expect(first!.aheadUsd).toBeCloseTo(0.4 * 8_760 * 0.75, 6);
  expect(cashRows(0.4, 0, 3).every(({ aheadUsd }) => aheadUsd === 0)).toBe(true);
});
