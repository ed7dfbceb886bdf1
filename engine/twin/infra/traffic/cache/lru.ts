/** A cache of at most `capacity` items, the least recently used one goes first; an item also goes when its time is over. */
export type Lru = {
  readonly items: number;
  readonly capacity: number;
  /** A ring through the items in use, most recent first; place `items` is its head. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  /** When the item is stale; 0: not here. */
  readonly expiresUs: Float64Array;
  count: number;
};

export function lru(items: number, capacity: number): Lru {
  const next = new Int32Array(items + 1);
  const previous = new Int32Array(items + 1);
  next[items] = previous[items] = items;
  return { items, capacity, next, previous, expiresUs: new Float64Array(items), count: 0 };
}

/** True when the item is here and fresh; it is then the most recently used one. */
export function touch(cache: Lru, item: number, nowUs: number): boolean {
  const expires = cache.expiresUs[item]!;
  if (expires === 0) return false;
  unlink(cache, item);
  if (expires <= nowUs) {
    cache.expiresUs[item] = 0;
    cache.count -= 1;
    return false;
  }
  link(cache, item);
  return true;
}

export function keep(cache: Lru, item: number, expiresUs: number): void {
  if (cache.expiresUs[item]! > 0) unlink(cache, item);
  else cache.count += 1;
  cache.expiresUs[item] = expiresUs;
  link(cache, item);
  if (cache.count <= cache.capacity) return;
  const oldest = cache.previous[cache.items]!;
  unlink(cache, oldest);
  cache.expiresUs[oldest] = 0;
  cache.count -= 1;
}

export function empty(cache: Lru): void {
  cache.next[cache.items] = cache.previous[cache.items] = cache.items;
  cache.expiresUs.fill(0);
  cache.count = 0;
}

function unlink({ next, previous }: Lru, item: number): void {
  next[previous[item]!] = next[item]!;
  previous[next[item]!] = previous[item]!;
}

function link({ next, previous, items }: Lru, item: number): void {
  const second = next[items]!;
  next[items] = item;
  previous[item] = items;
  next[item] = second;
  previous[second] = item;
}
