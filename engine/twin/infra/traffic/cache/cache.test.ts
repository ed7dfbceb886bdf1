import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@/engine/kernel';
import { complaints, lived, poisson, service, system } from '../testing/small-world';
import type { CacheSpec } from './call-cache';
import { hitShare } from './che';
import { empty, keep, lru, touch } from './lru';
import { drawRank, sharesOfRanks } from './zipf';

const cached = (cache: CacheSpec, rps = 200, replicas = 1, backMs = 1) =>
  system([service('front', 0.1, { replicas, lanes: 1_000, calls: [{ service: 'back', perRequest: 1, cache }] }), service('back', backMs, { lanes: 100, queueLimit: 5_000 })], [poisson('front', rps)]);
const cacheOf = (world: ReturnType<typeof lived>) => world.infra.services[0]!.calls[0]!.cache!;
const shareOf = ({ hits, misses, joined }: { hits: number; misses: number; joined: number }) => hits / (hits + misses + joined);

describe('popularity', () => {
  test.each([0, 0.6, 1, 1.4])('of ranks follows Zipf with exponent %f', (skew) => {
    const popularity = { items: 500, skew };
    const random = randomStream(5, 'zipf');
    const counts = new Float64Array(500);
    const draws = 200_000;
    for (let i = 0; i < draws; i += 1) counts[drawRank(random, popularity)]! += 1;
    const shares = sharesOfRanks(popularity);
    // χ² over ranks with enough draws: mean = degrees of freedom, five standard deviations allowed
    const kept = [...shares.keys()].filter((rank) => shares[rank]! * draws >= 10);
    const chi = kept.reduce((sum, rank) => sum + (counts[rank]! - shares[rank]! * draws) ** 2 / (shares[rank]! * draws), 0);
    expect(chi).toBeLessThan(kept.length + 5 * Math.sqrt(2 * kept.length));
  });
});

describe('a least recently used cache', () => {
  test('holds what a plain list would hold, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 1, max: 30 })), { maxLength: 200 }), (capacity, asked) => {
        const cache = lru(20, capacity);
        let list: { item: number; expires: number }[] = [];
        asked.forEach(([item, life], now) => {
          const known = list.find((entry) => entry.item === item);
          const fresh = known !== undefined && known.expires > now + 1;
          expect(touch(cache, item, now + 1)).toBe(fresh);
          list = list.filter((entry) => entry.item !== item);
          if (fresh) list.unshift(known);
          else {
            keep(cache, item, now + 1 + life);
            list = [{ item, expires: now + 1 + life }, ...list].slice(0, capacity);
          }
          expect(cache.count).toBe(list.length);
        });
        empty(cache);
        for (let item = 0; item < 20; item += 1) expect(touch(cache, item, 0)).toBe(false);
      }),
      { numRuns: 100, seed: 20261121 },
    );
  });
});

describe('a cache in front of a call', () => {
  test.each([
    [{ items: 2_000, capacity: 100, skew: 0.8 }, 0.015],
    [{ items: 2_000, capacity: 600, skew: 1.1 }, 0.015],
    [{ items: 500, capacity: 500, skew: 0.7, ttlSeconds: 10 }, 0.02],
    [{ items: 1_000, capacity: 300, skew: 0.9, ttlSeconds: 20 }, 0.03],
  ] as const)('once warm finds what Che, Tung and Wang say: %o', (spec, bound) => {
    const world = lived(cached(spec, 300), 150);
    const before = { ...cacheOf(world).total };
    const warm = lived(cached(spec, 300), 450);
    const after = cacheOf(warm).total;
    const measured = shareOf({ hits: after.hits - before.hits, misses: after.misses - before.misses, joined: 0 });
    const expected = hitShare({ popularity: { items: spec.items, skew: spec.skew }, capacity: spec.capacity, ttlSeconds: 'ttlSeconds' in spec ? spec.ttlSeconds : Infinity }, 300);
    expect(Math.abs(measured - expected)).toBeLessThan(bound);
  });

  test('warms up from cold: the callee is asked ever less', () => {
    const world = lived(cached({ items: 1_000, capacity: 800, skew: 0.9 }, 100), 20);
    const early = shareOf(cacheOf(world).total);
    const late = shareOf(cacheOf(lived(cached({ items: 1_000, capacity: 800, skew: 0.9 }, 100), 200)).total);
    expect(early).toBeLessThan(0.75);
    expect(late).toBeGreaterThan(early + 0.1);
  });

  test('of each process dies with it, a shared one does not', () => {
    const faults = [{ kind: 'kill-replica', service: 'front', count: 1, atSeconds: 60 } as const];
    const misses = (shared: boolean) => cacheOf(lived(cached({ items: 300, capacity: 300, shared }, 100), 120, { faults })).total.misses;
    expect(misses(false)).toBeGreaterThan(1.7 * misses(true));
    expect(misses(true)).toBeLessThan(310); // each item once, a few asked for twice before they came
  });

  test('that coalesces makes one call of misses at the same time', () => {
    const spec = { items: 50, capacity: 50, skew: 1.2, ttlSeconds: 2 };
    const apart = lived(cached(spec, 400, 1, 40), 60);
    const together = lived(cached({ ...spec, coalesce: true }, 400, 1, 40), 60);
    expect(cacheOf(together).total.joined).toBeGreaterThan(500);
    expect(together.infra.services[1]!.total.offered).toBeLessThan(0.85 * apart.infra.services[1]!.total.offered);
    const { offered, served, failed } = together.infra.client.total;
    expect(failed).toBe(0);
    expect(offered - served).toBeLessThan(60);
    expect(cacheOf(together).fetching.size).toBeLessThan(50);
  });

  test('passes a failed fetch on to everybody who waited for it', () => {
    const spec = { items: 5, capacity: 5, ttlSeconds: 0.05, coalesce: true, shared: true };
    const world = lived(cached(spec, 200, 2, 40), 60, { faults: [{ kind: 'kill-replica', service: 'back', count: 1, atSeconds: 20.5 }, { kind: 'kill-replica', service: 'front', count: 1, atSeconds: 40.5 }] });
    const { offered, served, failed } = world.infra.client.total;
    expect(failed).toBeGreaterThan(0);
    expect(offered - served - failed).toBeLessThan(60);
  });

  test('starts warm when it is said to', () => {
    const spec = { items: 1_000, capacity: 1_000, skew: 0.8 };
    expect(cacheOf(lived(cached({ ...spec, startsWarm: true }), 30)).total.misses).toBe(0);
    expect(cacheOf(lived(cached(spec), 30)).total.misses).toBeGreaterThan(500);
  });

  test('is read with its limits', () => {
    const base = cached({ items: 1, capacity: 1 });
    const document = { ...base, services: [{ ...base.services[0], calls: [{ service: 'back', perRequest: 1, cache: { items: 0, capacity: 1e9, ttlJitter: 0.5, warm: 1 } }] }, base.services[1]] };
    expect(complaints(document)).toEqual(expect.arrayContaining(['items', 'capacity', 'ttlJitter', 'warm'].map((key) => `services[0].calls[0].cache.${key}`)));
  });
});
