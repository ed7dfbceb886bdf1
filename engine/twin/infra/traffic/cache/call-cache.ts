/**
 * A cache in front of a call. It holds items out of a working set whose popularity follows Zipf's law; it warms up from
 * cold by the misses themselves, and what it does not hold is load on the callee. One that is shared outlives the
 * caller's processes; one of each process dies with it.
 */
import { nextUnit, randomStream, type Random } from '@/engine/kernel';
import { member, note, onlyKeys, optional, readFlag, readNumber, type SpecReader } from '../../../spec-reader';
import { keep, lru, type Lru } from './lru';
import type { Popularity } from './zipf';

/** Ranks are kept in tables of this size at most; a larger set behaves like one whose ranks stand for several items each. */
const ITEMS_MAX = 200_000;

export type CacheSpec = {
  /** Different things that are asked for: the working set. */
  readonly items: number;
  /** How many of them it holds. */
  readonly capacity: number;
  /** Exponent of Zipf's law; 0: all are asked for alike. Default 0.8. */
  readonly skew?: number;
  /** After so long an item is fetched again; default: never. */
  readonly ttlSeconds?: number;
  /** Lifetimes are drawn from this share below the TTL up to the TTL, so that what was fetched together does not expire together. */
  readonly ttlJitter?: number;
  /** One cache for all replicas of the caller; default: one in each process. */
  readonly shared?: boolean;
  /** Misses of one item at the same time make one call. */
  readonly coalesce?: boolean;
  /** Full of the most popular items at the start; default: empty. */
  readonly startsWarm?: boolean;
  /** Time of a look-up that finds something. */
  readonly hitMs?: number;
};

export type Waiter = readonly [span: number, generation: number];

export type CallCache = {
  readonly popularity: Popularity;
  readonly capacity: number;
  readonly ttlUs: number;
  readonly ttlJitter: number;
  readonly shared: boolean;
  readonly coalesce: boolean;
  readonly hitUs: number;
  /** By calling replica; −1 for a shared one. */
  readonly of: Map<number, Lru>;
  /** Items being fetched, by replica × items + item, and who waits for them besides the one who fetches. */
  readonly fetching: Map<number, Waiter[]>;
  random: Random;
  /** Since the last frame, and since the start. */
  window: CacheCounts;
  readonly total: CacheCounts;
};
export type CacheCounts = { hits: number; misses: number; joined: number };

export function readCache(at: SpecReader): CacheSpec {
  onlyKeys(at, ['items', 'capacity', 'skew', 'ttlSeconds', 'ttlJitter', 'shared', 'coalesce', 'startsWarm', 'hitMs']);
  const spec: CacheSpec = {
    items: readNumber(member(at, 'items'), { min: 1, max: ITEMS_MAX, integer: true }),
    capacity: readNumber(member(at, 'capacity'), { min: 1, max: ITEMS_MAX, integer: true }),
    skew: optional(at, 'skew', (m) => readNumber(m, { min: 0, max: 5 })),
    ttlSeconds: optional(at, 'ttlSeconds', (m) => readNumber(m, { min: 0.001, max: 31_536_000 })),
    ttlJitter: optional(at, 'ttlJitter', (m) => readNumber(m, { min: 0, max: 1 })),
    shared: optional(at, 'shared', readFlag),
    coalesce: optional(at, 'coalesce', readFlag),
    startsWarm: optional(at, 'startsWarm', readFlag),
    hitMs: optional(at, 'hitMs', (m) => readNumber(m, { min: 0, max: 60_000 })),
  };
  if (spec.ttlJitter !== undefined && spec.ttlSeconds === undefined) note(member(at, 'ttlJitter'), 'missing', 'there is no TTL to vary', 'add ttlSeconds, or leave ttlJitter out');
  return spec;
}

export function callCache(spec: CacheSpec, seed: number, name: string): CallCache {
  return {
    popularity: { items: spec.items, skew: spec.skew ?? 0.8 },
    capacity: Math.min(spec.capacity, spec.items),
    ttlUs: spec.ttlSeconds === undefined ? Infinity : spec.ttlSeconds * 1e6,
    ttlJitter: spec.ttlJitter ?? 0,
    shared: spec.shared ?? false,
    coalesce: spec.coalesce ?? false,
    hitUs: Math.round((spec.hitMs ?? 0) * 1_000),
    of: new Map(),
    fetching: new Map(),
    random: randomStream(seed, name),
    window: { hits: 0, misses: 0, joined: 0 },
    total: { hits: 0, misses: 0, joined: 0 },
  };
}

/** The cache that callers on this replica look into. */
export function storeOf(cache: CallCache, replica: number): Lru {
  const key = cache.shared ? -1 : replica;
  const known = cache.of.get(key);
  if (known !== undefined) return known;
  const made = lru(cache.popularity.items, cache.capacity);
  cache.of.set(key, made);
  return made;
}

/** Fills a cache with what is asked for most; what it holds expires at any time of its life. */
export function warmStore(cache: CallCache, replica: number): void {
  const store = storeOf(cache, replica);
  for (let item = cache.capacity - 1; item >= 0; item -= 1) keep(store, item, cache.ttlUs === Infinity ? Infinity : Math.ceil(cache.ttlUs * nextUnit(cache.random)) + 1);
}
