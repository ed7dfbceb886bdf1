import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent, timeUs } from '@/engine/kernel';
import { compareCopies, compileEdge, CONFLICT_RULES, EMPTY_COPY, handleEdgeEvent, mergeCopies, startEdge, writeCopy, type ConflictRule, type Copy, type EdgeStoreSpec, type WaysTo } from './index';

const NEAR = { reachable: true, deliveryPpm: 1_000_000, delayUs: 5_000 };
const CUT = { reachable: false, deliveryPpm: 0, delayUs: 0 };

/** What two sides can come to have of one record by writing and exchanging. */
const steps = fc.array(fc.record({ what: fc.constantFrom('site', 'centre', 'merge'), stampUs: fc.integer({ min: 0, max: 50 }) }), { maxLength: 30 });

function played(script: readonly { what: string; stampUs: number }[], rule: ConflictRule) {
  let site: Copy = EMPTY_COPY;
  let centre: Copy = EMPTY_COPY;
  let value = 0;
  let lost = 0;
  const replaced = new Set<number>();
  for (const { what, stampUs } of script) {
    if (what === 'merge') {
      const merged = mergeCopies(site, centre, rule);
      site = centre = merged.copy;
      lost += merged.lost;
    } else if (what === 'site') {
      site.values.forEach((old) => replaced.add(old));
      site = writeCopy(site, 0, ++value, stampUs);
    } else {
      centre.values.forEach((old) => replaced.add(old));
      centre = writeCopy(centre, 1, ++value, stampUs);
    }
  }
  return { site, centre, written: value, lost, replaced };
}

describe('two copies of a record', () => {
  it('merge to the same whichever side asks, and merging twice changes nothing', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...CONFLICT_RULES), (script, rule) => {
        const { site, centre } = played(script, rule);
        const merged = mergeCopies(site, centre, rule);
        expect(mergeCopies(centre, site, rule)).toEqual(merged);
        expect(mergeCopies(merged.copy, merged.copy, rule).copy).toEqual(merged.copy);
        expect(compareCopies(merged.copy, site)).not.toBe('second');
        expect(compareCopies(merged.copy, centre)).not.toBe('second');
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  it('lose no write under version vectors: each stands, or was replaced by a writer who had it', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { site, centre, written, lost, replaced } = played([...script, { what: 'merge', stampUs: 0 }], 'version-vector');
        expect(site).toEqual(centre);
        expect(lost).toBe(0);
        for (let value = 1; value <= written; value += 1) expect(site.values.includes(value) || replaced.has(value)).toBe(true);
      }),
      { seed: 12, numRuns: 400 },
    );
  });

  it('count under last-writer-wins every write that is gone without anybody having replaced it', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { site, written, lost, replaced } = played([...script, { what: 'merge', stampUs: 0 }], 'last-writer-wins');
        const gone = Array.from({ length: written }, (_, i) => i + 1).filter((value) => !site.values.includes(value) && !replaced.has(value));
        expect(lost).toBeGreaterThanOrEqual(gone.length);
        expect(site.values.length).toBeLessThanOrEqual(1);
      }),
      { seed: 13, numRuns: 400 },
    );
  });
});

describe('an edge store', () => {
  const spec: EdgeStoreSpec = { name: 'kiosk', router: 'roof', writesPerSecond: 4, centreWritesPerSecond: 2, records: 200, syncSeconds: 5, recordsPerSync: 20 };
  function running(more: Partial<EdgeStoreSpec>) {
    const edge = compileEdge([{ ...spec, ...more }], 9, () => 0);
    const queue = eventQueue();
    const event = takenEvent();
    let ways: ReturnType<WaysTo> = { there: NEAR, back: NEAR };
    startEdge(edge, queue, timeUs(0));
    const live = (until: number, way = ways) => {
      ways = way;
      while (nextEventAt(queue) <= seconds(until) && takeEvent(queue, event)) handleEdgeEvent(edge, queue, event, () => ways);
    };
    return { store: edge.stores[0]!, live };
  }

  it('writes on while it is cut off, then brings both copies together, by either rule', () => {
    for (const conflicts of CONFLICT_RULES) {
      const { store, live } = running({ conflicts });
      live(100);
      expect(store.pendingWrites).toBeLessThan(60);
      live(400, { there: CUT, back: CUT });
      expect(store.pendingWrites).toBeGreaterThan(1_000);
      expect(store.counters.failedExchanges).toBeGreaterThan(50);
      live(408, { there: NEAR, back: NEAR });
      expect(store.sitePending.size + store.centrePending.size).toBeLessThan(60);
      const apart = store.site.filter((copy, i) => compareCopies(copy, store.centre[i]!) !== 'same').length;
      expect(apart).toBeLessThanOrEqual(store.sitePending.size + store.centrePending.size);
      expect(store.counters.conflicts).toBeGreaterThan(50);
      expect(store.counters.lostWrites > 0).toBe(conflicts === 'last-writer-wins');
    }
  });

  it('refuses writes beyond its buffer and counts them', () => {
    const { store, live } = running({ bufferWrites: 100 });
    live(100, { there: CUT, back: CUT });
    expect(store.pendingWrites).toBe(100);
    expect(store.counters.refused).toBeGreaterThan(200);
  });

  it('loses its own later writes to the centre when its clock is late', () => {
    const late = running({ clockSkewSeconds: -3_600 });
    late.live(2_000);
    const right = running({});
    right.live(2_000);
    expect(late.store.counters.lostWrites).toBeGreaterThan(2 * right.store.counters.lostWrites);
  });
});
