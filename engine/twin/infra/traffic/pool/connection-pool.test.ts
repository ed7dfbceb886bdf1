import { describe, expect, test } from 'vitest';
import { complaints, lived, poisson, service, system } from '../testing/small-world';
import type { PoolSpec } from './connection-pool';

const asked = (pool: PoolSpec | undefined, rps: number, backLanes = 100, more = {}) =>
  system([service('front', 0.1, { lanes: 1_000, calls: [{ service: 'back', perRequest: 1, ...(pool === undefined ? {} : { pool }), ...more }] }), service('back', 50, { lanes: backLanes })], [poisson('front', rps)]);

const poolOf = (world: ReturnType<typeof lived>) => world.infra.services[0]!.calls[0]!.pool!;

describe('a connection pool', () => {
  test('of n connections lets n calls out at once: the callee behind it is M/M/n', () => {
    const world = lived(asked({ size: 3 }, 45), 600, { warmUp: 60 });
    const { latency } = world.infra.client.total;
    // M/M/3 with a = 2.25: C = 0.5678, wait = C / (60 − 45), service 50 ms
    const b = [1, 2, 3].reduce((before, k) => (2.25 * before) / (k + 2.25 * before), 1);
    const expectedMs = (b / (1 - 0.75 * (1 - b)) / 15) * 1_000 + 50;
    const meanMs = latency.sum / latency.count / 1_000;
    expect(meanMs).toBeGreaterThan(expectedMs * 0.93);
    expect(meanMs).toBeLessThan(expectedMs * 1.07);
    const inUse = [...poolOf(world).of.values()].map((connections) => connections.inUse);
    expect(Math.max(...inUse)).toBeLessThanOrEqual(3);
  });

  test('never lends more than it has, and takes all of them back', () => {
    const stopped = system([service('front', 0.1, { lanes: 1_000, calls: [{ service: 'back', perRequest: 2, timeoutMs: 60, retries: { max: 2, backOffMs: 20 }, pool: { size: 4, queueLimit: 20, waitTimeoutMs: 100 } }] }), service('back', 50, { lanes: 3 })], [
      { service: 'front', arrivals: 'poisson', profile: { kind: 'series', stepSeconds: 1, rps: [...Array.from({ length: 40 }, () => 60), 0] } },
    ]);
    const world = lived(stopped, 90);
    for (const connections of poolOf(world).of.values()) expect(connections).toEqual({ inUse: 0, waiting: [] });
    const { offered, served, failed } = world.infra.client.total;
    expect(offered).toBe(served + failed);
    expect(failed).toBeGreaterThan(100);
  });

  test('refuses who finds its queue full and gives up who waits too long', () => {
    const full = poolOf(lived(asked({ size: 2, queueLimit: 5 }, 80), 60));
    expect(full.refused).toBeGreaterThan(1_000);
    const late = poolOf(lived(asked({ size: 2, waitTimeoutMs: 80 }, 80), 60));
    expect(late.timedOut).toBeGreaterThan(1_000);
    expect(late.refused).toBe(0);
  });

  test('protects a callee that a time-out alone would drown', () => {
    const policy = { timeoutMs: 400 };
    const drowned = lived(asked(undefined, 50, 2, policy), 60).infra.client.total;
    const guarded = lived(asked({ size: 3, queueLimit: 4 }, 50, 2, policy), 60).infra.client.total;
    expect(guarded.served).toBeGreaterThan(2 * drowned.served);
  });

  test('dies with the process that holds it', () => {
    const world = lived(asked({ size: 2 }, 80), 60, { faults: [{ kind: 'kill-replica', service: 'front', count: 1, atSeconds: 30 }] });
    expect(poolOf(world).of.size).toBe(1);
    const { offered, served, failed } = world.infra.services[0]!.total;
    expect(offered - served - failed).toBeGreaterThan(0);
  });

  test('is read with its limits', () => {
    const base = asked(undefined, 1);
    const document = { ...base, services: [{ ...base.services[0], calls: [{ service: 'back', perRequest: 1, pool: { size: 0, waitTimeoutMs: 0, lanes: 1 } }] }, base.services[1]] };
    expect(complaints(document)).toEqual(expect.arrayContaining(['services[0].calls[0].pool.size', 'services[0].calls[0].pool.waitTimeoutMs', 'services[0].calls[0].pool.lanes']));
  });
});
