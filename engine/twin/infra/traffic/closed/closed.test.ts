import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileWorld } from '../../../compile-world';
import { advanceWorld } from '../../../advance-world';
import { seconds } from '@/engine/kernel';
import { setFault } from '../../../apply-fault';
import { complaints, lived, poisson, service, system, users } from '../testing/small-world';

/** Mean number of users at a station of `lanes` lanes by exact mean value analysis (Reiser and Lavenberg 1980) for one lane. */
function mvaResponse(count: number, demandS: number, thinkS: number): number {
  let waiting = 0;
  let response = demandS;
  for (let n = 1; n <= count; n += 1) {
    response = demandS * (1 + waiting);
    waiting = (n / (thinkS + response)) * response;
  }
  return response;
}

describe('a closed load', () => {
  test.each([
    [5, 200],
    [20, 400],
    [60, 1_000],
  ])('%i users who think %i ms see the response time of mean value analysis', (count, thinkMs) => {
    const runs = [1, 2, 3, 4].map((seed) => lived(system([service('s', 20)], [users('s', count, thinkMs)]), 400, { seed, warmUp: 40 }).infra.client.total);
    const mean = runs.reduce((sum, { latency }) => sum + latency.sum / latency.count / 1e6, 0) / runs.length;
    const expected = mvaResponse(count, 0.02, thinkMs / 1_000);
    expect(mean).toBeGreaterThan(expected * 0.96);
    expect(mean).toBeLessThan(expected * 1.04);
  });

  test('keeps the interactive response time law N = X (R + Z), whatever the service', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 50, max: 800 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom('constant', 'exponential', 'lognormal' as const), (count, thinkMs, lanes, law) => {
        const { total } = lived(system([service('s', 15, { lanes, demand: { meanMs: 15, cv: 1.5, law } })], [users('s', count, thinkMs)]), 300, { warmUp: 20 }).infra.client;
        const throughput = total.served / 280;
        const response = total.latency.sum / total.latency.count / 1e6;
        const inSystem = throughput * (response + thinkMs / 1_000);
        expect(inSystem).toBeGreaterThan(count * 0.95);
        expect(inSystem).toBeLessThan(count * 1.05);
      }),
      { numRuns: 12, seed: 20261121 },
    );
  });

  test('asks less of a slow system, which an open load of the same rate drowns', () => {
    const slow = service('s', 100);
    const closed = lived(system([slow], [users('s', 20, 1_000)]), 120).infra.services[0]!;
    const open = lived(system([slow], [poisson('s', 20)]), 120).infra.services[0]!;
    const waiting = ({ total }: typeof open) => total.offered - total.served;
    expect(waiting(closed)).toBeLessThan(20);
    expect(waiting(open)).toBeGreaterThan(800);
  });

  test('grows and shrinks with its factor, and its users neither vanish nor multiply', () => {
    const world = compileWorld(system([service('s', 5)], [users('s', 40, 500)]), 3);
    const presentAt = (second: number) => {
      advanceWorld(world, seconds(second));
      return world.infra.loads[0]!.users!.present;
    };
    expect(presentAt(10)).toBe(40);
    setFault(world, { kind: 'load-factor', service: 's', factor: 2.5 }, true);
    expect(presentAt(20)).toBe(100);
    setFault(world, { kind: 'load-factor', service: 's', factor: 2.5 }, false);
    expect(presentAt(40)).toBe(40);
  });

  test('goes with the profile of users and no other', () => {
    const base = system([service('s', 1)], []);
    expect(complaints({ ...base, loads: [{ service: 's', arrivals: 'closed', profile: { kind: 'constant', rps: 1 } }] })).toEqual(['loads[0].arrivals']);
    expect(complaints({ ...base, loads: [{ service: 's', arrivals: 'poisson', profile: { kind: 'users', users: 0, think: { meanMs: -1 } } }] })).toEqual(expect.arrayContaining(['loads[0].arrivals', 'loads[0].profile.users', 'loads[0].profile.think.meanMs']));
  });
});
