import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventQueue, nextEventAt, schedule, takeEvent, takenEvent } from './event-queue';
import type { TimeUs } from './units';

const SEED = { seed: 20_261_121, numRuns: 300 };

/** Takes or puts: a delay after the clock (few values, so that many times are equal), or null for a take. */
const steps = fc.array(fc.option(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1e9 }), fc.double({ min: 0, max: 10, noNaN: true })), { freq: 3 }), { minLength: 1, maxLength: 1_200 });

/** The same queue as a sorted list: slow and obvious. */
function reference() {
  const events: { time: number; id: number }[] = [];
  return {
    put: (time: number, id: number) => events.push({ time, id }),
    take: () => {
      events.sort((x, y) => x.time - y.time || x.id - y.id);
      return events.shift();
    },
  };
}

test('any mix of puts and takes gives the order of a sorted list, equal times and growth included', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const queue = eventQueue();
      const sorted = reference();
      const event = takenEvent();
      const takeBoth = () => {
        const expected = sorted.take();
        expect(nextEventAt(queue)).toBe(expected?.time ?? Infinity);
        const took = takeEvent(queue, event);
        expect(took ? { time: event.at as number, id: event.subject } : undefined).toEqual(expected);
        return took;
      };
      script.forEach((delay, id) => {
        if (delay === null) return void takeBoth();
        sorted.put(queue.now + delay, id);
        schedule(queue, (queue.now + delay) as TimeUs, 0, id);
      });
      while (takeBoth());
    }),
    SEED,
  );
});

test('a queue that grew to a hundred thousand events still gives them in order', () => {
  const queue = eventQueue();
  const event = takenEvent();
  const times = Array.from({ length: 100_000 }, (_, i) => Math.imul(i, 2_654_435_761) >>> 12);
  times.forEach((time, i) => schedule(queue, time as TimeUs, 0, i));
  const expected = times.map((time, i) => ({ time, i })).sort((x, y) => x.time - y.time || x.i - y.i);
  const taken = expected.map(() => (takeEvent(queue, event), event.subject));
  expect(taken).toEqual(expected.map(({ i }) => i));
});
