import { expect, test } from 'vitest';
import { compareTables } from './compare-tables';

const row = (originator: string, nextHop: string, metric: number, best: boolean) => ({ originator, nextHop, metric, lastSeenMs: 20, best });

test('a row tells what became of it: better, worse, used now, no longer used, new, gone', () => {
  const then = [row('d', 'u', 200, true), row('d', 'v', 150, false), row('x', 'u', 90, true), row('y', 'u', 70, true)];
  const now = [row('d', 'u', 0, false), row('d', 'v', 155, true), row('x', 'u', 80, true), row('z', 'v', 10, true)];
  expect(compareTables(now, then).map(({ originator, nextHop, metric, metricThen, change }) => [originator, nextHop, metric, metricThen, change])).toEqual([
    ['d', 'u', 0, 200, 'no longer used'],
    ['d', 'v', 155, 150, 'now used'],
    ['x', 'u', 80, 90, '−10'],
    ['z', 'v', 10, null, 'new'],
    ['y', 'u', null, 70, 'gone'],
  ]);
});

test('without another moment nothing is said about changes', () => {
  expect(compareTables([row('d', 'u', 9, true)], null)).toEqual([{ ...row('d', 'u', 9, true), metricThen: null, change: '' }]);
});
