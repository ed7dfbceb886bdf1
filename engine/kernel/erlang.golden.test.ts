import { expect, test } from 'vitest';
import { erlangB, erlangC, meanWait, waitExceeds } from './erlang';

// From the sums a^k/k! in exact rational arithmetic (Python fractions), not from the recurrence under test; mu = 1.
const TABLE = [
  { servers: 1, offered: 0.8, blocked: 0.444444, waits: 0.8, meanWait: 4 },
  { servers: 2, offered: 1.6, blocked: 0.329897, waits: 0.711111, meanWait: 1.777778 },
  { servers: 5, offered: 4, blocked: 0.199067, waits: 0.554113, meanWait: 0.554113 },
  { servers: 10, offered: 8, blocked: 0.121661, waits: 0.40918, meanWait: 0.20459 },
  { servers: 50, offered: 45, blocked: 0.054104, waits: 0.363864, meanWait: 0.072773 },
  { servers: 100, offered: 95, blocked: 0.048804, waits: 0.506457, meanWait: 0.101291 },
];

test.each(TABLE)('$servers servers at load $offered give the textbook numbers', ({ servers, offered, ...golden }) => {
  expect(erlangB(offered, servers)).toBeCloseTo(golden.blocked, 6);
  expect(erlangC(offered, servers)).toBeCloseTo(golden.waits, 6);
  expect(meanWait({ arrivalRate: offered, serviceRate: 1, servers })).toBeCloseTo(golden.meanWait, 6);
});

test('one server waits like M/M/1: C is the load, the wait exponential', () => {
  const queue = { arrivalRate: 3, serviceRate: 4, servers: 1 };
  expect(meanWait(queue)).toBeCloseTo(0.75, 12);
  expect(waitExceeds(queue, 0)).toBeCloseTo(0.75, 12);
  expect(waitExceeds(queue, 2)).toBeCloseTo(0.75 * Math.exp(-2), 12);
});

test('at and above saturation everyone waits, for ever', () => {
  for (const arrivalRate of [4, 5]) {
    const queue = { arrivalRate, serviceRate: 2, servers: 2 };
    expect(erlangC(arrivalRate / 2, 2)).toBe(1);
    expect(meanWait(queue)).toBe(Infinity);
    expect(waitExceeds(queue, 1e9)).toBe(1);
  }
});

test('a thousand servers do not overflow, as factorials would', () => {
  expect(erlangC(950, 1_000)).toBeGreaterThan(0);
  expect(erlangC(950, 1_000)).toBeLessThan(0.2);
});

test('no load waits never, no server blocks always', () => {
  expect(erlangC(0, 3)).toBe(0);
  expect(erlangB(2, 0)).toBe(1);
});

test('a load or a number of servers that makes no sense is our bug', () => {
  for (const [offered, servers] of [[NaN, 1], [-1, 1], [Infinity, 1], [1, 1.5], [1, -1]] as const) expect(() => erlangB(offered, servers)).toThrow();
});
