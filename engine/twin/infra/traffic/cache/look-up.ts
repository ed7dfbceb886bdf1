/** A call that looks into its cache first; what it does not find it fetches, alone or together with others who miss the same. */
import { nextUnit } from '@/engine/kernel';
import type { World } from '../../../world';
import type { Infra } from '../../infra';
import { failSpan, goOn } from '../../request';
import { storeOf, type CacheCounts, type CallCache } from './call-cache';
import { empty, keep, touch } from './lru';
import { drawRank } from './zipf';

const keyOf = (cache: CallCache, replica: number, item: number) => ((cache.shared ? -1 : replica) + 1) * cache.popularity.items + item;

function countLookUp({ window, total }: CallCache, what: keyof CacheCounts): void {
  window[what] += 1;
  total[what] += 1;
}

/** 'miss': the span must fetch the item itself; 'joined': somebody does already, and the span hears of it. */
export function lookUp(world: World, span: number, cache: CallCache): 'hit' | 'miss' | 'joined' {
  const { spans } = world.infra;
  const replica = spans.replica[span]!;
  const item = drawRank(cache.random, cache.popularity);
  if (touch(storeOf(cache, replica), item, world.nowUs)) {
    countLookUp(cache, 'hits');
    return 'hit';
  }
  const key = keyOf(cache, replica, item);
  const waiters = cache.coalesce ? cache.fetching.get(key) : undefined;
  if (waiters !== undefined) {
    waiters.push([span, spans.generation[span]!]);
    countLookUp(cache, 'joined');
    return 'joined';
  }
  countLookUp(cache, 'misses');
  if (cache.coalesce) cache.fetching.set(key, []);
  spans.item[span] = item;
  return 'miss';
}

/** The item has come: it is kept, and everybody who waited for it goes on. */
export function keepFetched(world: World, span: number): void {
  const { spans } = world.infra;
  const cache = cacheOf(world.infra, span);
  const [replica, item] = [spans.replica[span]!, spans.item[span]!];
  spans.item[span] = -1;
  const livesUs = cache.ttlUs === Infinity ? Infinity : Math.max(1, Math.round(cache.ttlUs * (1 - cache.ttlJitter * nextUnit(cache.random))));
  keep(storeOf(cache, replica), item, world.nowUs + livesUs);
  for (const waiter of takeWaiters(cache, keyOf(cache, replica, item))) if (spans.generation[waiter[0]] === waiter[1]) goOn(world, waiter[0]);
}

/** It will not come: who waited for it has failed too. */
export function dropFetch(world: World, span: number): void {
  const { spans } = world.infra;
  const cache = cacheOf(world.infra, span);
  const key = keyOf(cache, spans.replica[span]!, spans.item[span]!);
  spans.item[span] = -1;
  for (const waiter of takeWaiters(cache, key)) if (spans.generation[waiter[0]] === waiter[1]) failSpan(world, waiter[0]);
}

/** Nothing is left in the caches of these calls: a restart, a flush, a changed key. */
export function emptyCaches({ services }: Infra, service: number): void {
  for (const { cache } of services[service]!.calls) cache?.of.forEach(empty);
}

const cacheOf = ({ services, spans }: Infra, span: number): CallCache => services[spans.service[span]!]!.calls[spans.callIndex[span]!]!.cache!;

function takeWaiters(cache: CallCache, key: number) {
  const waiters = cache.fetching.get(key) ?? [];
  cache.fetching.delete(key);
  return waiters;
}
