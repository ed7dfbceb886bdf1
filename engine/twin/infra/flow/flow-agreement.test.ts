/**
 * Where flows and single requests agree, and where they do not. Bounds are relative errors of the flow against the mean over
 * seeds of the exact mode; near saturation they are wide because a queue at load 0.95 has not met its own mean in 600 s.
 */
import { describe, expect, test } from 'vitest';
import { mean, quantile, seconds } from '@/engine/kernel';
import { advanceWorld } from '../../advance-world';
import { compileWorld } from '../../compile-world';
import type { LoadSpec, ServiceSpec, SystemSpec } from '../../system-spec';
import { poisson, service, system } from '../traffic/testing/small-world';

type Seen = { readonly throughput: number; readonly mean: number; readonly p95: number; readonly cpu: number };
const SEEDS = [1, 2];
const WARM_UP = 30;

function seen(spec: SystemSpec, seed: number, until: number, flow: boolean): Seen {
  const world = compileWorld(spec, seed, WARM_UP, flow ? { flowEverySeconds: 5 } : {});
  advanceWorld(world, seconds(until));
  const { latency, served } = world.infra.client.total;
  const lived = until - WARM_UP;
  return { throughput: served / lived, mean: latency.sum / latency.count / 1_000, p95: quantile(latency, 0.95) / 1_000, cpu: world.infra.services.reduce((total, { total: { cpuCoreUs } }) => total + cpuCoreUs, 0) / 1e6 / lived };
}

/** Relative errors of the flow. */
function errors(spec: SystemSpec, until: number): Seen {
  const exact = SEEDS.map((seed) => seen(spec, seed, until, false));
  const flow = seen(spec, 1, until, true);
  const error = (of: (s: Seen) => number) => of(flow) / mean(exact.map(of)) - 1;
  return { throughput: error((s) => s.throughput), mean: error((s) => s.mean), p95: error((s) => s.p95), cpu: error((s) => s.cpu) };
}

const cores = (count: number) => ({ nodes: [{ name: 'n', cpuMillicores: count * 1_000, memoryMib: 65_536, usdPerHour: 0 }] });
const one = (rest: Partial<ServiceSpec>) => service('s', 20, rest);
const chain = (rho: number, load: LoadSpec = poisson('front', 100 * rho)) =>
  system(
    [
      service('front', 8, { replicas: 1, calls: [{ service: 'middle', perRequest: 0.6 }, { service: 'store', perRequest: 1 }], wait: { meanMs: 2 } }),
      service('middle', 12, { replicas: 1, calls: [{ service: 'store', perRequest: 0.5 }] }),
      service('store', 6, { lanes: 4, holdsLane: true, wait: { meanMs: 10, cv: 1 }, demand: { meanMs: 5, cv: 0.6 } }),
    ],
    [load],
  );

/** The last number widens the bounds: lanes that share too few cores are the hardest case. */
const SHAPES: readonly (readonly [string, (rho: number) => SystemSpec, number])[] = [
  ['one lane, exponential work', (rho) => system([one({})], [poisson('s', 50 * rho)]), 1],
  ['three lanes, constant work', (rho) => system([one({ lanes: 3, demand: { meanMs: 20 } })], [poisson('s', 150 * rho)]), 1],
  ['many threads on one core', (rho) => system([one({ lanes: 1_000, demand: { meanMs: 20, cv: 1.2 } })], [poisson('s', 50 * rho)], cores(1)), 1],
  ['four replicas in turn', (rho) => system([one({ replicas: 4 })], [poisson('s', 200 * rho)]), 1],
  ['three lanes of three replicas on two cores', (rho) => system([one({ replicas: 3 })], [poisson('s', 100 * rho)], cores(2)), 1.6],
  ['a chain of three services', (rho) => chain(rho), 1],
];
const GRID = [
  { rho: 0.2, until: 300, bound: { mean: 0.06, p95: 0.1 } },
  { rho: 0.5, until: 300, bound: { mean: 0.1, p95: 0.14 } },
  { rho: 0.8, until: 300, bound: { mean: 0.12, p95: 0.16 } },
  { rho: 0.9, until: 300, bound: { mean: 0.22, p95: 0.24 } },
  { rho: 0.95, until: 450, bound: { mean: 0.35, p95: 0.4 } },
];

describe('flows and single requests agree', () => {
  for (const [name, make, slack] of SHAPES) {
    for (const { rho, until, bound } of GRID) {
      test(`on ${name} at load ${rho}: CPU and throughput to 3 %, mean to ${Math.round(slack * bound.mean * 100)} %, p95 to ${Math.round(slack * bound.p95 * 100)} %`, () => {
        const error = errors(make(rho), until);
        expect(Math.abs(error.throughput)).toBeLessThan(0.03);
        expect(Math.abs(error.cpu)).toBeLessThan(0.03);
        expect(Math.abs(error.mean)).toBeLessThan(slack * bound.mean);
        expect(Math.abs(error.p95)).toBeLessThan(slack * bound.p95);
      });
    }
  }

  test('on retries of a callee that fails now and then', () => {
    const spec = system([service('front', 1, { lanes: 100, calls: [{ service: 'back', perRequest: 1, timeoutMs: 60, retries: { max: 2, backOffMs: 20 } }] }), service('back', 20, { lanes: 8 })], [poisson('front', 60)]);
    const error = errors(spec, 300);
    expect(Math.abs(error.throughput)).toBeLessThan(0.02);
    expect(Math.abs(error.cpu)).toBeLessThan(0.04);
    expect(Math.abs(error.mean)).toBeLessThan(0.1);
  });

  test('on users who wait for their answers', () => {
    const spec = system([one({})], [{ service: 's', arrivals: 'closed', profile: { kind: 'users', users: 20, think: { meanMs: 600, law: 'exponential' } } }]);
    const error = errors(spec, 400);
    expect(Math.abs(error.throughput)).toBeLessThan(0.06);
  });
});

describe('flows and single requests do not agree', () => {
  test('on short bursts: a flow sees a rate that has held for seconds, not the second itself', () => {
    const rps = Array.from({ length: 300 }, (_, second) => (second % 10 === 3 ? 200 : 10));
    const burst = chain(0.3, { service: 'front', arrivals: 'poisson', profile: { kind: 'series', stepSeconds: 1, rps } });
    const error = errors(burst, 300);
    expect(Math.abs(error.p95)).toBeGreaterThan(0.4);
  });

  test('on quotas that a single request exhausts: the flow is too slow by up to a half, at little load', () => {
    const error = errors(system([one({ lanes: 4, quotaMillicores: 500 })], [poisson('s', 5)]), 600);
    expect(error.mean).toBeGreaterThan(0.1);
    expect(error.mean).toBeLessThan(0.5);
  });
});

test('a flow costs events per second of the world, not per request', () => {
  const world = compileWorld(chain(0.9), 1, 0, { flowEverySeconds: 5 });
  advanceWorld(world, seconds(100));
  expect(world.events).toBeLessThan(250);
  expect(world.flow?.solved).toBeLessThan(5);
});
