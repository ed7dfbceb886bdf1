/**
 * The twin against queueing theory: one service on a node with room enough is M/M/c, M/G/1 or M/G/1-PS,
 * and the simulated mean must agree with the closed form within its own 99 % interval over seeds.
 */
import { describe, expect, test } from 'vitest';
import { meanInterval, seconds, type Law } from '@/engine/kernel';
import { advanceWorld, compileWorld, type ServiceSpec, type SystemSpec } from '@/engine/twin';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const SECONDS = 400;
const WARM_UP_SECONDS = 60;

type Queue = { lanes: number; rho: number; law: Law; cv?: number; cores?: number };

/** Mean response time in units of the mean service time, per seed. */
function responseTimes({ lanes, rho, law, cv, cores }: Queue): number[] {
  const meanMs = 20;
  const servers = cores ?? lanes;
  const service: ServiceSpec = { name: 's', replicas: 1, lanes, queueLimit: 100_000, demand: { meanMs, law, ...(cv === undefined ? {} : { cv }) }, startUp: { meanMs: 0 }, cpuRequestMillicores: 0, memoryMib: 0, timeoutMs: 3_600_000 };
  const system: SystemSpec = {
    nodes: [{ name: 'n', cpuMillicores: servers * 1_000, memoryMib: 1_024, usdPerHour: 0 }],
    services: [service],
    loads: [{ service: 's', arrivals: 'poisson', profile: { kind: 'constant', rps: (rho * servers * 1_000) / meanMs } }],
  };
  return SEEDS.map((seed) => {
    const world = compileWorld(system, seed, WARM_UP_SECONDS);
    advanceWorld(world, seconds(SECONDS));
    const { latency } = world.infra.services[0]!.total;
    return latency.sum / latency.count / (meanMs * 1_000);
  });
}

/** Erlang's C by the recurrence, then the mean response time in service times. */
function mmcResponse(c: number, rho: number): number {
  const a = rho * c;
  let b = 1;
  for (let k = 1; k <= c; k += 1) b = (a * b) / (k + a * b);
  return b / (1 - rho * (1 - b)) / (c * (1 - rho)) + 1;
}

function expectInside(values: number[], theory: number): void {
  const { lower, upper } = meanInterval(values, 0.99);
  expect(theory).toBeGreaterThan(lower);
  expect(theory).toBeLessThan(upper);
}

describe('a service on a free node', () => {
  for (const rho of [0.2, 0.5, 0.8, 0.9]) {
    test(`with one lane and exponential work is M/M/1 at load ${rho}`, () => expectInside(responseTimes({ lanes: 1, rho, law: 'exponential' }), mmcResponse(1, rho)));
    test(`with five lanes is M/M/5 at load ${rho}`, () => expectInside(responseTimes({ lanes: 5, rho, law: 'exponential' }), mmcResponse(5, rho)));
    test(`with constant work is M/D/1 at load ${rho}`, () => expectInside(responseTimes({ lanes: 1, rho, law: 'constant' }), 1 + rho / (2 * (1 - rho))));
    test(`with lognormal work follows Pollaczek and Khinchine at load ${rho}`, () => expectInside(responseTimes({ lanes: 1, rho, law: 'lognormal', cv: 1.2 }), 1 + (rho * (1 + 1.44)) / (2 * (1 - rho))));
    test(`with many threads on one core is M/G/1 processor sharing at load ${rho}`, () => expectInside(responseTimes({ lanes: 1_000, cores: 1, rho, law: 'lognormal', cv: 1.2 }), 1 / (1 - rho)));
  }
});
