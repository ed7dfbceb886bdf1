import { expect, test } from 'vitest';
import { eventQueue, nextEventAt, schedule, takeEvent, takenEvent } from './event-queue';
import type { TimeUs } from './units';

const at = (us: number) => us as TimeUs;

function drain(queue: ReturnType<typeof eventQueue>): number[] {
  const subjects: number[] = [];
  for (const event = takenEvent(); takeEvent(queue, event); ) subjects.push(event.subject);
  return subjects;
}

test('events come out by time', () => {
  const queue = eventQueue();
  for (const time of [30, 10, 20]) schedule(queue, at(time), 0, time);
  expect(drain(queue)).toEqual([10, 20, 30]);
});

test('events at one instant come out in the order they were scheduled', () => {
  const queue = eventQueue();
  for (let i = 0; i < 1_000; i += 1) schedule(queue, at(7), 0, i);
  expect(drain(queue)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
});

test('kind, subject, detail and time arrive as they were given', () => {
  const queue = eventQueue();
  const event = takenEvent();
  schedule(queue, at(5), -3, 2_147_483_647, 0.1);
  expect(takeEvent(queue, event)).toBe(true);
  expect(event).toEqual({ at: 5, kind: -3, subject: 2_147_483_647, detail: 0.1 });
});

test('an empty queue gives no event and leaves the last one as it was', () => {
  const queue = eventQueue();
  const event = { at: at(1), kind: 2, subject: 3, detail: 4 };
  expect(nextEventAt(queue)).toBe(Infinity);
  expect(takeEvent(queue, event)).toBe(false);
  expect(event).toEqual({ at: 1, kind: 2, subject: 3, detail: 4 });
});

test('the clock is the time of the last event taken', () => {
  const queue = eventQueue();
  expect(queue.now).toBe(0);
  schedule(queue, at(9), 0, 0);
  expect(nextEventAt(queue)).toBe(9);
  expect(queue.now).toBe(0);
  drain(queue);
  expect(queue.now).toBe(9);
});
