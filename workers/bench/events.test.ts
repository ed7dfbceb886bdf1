import { expect, test } from 'vitest';
import { benchEvents } from './events';

/** A clock that moves by one second a look. */
const ticking = () => {
  let seconds = 0;
  return () => (seconds += 1);
};

test.each([1, 10, 1_000])('%i stations in steady state wait four mean services, as M/M/1 at 80 % load must', (pending) => {
  expect(benchEvents(1_000_000, pending, ticking()).meanWait).toBeGreaterThan(3.8);
  expect(benchEvents(1_000_000, pending, ticking()).meanWait).toBeLessThan(4.2);
});

test('every departure needs an arrival: about two events a customer', () => {
  const { events } = benchEvents(100_000, 100, ticking());
  expect(Math.abs(events / 200_000 - 1)).toBeLessThan(0.02);
});

test('events per second come from the clock of the caller, and nothing else varies', () => {
  const first = benchEvents(5_000, 10, ticking());
  expect(first.wallSeconds).toBe(1);
  expect(first.eventsPerSecond).toBe(first.events);
  expect(benchEvents(5_000, 10, ticking())).toEqual(first);
});
