/**
 * A rule that clears a cache because its hit rate is low ("hit rate < 70 % → clear all", cool-down 600 s, at most three in an hour). The cache is
 * least-recently-used over keys asked for by a Zipf law; every clearing makes it cold again, so whether it ever gets above the threshold
 * depends on how long warming takes against the cool-down. With the rule off the same requests show what it would have been.
 */
import { nextUnit, pow, randomStream } from '@/engine/kernel';

export type CacheSpec = { readonly keys: number; readonly capacity: number; readonly zipf: number; readonly requestsPerSecond: number };
export type ClearRule = { readonly below: number; readonly cooldownSeconds: number; readonly perHour: number; readonly checkSeconds: number };
export type CacheRun = { readonly rates: readonly { readonly atSeconds: number; readonly hitRate: number }[]; readonly clearedAt: readonly number[]; readonly meanHitRate: number };

export const SEED_RULE: ClearRule = { below: 0.7, cooldownSeconds: 600, perHour: 3, checkSeconds: 60 };

export function runCache(spec: CacheSpec, rule: ClearRule | null, seconds: number, seed: number): CacheRun {
  const random = randomStream(seed, 'cache-requests');
  const draw = zipfKeys(spec);
  let cache = new Map<number, true>();
  const rates: { atSeconds: number; hitRate: number }[] = [];
  const clearedAt: number[] = [];
  const window = rule?.checkSeconds ?? SEED_RULE.checkSeconds;
  let hits = 0;
  let asked = 0;
  let allHits = 0;
  let all = 0;
  for (let at = window; at <= seconds; at += window) {
    for (let i = 0; i < spec.requestsPerSecond * window; i += 1) {
      const key = draw(nextUnit(random));
      asked += 1;
      if (cache.delete(key)) hits += 1;
      cache.set(key, true);
      if (cache.size > spec.capacity) cache.delete(cache.keys().next().value!);
    }
    const hitRate = hits / asked;
    rates.push({ atSeconds: at, hitRate });
    allHits += hits;
    all += asked;
    hits = 0;
    asked = 0;
    if (rule !== null && mayClear(rule, clearedAt, at) && hitRate < rule.below) {
      cache = new Map();
      clearedAt.push(at);
    }
  }
  return { rates, clearedAt, meanHitRate: allHits / all };
}

const HOUR = 3_600;
const mayClear = ({ cooldownSeconds, perHour }: ClearRule, clearedAt: readonly number[], at: number) =>
  (clearedAt.length === 0 || at - clearedAt[clearedAt.length - 1]! >= cooldownSeconds) && clearedAt.filter((each) => at - each < HOUR).length < perHour;

/** Inverse of the Zipf law by its continuous form; exponents near 1 take the logarithm. */
function zipfKeys({ keys, zipf }: CacheSpec): (u: number) => number {
  const s = 1 - zipf;
  if (Math.abs(s) < 1e-9) return (u) => Math.min(keys - 1, Math.floor(pow(keys + 1, u)) - 1);
  const total = pow(keys + 1, s) - 1;
  return (u) => Math.min(keys - 1, Math.floor(pow(1 + u * total, 1 / s)) - 1);
}
