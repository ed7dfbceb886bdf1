import { expect, test } from 'vitest';
import { eventQueue, schedule, takeEvent, takenEvent } from './event-queue';
import { forkState } from './fork-state';
import type { TimeUs } from './units';

const at = (us: number) => us as TimeUs;

test.each([NaN, Infinity, -Infinity, -1])('an event at %s is refused and the queue stays as it was', (time) => {
  const queue = eventQueue();
  expect(() => schedule(queue, at(time), 0, 0)).toThrow('cannot be scheduled');
  expect(queue.length).toBe(0);
});

test('an event before the clock is refused: causes come first', () => {
  const queue = eventQueue();
  schedule(queue, at(10), 0, 0);
  takeEvent(queue, takenEvent());
  expect(() => schedule(queue, at(9), 0, 0)).toThrow('the clock stands at 10');
  schedule(queue, at(10), 0, 0);
});

test.each([0, 1, 3, 256, 257, 1_000])('a queue for %i events takes exactly that many, and keeps them all', (capacity) => {
  const queue = eventQueue(capacity);
  for (let i = 0; i < capacity; i += 1) schedule(queue, at(capacity - i), 0, i);
  expect(() => schedule(queue, at(0), 0, 0)).toThrow(`full (${capacity} events)`);
  const event = takenEvent();
  for (let i = capacity - 1; i >= 0; i -= 1) {
    takeEvent(queue, event);
    expect(event.subject).toBe(i);
  }
  expect(takeEvent(queue, event)).toBe(false);
});

test('a place is free again after its event was taken', () => {
  const queue = eventQueue(2);
  const event = takenEvent();
  schedule(queue, at(0), 0, 0);
  for (let i = 1; i <= 10_000; i += 1) {
    schedule(queue, at(i), 0, i);
    takeEvent(queue, event);
    expect(event.subject).toBe(i - 1);
  }
});

test('a fork of a half-drained queue goes on alone and equally', () => {
  const queue = eventQueue();
  const event = takenEvent();
  for (let i = 0; i < 600; i += 1) schedule(queue, at((i * 7_919) % 101), 0, i);
  for (let i = 0; i < 250; i += 1) takeEvent(queue, event);
  const fork = forkState(queue);
  const rest = (from: typeof queue) => {
    const subjects: number[] = [];
    for (const taken = takenEvent(); takeEvent(from, taken); ) subjects.push(taken.subject);
    return subjects;
  };
  const expected = rest(queue);
  expect(expected).toHaveLength(350);
  expect(fork.length).toBe(350);
  expect(rest(fork)).toEqual(expected);
});
