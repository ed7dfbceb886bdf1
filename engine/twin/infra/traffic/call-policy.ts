/**
 * What a caller does about a slow or failing callee: a time-out, retries with exponential back-off and full jitter
 * under a budget (a share of the first attempts, as Finagle and Envoy have it), and a circuit breaker that opens after
 * failures in a row, lets one call through when its time is up, and closes when that one succeeds.
 */
import type { SpecReader } from '../../spec-reader';
import { member, onlyKeys, optional, readNumber, readText } from '../../spec-reader';
import { readCache, type CacheSpec } from './cache/call-cache';
import { readPool, type PoolSpec } from './pool/connection-pool';

export type CallSpec = {
  readonly service: string;
  /** Calls per request; may be below 1 (a cache) or above. */
  readonly perRequest: number;
  /** The caller waits no longer; what was asked goes on working. Default: it waits for ever. */
  readonly timeoutMs?: number;
  readonly retries?: RetrySpec;
  readonly breaker?: BreakerSpec;
  /** Connections that one caller's process keeps to the callee. */
  readonly pool?: PoolSpec;
  readonly cache?: CacheSpec;
  /** A second call when the first has not been answered after so long; the first answer counts. */
  readonly hedgeAfterMs?: number;
  /** Made at once with the other calls of this group of the service. */
  readonly group?: string;
};
export type RetrySpec = { readonly max: number; readonly backOffMs: number; /** Retries at most this share of first attempts; absent: no budget. */ readonly budgetShare?: number };
export type BreakerSpec = { readonly failures: number; readonly openSeconds: number };

export type CallPolicy = {
  readonly timeoutUs: number;
  readonly retriesMax: number;
  readonly backOffUs: number;
  readonly budgetShare: number;
  readonly breakerFailures: number;
  readonly breakerOpenUs: number;
};

/** Of all callers of a service together: a breaker or budget per process would only be slower to learn. */
export type CallState = { tokens: number; failuresInRow: number; openUntilUs: number; trying: boolean; timedOut: number; retried: number; rejected: number; hedged: number };

/** Retries that may be made at once before the budget has to be earned. */
const TOKENS_MAX = 10;

export function readCall(at: SpecReader): CallSpec {
  onlyKeys(at, ['service', 'perRequest', 'timeoutMs', 'retries', 'breaker', 'pool', 'cache', 'hedgeAfterMs', 'group']);
  return {
    service: readText(member(at, 'service')),
    perRequest: readNumber(member(at, 'perRequest'), { min: 0, max: 1_000 }),
    timeoutMs: optional(at, 'timeoutMs', (m) => readNumber(m, { min: 1, max: 3_600_000 })),
    retries: optional(at, 'retries', (m) => {
      onlyKeys(m, ['max', 'backOffMs', 'budgetShare']);
      return { max: readNumber(member(m, 'max'), { min: 1, max: 20, integer: true }), backOffMs: readNumber(member(m, 'backOffMs'), { min: 0, max: 600_000 }), budgetShare: optional(m, 'budgetShare', (share) => readNumber(share, { min: 0, max: 10 })) };
    }),
    breaker: optional(at, 'breaker', (m) => {
      onlyKeys(m, ['failures', 'openSeconds']);
      return { failures: readNumber(member(m, 'failures'), { min: 1, max: 1_000_000, integer: true }), openSeconds: readNumber(member(m, 'openSeconds'), { min: 0.001, max: 86_400 }) };
    }),
    pool: optional(at, 'pool', readPool),
    cache: optional(at, 'cache', readCache),
    hedgeAfterMs: optional(at, 'hedgeAfterMs', (m) => readNumber(m, { min: 0.1, max: 3_600_000 })),
    group: optional(at, 'group', readText),
  };
}

/** Null where a call has no policy: then a failed call fails its caller at once. */
export function callPolicy({ timeoutMs, retries, breaker }: CallSpec): CallPolicy | null {
  if (timeoutMs === undefined && retries === undefined && breaker === undefined) return null;
  return {
    timeoutUs: timeoutMs === undefined ? Infinity : Math.round(timeoutMs * 1_000),
    retriesMax: retries?.max ?? 0,
    backOffUs: (retries?.backOffMs ?? 0) * 1_000,
    budgetShare: retries?.budgetShare ?? Infinity,
    breakerFailures: breaker?.failures ?? Infinity,
    breakerOpenUs: Math.round((breaker?.openSeconds ?? 0) * 1e6),
  };
}

export const callState = (): CallState => ({ tokens: TOKENS_MAX, failuresInRow: 0, openUntilUs: -1, trying: false, timedOut: 0, retried: 0, rejected: 0, hedged: 0 });

/** Whether a call may be made now; with the breaker half open, one may. */
export function admitsCall({ breakerFailures }: CallPolicy, state: CallState, nowUs: number): boolean {
  if (state.failuresInRow < breakerFailures) return true;
  if (nowUs < state.openUntilUs || state.trying) return false;
  state.trying = true;
  return true;
}

export function earnBudget({ budgetShare }: CallPolicy, state: CallState): void {
  if (budgetShare < Infinity) state.tokens = Math.min(TOKENS_MAX, state.tokens + budgetShare);
}

export function mayRetry({ retriesMax, budgetShare }: CallPolicy, state: CallState, attempts: number): boolean {
  if (attempts > retriesMax || (budgetShare < Infinity && state.tokens < 1)) return false;
  if (budgetShare < Infinity) state.tokens -= 1;
  return true;
}

export function noteAnswer(state: CallState): void {
  state.failuresInRow = 0;
  state.trying = false;
}

export function noteFailure({ breakerFailures, breakerOpenUs }: CallPolicy, state: CallState, nowUs: number): void {
  state.failuresInRow += 1;
  state.trying = false;
  if (state.failuresInRow >= breakerFailures) state.openUntilUs = nowUs + breakerOpenUs;
}
