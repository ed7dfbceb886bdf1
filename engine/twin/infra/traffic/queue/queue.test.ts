import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld } from '../../../advance-world';
import { compileWorld } from '../../../compile-world';
import { scheduleFault } from '../../../apply-fault';
import type { LoadSpec, ServiceSpec } from '../../../system-spec';
import { complaints, lived, poisson, service, system } from '../testing/small-world';
import { oldestUs } from './deliver';
import type { QueueSpec } from './queue-spec';

const queued = (queue: Partial<QueueSpec>, load: LoadSpec, worker: Partial<ServiceSpec> = {}, workMs = 20) =>
  system([service('shop', 0.1, { lanes: 100, publishes: [{ queue: 'orders', perRequest: 1 }] }), service('worker', workMs, worker)], [load], { queues: [{ name: 'orders', consumer: 'worker', concurrency: 1, ...queue }] });
const queueOf = (world: ReturnType<typeof lived>) => world.infra.queues[0]!;
const burst = (rps: number, until: number, after = 0): LoadSpec => ({ service: 'shop', arrivals: 'even', profile: { kind: 'series', stepSeconds: 1, rps: [...Array.from({ length: until }, () => rps), after] } });

describe('a message queue', () => {
  test('with one consumer at a time is M/M/1: the mean time until done is 1 / (µ − λ)', () => {
    const { doneAfter } = queueOf(lived(queued({}, poisson('shop', 35)), 1_500));
    const meanMs = doneAfter.sum / doneAfter.count / 1_000;
    expect(meanMs).toBeGreaterThan(66.7 * 0.9);
    expect(meanMs).toBeLessThan(66.7 * 1.1);
  });

  test('keeps its publishers fast while a backlog grows, and works it off afterwards', () => {
    const spec = queued({}, burst(100, 60));
    const full = lived(spec, 60);
    expect(queueOf(full).depth).toBeGreaterThan(2_500);
    expect(oldestUs(full, 0)).toBeGreaterThan(20e6);
    expect(full.infra.client.total.failed).toBe(0);
    expect(full.infra.client.total.latency.max).toBeLessThan(10_000);
    const later = lived(spec, 200);
    expect(queueOf(later)).toMatchObject({ depth: 0, inFlight: 0 });
    expect(queueOf(later).total.done).toBe(queueOf(later).total.published);
  });

  test('works with as many replicas and messages at once as there are', () => {
    const done = (replicas: number, concurrency: number) => queueOf(lived(queued({ concurrency }, burst(1_000, 20), { replicas, lanes: 8 }), 20)).total.done;
    const one = done(1, 1);
    expect(done(4, 1) / one).toBeGreaterThan(3.6);
    expect(done(1, 4) / one).toBeGreaterThan(3.6);
  });

  test('delivers again what was not done with in time, and gives up after so many deliveries', () => {
    const poisoned = { kind: 'dependency-outage', service: 'worker', mode: 'refuse', share: 1, atSeconds: 0, lastsSeconds: 30 } as const;
    const world = lived(queued({ visibilitySeconds: 5, receivesMax: 3 }, burst(2, 10)), 120, { faults: [poisoned] });
    expect(queueOf(world).total).toMatchObject({ published: 19, deadLetters: 19, redelivered: 38, done: 0 });
    const patient = lived(queued({ visibilitySeconds: 5 }, burst(2, 10)), 120, { faults: [poisoned] });
    expect(queueOf(patient).total).toMatchObject({ published: 19, deadLetters: 0, done: 19 });
  });

  test('has work done twice when the visibility time-out is shorter than the work', () => {
    const slow = { demand: { meanMs: 3_000 }, lanes: 4 };
    const short = queueOf(lived(queued({ visibilitySeconds: 2, concurrency: 4 }, burst(1, 30), slow), 120));
    const long = queueOf(lived(queued({ visibilitySeconds: 60, concurrency: 4 }, burst(1, 30), slow), 120));
    expect(short.total.redelivered).toBeGreaterThan(10);
    expect(long.total.redelivered).toBe(0);
    expect(short.total.done).toBe(long.total.done);
  });

  test('refuses when it is full, and drops what is too old', () => {
    const full = lived(queued({ limit: 50 }, burst(200, 20)), 60);
    expect(queueOf(full).total.refused).toBeGreaterThan(1_000);
    expect(full.infra.client.total.failed).toBe(queueOf(full).total.refused);
    const stale = queueOf(lived(queued({ retentionSeconds: 10 }, burst(100, 60)), 120));
    expect(stale.total.expired).toBeGreaterThan(500);
    expect(stale.total.done + stale.total.expired).toBe(stale.total.published);
  });

  test('feeds functions too', () => {
    const world = lived(queued({ concurrency: 5 }, burst(20, 30), { replicas: 0, serverless: { coldStart: { meanMs: 500 } } }), 90);
    expect(queueOf(world).total.done).toBe(599);
    expect(world.infra.services[1]!.function!.coldStarts).toBeLessThanOrEqual(5);
  });

  test('loses no message: published = waiting + at work + done + dead + dropped, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.record({ concurrency: fc.integer({ min: 1, max: 5 }), visibilitySeconds: fc.integer({ min: 1, max: 10 }), receivesMax: fc.integer({ min: 1, max: 4 }), limit: fc.integer({ min: 10, max: 500 }), retentionSeconds: fc.integer({ min: 2, max: 30 }) }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 2, max: 50 }),
        (seed, queue, killAt, until) => {
          const world = compileWorld(queued(queue, poisson('shop', 60), { replicas: 2, lanes: 2, memoryMib: 10 }, 60), seed);
          scheduleFault(world, { kind: 'kill-replica', service: 'worker', count: 2, atSeconds: killAt });
          scheduleFault(world, { kind: 'dependency-outage', service: 'worker', mode: 'refuse', share: 0.3, atSeconds: 5, lastsSeconds: 20 });
          advanceWorld(world, seconds(until));
          const { total, depth, inFlight } = world.infra.queues[0]!;
          expect(total.published).toBe(depth + inFlight + total.done + total.deadLetters + total.expired);
          const hidden = world.infra.messages.hidden.filter((isHidden, slot) => isHidden && world.infra.messages.queue[slot] === 0).length;
          expect(inFlight).toBe(hidden);
        },
      ),
      { numRuns: 25, seed: 20261121 },
    );
  });

  test('is read with its limits, and its names must be known', () => {
    const base = queued({}, poisson('shop', 1));
    const [shop, worker] = base.services;
    expect(complaints({ ...base, queues: [{ name: 'q', consumer: 'nobody', concurrency: 0, visibility: 3 }] })).toEqual(expect.arrayContaining(['queues[0].consumer', 'queues[0].concurrency', 'queues[0].visibility', 'services[0].publishes[0].queue']));
    expect(complaints({ ...base, services: [{ ...shop, publishes: [{ queue: 'orders', perRequest: -1 }] }, worker] })).toEqual(['services[0].publishes[0].perRequest']);
    expect(complaints({ ...base, queues: [...base.queues!, ...base.queues!] })).toEqual(['queues[1].name']);
  });
});
