/** The sites' and the centre's copies in a running world. */
import { randomStream, US_PER_SECOND, type Random } from '@/engine/kernel';
import type { ConflictRule, EdgeStoreSpec } from './edge-spec';
import { EMPTY_COPY, type Copy } from './merge-copies';

export type EdgeStore = {
  readonly name: string;
  readonly router: number;
  readonly writesPerSecond: number;
  readonly centreWritesPerSecond: number;
  readonly bytesPerRecord: number;
  readonly syncUs: number;
  readonly recordsPerSync: number;
  readonly bufferWrites: number;
  readonly conflicts: ConflictRule;
  readonly skewUs: number;
  readonly site: Copy[];
  readonly centre: Copy[];
  /** Records changed since they were exchanged, oldest change first, and writes among them. */
  readonly sitePending: Map<number, number>;
  readonly centrePending: Map<number, number>;
  pendingWrites: number;
  /** Since when exchanges fail, −1 while they do not; when the last one worked. */
  cutSinceUs: number;
  syncedAtUs: number;
  counters: EdgeCounters;
};

export type EdgeCounters = {
  written: number;
  refused: number;
  exchanges: number;
  failedExchanges: number;
  bytes: number;
  conflicts: number;
  lostWrites: number;
};

export type EdgeState = { readonly stores: EdgeStore[]; readonly random: Random; nextValue: number };

const DEFAULT = { records: 1_000, bytesPerRecord: 400, syncSeconds: 5, recordsPerSync: 500, bufferWrites: 100_000 };

export function compileEdge(specs: readonly EdgeStoreSpec[], seed: number, routerIndex: (name: string) => number): EdgeState {
  const stores = specs.map((spec): EdgeStore => {
    const records = spec.records ?? DEFAULT.records;
    return {
      name: spec.name,
      router: routerIndex(spec.router),
      writesPerSecond: spec.writesPerSecond,
      centreWritesPerSecond: spec.centreWritesPerSecond ?? 0,
      bytesPerRecord: spec.bytesPerRecord ?? DEFAULT.bytesPerRecord,
      syncUs: Math.round((spec.syncSeconds ?? DEFAULT.syncSeconds) * US_PER_SECOND),
      recordsPerSync: spec.recordsPerSync ?? DEFAULT.recordsPerSync,
      bufferWrites: spec.bufferWrites ?? DEFAULT.bufferWrites,
      conflicts: spec.conflicts ?? 'last-writer-wins',
      skewUs: Math.round((spec.clockSkewSeconds ?? 0) * US_PER_SECOND),
      site: Array.from({ length: records }, () => EMPTY_COPY),
      centre: Array.from({ length: records }, () => EMPTY_COPY),
      sitePending: new Map(),
      centrePending: new Map(),
      pendingWrites: 0,
      cutSinceUs: -1,
      syncedAtUs: 0,
      counters: { written: 0, refused: 0, exchanges: 0, failedExchanges: 0, bytes: 0, conflicts: 0, lostWrites: 0 },
    };
  });
  return { stores, random: randomStream(seed, 'edge'), nextValue: 1 };
}
