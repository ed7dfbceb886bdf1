/** The caller's side of a call: make it, give it up, make it again, or fail. */
import { nextUnit, schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import type { World } from '../../world';
import type { Call, Infra } from '../infra';
import { callNext, failSpan, startSpan } from '../request';
import { allocateSpan } from '../spans';
import { admitsCall, earnBudget, mayRetry, noteAnswer, noteFailure } from './call-policy';

/** No span has this generation: who was waiting does not wait any more. */
const ABANDONED = -1;

/** The call that the span stands at. */
const callOf = ({ services, spans }: Infra, span: number): Call => services[spans.service[span]!]!.calls[spans.callIndex[span]!]!;

/** The first attempt of the span's next call. */
export function makeCall(world: World, span: number): void {
  const { infra } = world;
  const { policy, state } = callOf(infra, span);
  infra.spans.attempts[span] = 0;
  if (policy !== null) earnBudget(policy, state);
  attemptCall(world, span);
}

/** One attempt; a breaker that is open turns it away at once. */
export function attemptCall(world: World, span: number): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const { service, policy, state } = callOf(infra, span);
  spans.attempts[span] = spans.attempts[span]! + 1;
  if (policy !== null && !admitsCall(policy, state, nowUs)) {
    state.rejected += 1;
    return failSpan(world, span);
  }
  const child = allocateSpan(spans);
  if (policy !== null && policy.timeoutUs < Infinity) schedule(world.queue, timeUs(nowUs + policy.timeoutUs), EventKind.callTimesOut, child, spans.generation[child]!);
  startSpan(world, child, service, span);
}

/** The callee answered in time. */
export function callAnswered(world: World, span: number): void {
  const { policy, state } = callOf(world.infra, span);
  if (policy !== null) noteAnswer(state);
  callNext(world, span);
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
  callOf(world.infra, parent).state.timedOut += 1;
  callFailed(world, parent);
}
