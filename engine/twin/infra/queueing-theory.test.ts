/**
 * The twin against queueing theory: one service on a node with room enough is M/M/c, M/D/c, M/G/1 or M/G/1-PS,
 * and the simulated mean must agree with the closed form within its own 99 % interval over seeds.
 */
import { describe, expect, test } from 'vitest';
import { meanInterval, seconds, type Law } from '@/engine/kernel';
import { advanceWorld, compileWorld, type ServiceSpec, type SystemSpec } from '@/engine/twin';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
/** Close to saturation a queue forgets slowly: 1 / (µ (1 − √ρ)²) is 31 s at 0.95. */
const lengthOf = (rho: number) => (rho > 0.9 ? { seconds: 1_200, warmUp: 200 } : { seconds: 400, warmUp: 60 });

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
    const { seconds: length, warmUp } = lengthOf(rho);
    const world = compileWorld(system, seed, warmUp);
    advanceWorld(world, seconds(length));
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

/**
 * M/D/c by its own chain (Crommelin 1932): who is in service now is gone one service time later, so the number in the
 * system then is what waited plus what came. Stationary by iteration; Little's law gives the response time.
 */
function mdcResponse(c: number, rho: number): number {
  const a = rho * c;
  const size = c + Math.ceil(30 / (1 - rho)) + 40;
  const arrivals = [Math.exp(-a)];
  for (let k = 1; k < size; k += 1) arrivals.push((arrivals[k - 1]! * a) / k);
  let p = Array.from({ length: size }, (_, j): number => (j === 0 ? 1 : 0));
  for (let round = 0; round < 4_000; round += 1) {
    const served = p.slice(0, c + 1).reduce((sum, share) => sum + share, 0);
    const next = p.map((_, j) => {
      let sum = served * arrivals[j]!;
      for (let i = c + 1; i <= j + c && i < size; i += 1) sum += p[i]! * arrivals[j - i + c]!;
      return sum;
    });
    const moved = next.reduce((sum, share, j) => sum + Math.abs(share - p[j]!), 0);
    p = next;
    if (moved < 1e-13) break;
  }
  const total = p.reduce((sum, share) => sum + share, 0);
  return p.reduce((sum, share, j) => sum + j * share, 0) / total / a;
}

function expectInside(values: number[], theory: number): void {
  const { lower, upper } = meanInterval(values, 0.99);
  expect(theory).toBeGreaterThan(lower);
  expect(theory).toBeLessThan(upper);
}

describe('a service on a free node', () => {
  for (const rho of [0.2, 0.5, 0.8, 0.9, 0.95]) {
    test(`with one lane and exponential work is M/M/1 at load ${rho}`, () => expectInside(responseTimes({ lanes: 1, rho, law: 'exponential' }), mmcResponse(1, rho)));
    test(`with five lanes is M/M/5 at load ${rho}`, () => expectInside(responseTimes({ lanes: 5, rho, law: 'exponential' }), mmcResponse(5, rho)));
    test(`with constant work is M/D/1 at load ${rho}`, () => expectInside(responseTimes({ lanes: 1, rho, law: 'constant' }), 1 + rho / (2 * (1 - rho))));
    test(`with constant work and three lanes is M/D/3 at load ${rho}`, () => expectInside(responseTimes({ lanes: 3, rho, law: 'constant' }), mdcResponse(3, rho)));
    test(`with lognormal work follows Pollaczek and Khinchine at load ${rho}`, () => expectInside(responseTimes({ lanes: 1, rho, law: 'lognormal', cv: 1.2 }), 1 + (rho * (1 + 1.44)) / (2 * (1 - rho))));
    test(`with many threads on one core is M/G/1 processor sharing at load ${rho}`, () => expectInside(responseTimes({ lanes: 1_000, cores: 1, rho, law: 'lognormal', cv: 1.2 }), 1 / (1 - rho)));
  }
});
