/**
 * Connections of one caller's process to one callee: at most `size` calls are on their way at once, further ones wait for
 * one to come back, up to a limit and for a limited time. The time-out of the call itself begins with its connection.
 */
import { schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { member, onlyKeys, optional, readNumber, type SpecReader } from '../../../spec-reader';
import type { World } from '../../../world';
import { isAwaited } from '../fan-out/branch';

export type PoolSpec = {
  readonly size: number;
  /** Calls that may wait for a connection; default: any number. */
  readonly queueLimit?: number;
  /** Default: they wait for ever. */
  readonly waitTimeoutMs?: number;
};

export type CallPool = {
  readonly size: number;
  readonly queueLimit: number;
  readonly waitUs: number;
  /** By calling replica; functions and other callers without a node share −1. */
  readonly of: Map<number, Connections>;
  refused: number;
  timedOut: number;
  /** Calls that had to wait, of all that got a connection. */
  waited: number;
  taken: number;
};
export type Connections = { inUse: number; waiting: number[] };

export function readPool(at: SpecReader): PoolSpec {
  onlyKeys(at, ['size', 'queueLimit', 'waitTimeoutMs']);
  return {
    size: readNumber(member(at, 'size'), { min: 1, max: 100_000, integer: true }),
    queueLimit: optional(at, 'queueLimit', (m) => readNumber(m, { min: 0, max: 1_000_000, integer: true })),
    waitTimeoutMs: optional(at, 'waitTimeoutMs', (m) => readNumber(m, { min: 1, max: 3_600_000 })),
  };
}

export const callPool = (spec: PoolSpec): CallPool => ({
  size: spec.size,
  queueLimit: spec.queueLimit ?? Infinity,
  waitUs: spec.waitTimeoutMs === undefined ? Infinity : Math.round(spec.waitTimeoutMs * 1_000),
  of: new Map(),
  refused: 0,
  timedOut: 0,
  waited: 0,
  taken: 0,
});

/** A connection for the attempt that the span makes; 'waits': it is told when one is free, or when its patience ends. */
export function takeConnection(world: World, span: number, pool: CallPool): 'taken' | 'waits' | 'refused' {
  const { spans } = world.infra;
  const connections = connectionsOf(pool, spans.replica[span]!);
  if (connections.inUse < pool.size) {
    connections.inUse += 1;
    pool.taken += 1;
    return 'taken';
  }
  if (connections.waiting.length >= pool.queueLimit) {
    pool.refused += 1;
    return 'refused';
  }
  connections.waiting.push(span);
  if (pool.waitUs < Infinity) schedule(world.queue, timeUs(world.nowUs + pool.waitUs), EventKind.poolTimesOut, span, attemptKey(world, span));
  return 'waits';
}

/** The span's call is over: the oldest call that still wants it gets the connection, as an event of its own at this instant. */
export function releaseConnection(world: World, span: number, pool: CallPool): void {
  const { spans } = world.infra;
  const connections = pool.of.get(spans.replica[span]!);
  if (connections === undefined || connections.inUse === 0) return;
  let next = connections.waiting.shift();
  while (next !== undefined && !isAwaited(spans, next)) next = connections.waiting.shift();
  if (next === undefined) {
    connections.inUse -= 1;
    return;
  }
  pool.taken += 1;
  pool.waited += 1;
  schedule(world.queue, world.nowUs, EventKind.connectionFree, next, spans.generation[next]!);
}

/** True when this wait, and not an earlier one of the same span, has lasted too long; it is over then. */
export function leavesPoolQueue(world: World, span: number, key: number, pool: CallPool): boolean {
  if (key !== attemptKey(world, span)) return false;
  const waiting = pool.of.get(world.infra.spans.replica[span]!)?.waiting ?? [];
  const place = waiting.indexOf(span);
  if (place < 0) return false;
  waiting.splice(place, 1);
  pool.timedOut += 1;
  return true;
}

/** Tells one attempt of one span from every other: its generation, and which attempt it is (at most 21). */
const ATTEMPTS = 64;
const attemptKey = ({ infra: { spans } }: World, span: number) => spans.generation[span]! * ATTEMPTS + spans.attempts[span]!;

function connectionsOf(pool: CallPool, replica: number): Connections {
  const known = pool.of.get(replica);
  if (known !== undefined) return known;
  const made: Connections = { inUse: 0, waiting: [] };
  pool.of.set(replica, made);
  return made;
}
