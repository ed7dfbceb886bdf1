/**
 * The life of edge stores: writes at both sides, and exchanges over the mesh. An exchange carries the records that
 * changed since the last one each way; without a way, or when it is lost six times in a row, both sides keep on writing
 * and try again. A backlog is worked off exchange after exchange, each a round trip long.
 */
import { invariant, nextBelow, nextExponential, nextUnit, schedule, timeUs, US_PER_SECOND, type EventQueue, type TakenEvent, type TimeUs } from '@/engine/kernel';
import { MESH_EVENT_BASE } from '../../event-kind';
import { resendUs, SEGMENT_BYTES } from '../resend';
import type { EdgeState, EdgeStore } from './edge-state';
import { mergeCopies, writeCopy } from './merge-copies';

/** The last ten kinds of the mesh's range. */
const EDGE_EVENT_BASE = MESH_EVENT_BASE + 90;
const EdgeEvent = { siteWrite: EDGE_EVENT_BASE, centreWrite: EDGE_EVENT_BASE + 1, exchange: EDGE_EVENT_BASE + 2 } as const; // subject store
export const isEdgeEvent = (kind: number) => kind >= EDGE_EVENT_BASE && kind < EDGE_EVENT_BASE + 10;

type Way = { readonly reachable: boolean; readonly deliveryPpm: number; readonly delayUs: number };
export type WaysTo = (router: number) => { readonly there: Way; readonly back: Way };

const ROUND_TRIP_US_MIN = 10_000;

export function startEdge(edge: EdgeState, queue: EventQueue, at: TimeUs): void {
  edge.stores.forEach((store, i) => {
    nextWrite(edge, queue, i, EdgeEvent.siteWrite, at);
    nextWrite(edge, queue, i, EdgeEvent.centreWrite, at);
    schedule(queue, timeUs(at + nextUnit(edge.random) * store.syncUs), EdgeEvent.exchange, i);
  });
}

function nextWrite(edge: EdgeState, queue: EventQueue, store: number, kind: number, nowUs: number): void {
  const rate = kind === EdgeEvent.siteWrite ? edge.stores[store]!.writesPerSecond : edge.stores[store]!.centreWritesPerSecond;
  if (rate > 0) schedule(queue, timeUs(nowUs + nextExponential(edge.random, US_PER_SECOND / rate)), kind, store);
}

export function handleEdgeEvent(edge: EdgeState, queue: EventQueue, { at, kind, subject }: TakenEvent, waysTo: WaysTo): void {
  const store = edge.stores[subject]!;
  switch (kind) {
    case EdgeEvent.siteWrite:
    case EdgeEvent.centreWrite:
      write(edge, store, kind === EdgeEvent.siteWrite ? 0 : 1, at);
      return nextWrite(edge, queue, subject, kind, at);
    case EdgeEvent.exchange:
      return schedule(queue, timeUs(at + exchange(edge, store, waysTo(store.router), at)), EdgeEvent.exchange, subject);
    default:
      invariant(false, `edge event ${kind} is not known`);
  }
}

function write(edge: EdgeState, store: EdgeStore, side: 0 | 1, nowUs: number): void {
  const record = nextBelow(edge.random, store.site.length);
  if (side === 0) {
    if (store.pendingWrites >= store.bufferWrites) {
      store.counters.refused += 1;
      return;
    }
    store.pendingWrites += 1;
  }
  const [copies, pending] = side === 0 ? [store.site, store.sitePending] : [store.centre, store.centrePending];
  copies[record] = writeCopy(copies[record]!, side, edge.nextValue++, nowUs + (side === 0 ? store.skewUs : 0));
  pending.set(record, (pending.get(record) ?? 0) + 1);
  store.counters.written += 1;
}

/** One exchange; the time until the next. */
function exchange(edge: EdgeState, store: EdgeStore, { there, back }: ReturnType<WaysTo>, nowUs: number): number {
  const records = firstOf([...store.sitePending.keys(), ...[...store.centrePending.keys()].filter((record) => !store.sitePending.has(record))], store.recordsPerSync);
  const bytes = records.length * store.bytesPerRecord;
  const waitUs = there.reachable && back.reachable ? resendUs(edge.random, Math.ceil(bytes / SEGMENT_BYTES) + 1, Math.min(there.deliveryPpm, back.deliveryPpm)) : -1;
  store.counters.exchanges += 1;
  if (waitUs < 0) {
    store.counters.failedExchanges += 1;
    if (store.cutSinceUs < 0) store.cutSinceUs = nowUs;
    return store.syncUs;
  }
  store.cutSinceUs = -1;
  store.syncedAtUs = nowUs;
  store.counters.bytes += bytes;
  for (const record of records) mergeRecord(store, record);
  const isBehind = store.sitePending.size + store.centrePending.size > 0 && records.length === store.recordsPerSync;
  return isBehind ? Math.max(ROUND_TRIP_US_MIN, there.delayUs + back.delayUs + waitUs) : store.syncUs;
}

const firstOf = (items: readonly number[], count: number) => (items.length <= count ? items : items.slice(0, count));

function mergeRecord(store: EdgeStore, record: number): void {
  const merged = mergeCopies(store.site[record]!, store.centre[record]!, store.conflicts);
  store.site[record] = store.centre[record] = merged.copy;
  store.counters.lostWrites += merged.lost;
  if (merged.concurrent) store.counters.conflicts += 1;
  store.pendingWrites -= store.sitePending.get(record) ?? 0;
  store.sitePending.delete(record);
  store.centrePending.delete(record);
}
