import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seconds, type TimeUs } from '@/engine/kernel';
import { advanceWorld } from '../../advance-world';
import { scheduleFault } from '../../apply-fault';
import { compileWorld } from '../../compile-world';
import type { FaultSpec } from '../../fault';
import { forkWorld, reseedWorld, worldHash } from '../../world';
import { poisson, service, system, users } from './testing/small-world';

/** One of everything. */
const everything = system(
  [
    service('front', 2, {
      replicas: 2, lanes: 8, timeoutMs: 2_000, memoryMib: 100, queueLimit: 50, warmUp: { factor: 4, halfLifeRequests: 30 }, startUp: { meanMs: 500 },
      groups: [{ name: 'reads', waitFor: 2 }],
      calls: [
        { service: 'store', perRequest: 1.5, cache: { items: 60, capacity: 30, ttlSeconds: 3, coalesce: true, shared: true, hitMs: 1 }, timeoutMs: 80, retries: { max: 2, backOffMs: 10 } },
        { service: 'store', perRequest: 2, group: 'reads', pool: { size: 3, queueLimit: 10, waitTimeoutMs: 50 } },
        { service: 'thumb', perRequest: 1, group: 'reads', hedgeAfterMs: 30 },
        { service: 'pay', perRequest: 0.3, timeoutMs: 200, breaker: { failures: 5, openSeconds: 2 }, cache: { items: 20, capacity: 20, ttlSeconds: 1 } },
      ],
      publishes: [{ queue: 'orders', perRequest: 0.5 }],
    }),
    service('store', 4, { replicas: 2, lanes: 2, holdsLane: true, wait: { meanMs: 3, cv: 1 }, queueLimit: 20, timeoutMs: 1_000, startUp: { meanMs: 800 }, replication: { mode: 'async', writeShare: 0.3, writeKib: 8, network: { meanMs: 1 }, shipMibPerSecond: 1, promotion: { meanMs: 300 }, lease: { durationSeconds: 2, renewDeadlineSeconds: 1, retrySeconds: 0.3 } }, backup: { fullEverySeconds: 60, logEverySeconds: 5, sizeGib: 0.1, restoreMibPerSecond: 100, replaySecondsPerSecond: 0.01, detect: { meanMs: 200 }, decide: { meanMs: 300 } } }),
    service('thumb', 10, { replicas: 0, serverless: { coldStart: { meanMs: 150 }, keepAliveSeconds: 2, instancesMax: 6, concurrency: 2 } }),
    service('pay', 0, { replicas: 0, demand: { meanMs: 0 }, wait: { meanMs: 40, cv: 0.5 }, external: { rpsLimit: 15 }, timeoutMs: 1_000 }),
    service('worker', 20, { replicas: 1, lanes: 2, startUp: { meanMs: 300 } }),
    service('batch', 0, { replicas: 0, demand: { meanMs: 400, cv: 1 }, startUp: { meanMs: 200 }, job: { startsAtSeconds: 2, everySeconds: 6, completions: 5, parallelism: 2, failureShare: 0.2 } }),
  ],
  [poisson('front', 30), users('front', 10, 300)],
  { queues: [{ name: 'orders', consumer: 'worker', concurrency: 2, visibilitySeconds: 1, receivesMax: 3, limit: 100 }], nodes: ['a1', 'a2', 'b1'].map((name) => ({ name, zone: name[0]!, cpuMillicores: 2_000, memoryMib: 2_048, usdPerHour: 0.1 })), nodeLoss: { endpointSeconds: 2, rescheduleSeconds: 3 } },
);

const fault: fc.Arbitrary<FaultSpec> = fc.record({ atSeconds: fc.integer({ min: 0, max: 10 }), lastsSeconds: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }) }).chain((times) =>
  fc.oneof(
    fc.constantFrom('front', 'store', 'worker').map((name): FaultSpec => ({ ...times, kind: 'kill-replica', service: name, count: 2 })),
    fc.constantFrom('a', 'b').map((zone): FaultSpec => ({ ...times, kind: 'zone-down', zone })),
    fc.constant<FaultSpec>({ ...times, kind: 'partition', a: ['a1'], b: ['a2', 'b'] }),
    fc.constantFrom('store', 'thumb', 'pay', 'worker').chain((name) => fc.constantFrom('refuse', 'hang' as const).map((mode): FaultSpec => ({ ...times, kind: 'dependency-outage', service: name, mode, share: 0.4 }))),
    fc.constant<FaultSpec>({ ...times, kind: 'crash-loop', service: 'store', count: 1, afterSeconds: 1 }),
    fc.constant<FaultSpec>({ ...times, kind: 'slow-node', node: 'a1', speed: 0.3 }),
    fc.constant<FaultSpec>({ ...times, kind: 'cold-cache', service: 'front' }),
    fc.constantFrom('leader-loss', 'data-loss' as const).map((kind): FaultSpec => ({ ...times, kind, service: 'store' })),
    fc.constantFrom(0.2, 3).map((factor): FaultSpec => ({ ...times, kind: 'load-factor', service: 'front', factor })),
  ),
);
const faults = fc.array(fault, { maxLength: 4 });
const seedOf = fc.integer({ min: 0, max: 1e9 });
const worldWith = (seed: number, list: readonly FaultSpec[]) => {
  const world = compileWorld(everything, seed);
  for (const each of list) scheduleFault(world, each);
  return world;
};
const END = seconds(14);
const runs = { numRuns: 20, seed: 20261121 };

describe('a world with one of everything', () => {
  test('has one future per seed, whatever the slices, and forks into the same one', () => {
    fc.assert(
      fc.property(seedOf, faults, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 14_000_000 }), (seed, list, slice, forkAt) => {
        const whole = worldWith(seed, list);
        advanceWorld(whole, END);
        const sliced = worldWith(seed, list);
        while (!advanceWorld(sliced, END, slice));
        expect(worldHash(sliced)).toBe(worldHash(whole));
        const forked = worldWith(seed, list);
        advanceWorld(forked, forkAt as TimeUs);
        const fork = forkWorld(forked);
        advanceWorld(fork, END);
        expect(worldHash(fork)).toBe(worldHash(whole));
      }),
      runs,
    );
  });

  test('loses no request, no client, no user and no connection', () => {
    fc.assert(
      fc.property(seedOf, faults, (seed, list) => {
        const world = worldWith(seed, list);
        advanceWorld(world, END);
        const { services, spans, client, loads } = world.infra;
        const free = new Set(spans.free.subarray(0, spans.freeCount));
        const living = Array.from({ length: spans.size }, (_, span) => span).filter((span) => !free.has(span));
        const isRequest = (span: number) => spans.role[span] === 0 || spans.role[span] === 3;
        services.forEach(({ total }, index) => expect(total.offered).toBe(total.served + total.failed + living.filter((span) => isRequest(span) && spans.service[span] === index).length));
        const roots = living.filter((span) => spans.role[span] === 0 && spans.parent[span] === -1);
        expect(client.total.offered).toBe(client.total.served + client.total.failed + roots.length);
        expect(loads[1]!.users!.present).toBeGreaterThan(0);
        for (const { pool } of services.flatMap(({ calls }) => calls)) for (const { inUse } of pool?.of.values() ?? []) expect(inUse).toBeLessThanOrEqual(pool!.size);
        const log = services[1]!.replication!;
        if (log.leader >= 0) expect(log.candidates.get(log.leader)?.leads).toBe(true);
        expect([...log.candidates.values()].filter(({ leads }) => leads).length).toBeLessThanOrEqual(1);
        for (const { function: pool } of services) expect(pool?.instances.length ?? 0).toBeLessThanOrEqual(6);
      }),
      runs,
    );
  });

  test('gets another future with another seed', () => {
    const ends = [5, 5, 6].map((seed) => {
      const world = worldWith(1, []);
      advanceWorld(world, seconds(4));
      reseedWorld(world, seed);
      advanceWorld(world, END);
      return worldHash(world);
    });
    expect(ends[0]).toBe(ends[1]);
    expect(ends[0]).not.toBe(ends[2]);
  });
});
