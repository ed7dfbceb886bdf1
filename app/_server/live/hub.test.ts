import { expect, test } from 'vitest';
import { createHub, EVENTS_KEPT, READER_BACKLOG_MAX, type Hub } from './hub';
import type { StreamEvent } from './live-event';

const event = (step: number) => ({ kind: 'step', id: 'p', direction: 'forward', step, attempt: 1, phase: 'intent', detail: null }) as const;
type Got = { readonly id: string; readonly event: StreamEvent };

/** Takes `count` events; what does not come within the test's time is a failure of the test. */
async function take(hub: Hub, lastEventId: string | null, count: number): Promise<Got[]> {
  const got: Got[] = [];
  const stop = new AbortController();
  for await (const next of hub.subscribe(lastEventId, stop.signal)) {
    got.push(next);
    if (got.length === count) break;
  }
  return got;
}
const steps = (got: readonly Got[]) => got.map(({ event: of }) => (of.kind === 'step' ? of.step : of.kind));
const fill = (hub: Hub, from: number, to: number) => {
  for (let step = from; step <= to; step += 1) hub.publish(event(step));
};

test('a reader without an id hears what comes from now on', async () => {
  const hub = createHub('e');
  fill(hub, 1, 3);
  const taking = take(hub, null, 2);
  await Promise.resolve();
  fill(hub, 4, 5);
  expect(steps(await taking)).toEqual([4, 5]);
});

test('a reader that comes back goes on where it stopped, without a gap and without a double', async () => {
  const hub = createHub('e');
  fill(hub, 1, 10);
  expect(steps(await take(hub, 'e-4', 6))).toEqual([5, 6, 7, 8, 9, 10]);
});

test('a reader that was away too long is told how much it missed', async () => {
  const hub = createHub('e');
  fill(hub, 1, EVENTS_KEPT + 50);
  const got = await take(hub, 'e-10', 2);
  expect(got[0]!.event).toEqual({ kind: 'gap', missed: 40 });
  expect(steps(got.slice(1))).toEqual([51]);
});

test.each(['other-5', 'e-99', 'e--1', 'e-1.5', 'e-x', 'nonsense', '', '-', 'e-'])('an id that this start of the server never gave is a gap of unknown size: %j', async (id) => {
  const hub = createHub('e');
  fill(hub, 1, 3);
  const taking = take(hub, id, 2);
  await Promise.resolve();
  hub.publish(event(4));
  const got = await taking;
  expect(id === 'e-' ? got.length : got[0]!.event).toEqual(id === 'e-' ? 2 : { kind: 'gap', missed: null });
});

test('every reader hears everything, each once', async () => {
  const hub = createHub('e');
  const readers = [take(hub, null, 5), take(hub, null, 5), take(hub, null, 5)];
  await Promise.resolve();
  fill(hub, 1, 5);
  for (const got of await Promise.all(readers)) expect(steps(got)).toEqual([1, 2, 3, 4, 5]);
  expect(hub.readers()).toBe(0);
});

test('a reader that never reads is let go of instead of filling the memory', async () => {
  const hub = createHub('e');
  const reader = hub.subscribe(null, new AbortController().signal);
  const first = reader.next();
  hub.publish(event(0));
  await first;
  fill(hub, 1, READER_BACKLOG_MAX + 10);
  expect((await reader.next()).done).toBe(true);
  expect(hub.readers()).toBe(0);
});

test('a closed stream leaves nothing behind', async () => {
  const hub = createHub('e');
  const stop = new AbortController();
  const reader = hub.subscribe(null, stop.signal);
  const next = reader.next();
  stop.abort();
  expect((await next).done).toBe(true);
  expect(hub.readers()).toBe(0);
});
