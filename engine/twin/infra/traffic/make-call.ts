/** The caller's side of a call: look into the cache, get a connection, make it, give it up, make it again, or fail. */
import { nextUnit, schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import type { World } from '../../world';
import type { Call, Infra } from '../infra';
import { failSpan, goOn, startSpan } from '../request';
import { allocateSpan } from '../spans';
import { lookUp } from './cache/look-up';
import { admitsCall, earnBudget, mayRetry, noteAnswer, noteFailure } from './call-policy';
import { hedgeCall, Role } from './fan-out/branch';
import { leavesPoolQueue, releaseConnection, takeConnection } from './pool/connection-pool';

/** No span has this generation: who was waiting does not wait any more. */
const ABANDONED = -1;

/** The call that the span stands at. */
const callOf = ({ services, spans }: Infra, span: number): Call => services[spans.service[span]!]!.calls[spans.callIndex[span]!]!;

/** The span's next call; true when a cache answers it at once. */
export function makeCall(world: World, span: number): boolean {
  const { cache } = callOf(world.infra, span);
  const found = cache === null ? 'miss' : lookUp(world, span, cache);
  if (found === 'miss') startCall(world, span);
  if (cache === null || found !== 'hit') return false;
  if (cache.hitUs === 0) return true;
  schedule(world.queue, timeUs(world.nowUs + cache.hitUs), EventKind.waitDone, span, world.infra.spans.generation[span]!);
  return false;
}

/** The call goes out: its first attempt, or a hedged one. */
export function startCall(world: World, span: number): void {
  const { infra } = world;
  const { policy, state, hedgeUs } = callOf(infra, span);
  infra.spans.attempts[span] = 0;
  if (hedgeUs !== null && infra.spans.role[span] !== Role.leg) return hedgeCall(world, span, hedgeUs);
  if (policy !== null) earnBudget(policy, state);
  attemptCall(world, span);
}

/** One attempt; a breaker that is open turns it away at once, a full pool lets it wait. */
export function attemptCall(world: World, span: number): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const { policy, state, pool } = callOf(infra, span);
  spans.attempts[span] = spans.attempts[span]! + 1;
  if (policy !== null && !admitsCall(policy, state, nowUs)) {
    state.rejected += 1;
    return failSpan(world, span);
  }
  const connection = pool === null ? 'taken' : takeConnection(world, span, pool);
  if (connection === 'taken') sendCall(world, span);
  else if (connection === 'refused') callFailed(world, span);
}

/** The attempt is on its way, with its connection where it needs one. */
export function sendCall(world: World, span: number): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const { service, policy } = callOf(infra, span);
  const child = allocateSpan(spans);
  if (policy !== null && policy.timeoutUs < Infinity) schedule(world.queue, timeUs(nowUs + policy.timeoutUs), EventKind.callTimesOut, child, spans.generation[child]!);
  startSpan(world, child, service, span);
}

/** The attempt has ended, in whatever way. */
export function giveBackConnection(world: World, span: number): void {
  const { pool } = callOf(world.infra, span);
  if (pool !== null) releaseConnection(world, span, pool);
}

/** It waited too long for a connection. */
export function poolTimesOut(world: World, span: number, key: number): void {
  const { pool } = callOf(world.infra, span) ?? { pool: null };
  if (pool !== null && leavesPoolQueue(world, span, key, pool)) callFailed(world, span);
}

/** The callee answered in time. */
export function callAnswered(world: World, span: number): void {
  const { policy, state } = callOf(world.infra, span);
  if (policy !== null) noteAnswer(state);
  goOn(world, span);
}

/** The attempt failed: again after a pause, or the caller fails too. */
export function callFailed(world: World, span: number): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const { policy, state } = callOf(infra, span);
  if (policy === null) return failSpan(world, span);
  noteFailure(policy, state, nowUs);
  if (!mayRetry(policy, state, spans.attempts[span]!)) return failSpan(world, span);
  state.retried += 1;
  const pauseUs = policy.backOffUs * 2 ** (spans.attempts[span]! - 1) * nextUnit(infra.services[spans.service[span]!]!.retryStream);
  schedule(world.queue, timeUs(nowUs + pauseUs), EventKind.callAgain, span, spans.generation[span]!);
}

/** The caller gives up waiting. The callee does not know, and works on: that is what a retry storm is made of. */
export function callTimesOut(world: World, child: number): void {
  const { spans } = world.infra;
  const parent = spans.parent[child]!;
  if (parent < 0 || spans.generation[parent] !== spans.parentGeneration[child]) return;
  spans.parentGeneration[child] = ABANDONED;
  giveBackConnection(world, parent);
  callOf(world.infra, parent).state.timedOut += 1;
  callFailed(world, parent);
}
