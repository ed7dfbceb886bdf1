/**
 * The hit rate of a warm LRU cache by Che's approximation (Che, Tung and Wang, IEEE JSAC 2002): an item is found when it was asked for
 * within the characteristic time, which is the one that makes the expected number of items equal the capacity.
 * With a TTL that look-ups do not renew, an item that is asked for λ times a second is found for a share
 * λ·T / (1 + λ·T) of its requests in an endless cache (Jung, Berger and Balakrishnan, INFOCOM 2003); with both, the
 * item leaves at the earlier of the two, here taken as independent renewals.
 */
import { exp } from '@/engine/kernel';
import { sharesOfRanks, type Popularity } from './zipf';

export type CacheShape = { readonly popularity: Popularity; readonly capacity: number; readonly ttlSeconds: number };

/** Share of look-ups that find something, at `rps` look-ups a second. */
export function hitShare({ popularity, capacity, ttlSeconds }: CacheShape, rps: number): number {
  if (rps <= 0) return 0;
  const shares = sharesOfRanks(popularity);
  const occupancy = (time: number) => shares.reduce((sum, share) => sum + foundShare(share * rps, time, ttlSeconds), 0);
  if (occupancy(LONG) <= capacity) return weigh(shares, rps, LONG, ttlSeconds);
  let [low, high] = [0, 1];
  while (occupancy(high) < capacity && high < LONG) high *= 2;
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2;
    if (occupancy(middle) < capacity) low = middle;
    else high = middle;
  }
  return weigh(shares, rps, high, ttlSeconds);
}

const LONG = 1e12;
const weigh = (shares: Float64Array, rps: number, time: number, ttl: number) => shares.reduce((sum, share) => sum + share * foundShare(share * rps, time, ttl), 0);

/**
 * An item is in the cache from a miss until it was not asked for during `time`, or until its TTL ends. Poisson requests see
 * time averages, so this is also the share of time that it is here: life / (life + 1/rate).
 */
function foundShare(rate: number, time: number, ttl: number): number {
  if (rate === 0) return 0;
  const untilUnused = time >= LONG ? Infinity : rate * time > 700 ? Infinity : (exp(rate * time) - 1) / rate;
  const life = ttl === Infinity ? untilUnused : untilUnused === Infinity ? ttl : cutLife(rate, time, ttl);
  return life === Infinity ? 1 : (life * rate) / (1 + life * rate);
}

/** Mean of min(TTL, first gap of `time` between requests): the latter is nearly exponential once the gaps are rare. */
function cutLife(rate: number, time: number, ttl: number): number {
  if (ttl <= time) return ttl;
  const gapsPerSecond = rate / (exp(rate * time) - 1);
  const beyond = ttl - time;
  return time + (gapsPerSecond * beyond < 1e-9 ? beyond : (1 - exp(-gapsPerSecond * beyond)) / gapsPerSecond);
}
