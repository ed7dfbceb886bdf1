/**
 * Calls made at once. Each is a branch: a span without work of its own that stands at one call of its parent, so that
 * time-outs, retries, pools and caches are the same for it. The parent goes on when enough branches have a good answer
 * and fails when too few can still have one; a branch that is not awaited any more ends by itself, its callee works on.
 *
 * A hedged request (Dean and Barroso, The Tail at Scale, 2013) is such a group of one, which grows a second
 * branch when the first takes too long.
 */
import { schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import type { Spans } from '../../infra';
import { failSpan, goOn } from '../../request';
import { freeSpan, allocateSpan } from '../../spans';
import { dropFetch } from '../cache/look-up';
import { drawCallCount } from '../draw-call-count';
import { makeCall, startCall } from '../make-call';
import type { CallGroup } from './call-group';

export const Role = {
  request: 0,
  branch: 1,
  /** One leg of a hedged call: it looks into no cache and is not hedged again. */
  leg: 2,
  /** Work that no client waits for: a message or a job's task. */
  task: 3,
} as const;

/** True for a span that somebody waits for: a branch whose group is still open, or any other. */
export function isAwaited(spans: Spans, span: number): boolean {
  if (!isBranch(spans, span)) return true;
  const parent = spans.parent[span]!;
  return spans.generation[parent] === spans.parentGeneration[span] && spans.join[parent] === spans.ticket[span];
}

export const isBranch = (spans: Spans, span: number) => spans.role[span] === Role.branch || spans.role[span] === Role.leg;

/** Makes the calls of a group at once; false when chance wants none of them made. */
export function fanOut(world: World, span: number, { needs, last }: CallGroup): boolean {
  const { services, spans } = world.infra;
  const service = services[spans.service[span]!]!;
  const made: number[] = [];
  for (let index = spans.callIndex[span]!; index <= last; index += 1) for (let left = drawCallCount(service, service.calls[index]!); left > 0; left -= 1) made.push(index);
  spans.callIndex[span] = last;
  if (made.length === 0) return false;
  openJoin(spans, span, made.length, needs === 0 ? made.length : Math.min(needs, made.length));
  const generation = spans.generation[span]!;
  const join = spans.join[span]!;
  for (const index of made) {
    if (spans.generation[span] !== generation || spans.join[span] !== join) break; // decided already
    const branch = addBranch(spans, span, index, Role.branch);
    if (makeCall(world, branch)) goOn(world, branch);
  }
  return true;
}

/** One attempt now, another one if it has not been answered after `afterUs`. */
export function hedgeCall(world: World, span: number, afterUs: number): void {
  const { spans } = world.infra;
  openJoin(spans, span, 1, 1);
  schedule(world.queue, timeUs(world.nowUs + afterUs), EventKind.hedge, span, spans.generation[span]! * JOINS + spans.join[span]!);
  startCall(world, addBranch(spans, span, spans.callIndex[span]!, Role.leg));
}

/** The first leg takes too long: a second one, if the call is still open. */
export function addLeg(world: World, span: number, key: number): void {
  const { services, spans } = world.infra;
  if (key !== spans.generation[span]! * JOINS + spans.join[span]! || spans.openBranches[span] !== 1) return;
  spans.openBranches[span] = 2;
  services[spans.service[span]!]!.calls[spans.callIndex[span]!]!.state.hedged += 1;
  startCall(world, addBranch(spans, span, spans.callIndex[span]!, Role.leg));
}

/** A branch has its answer or will have none; its parent goes on, fails, or waits for the others. */
export function endBranch(world: World, branch: number, answered: boolean): void {
  const { spans } = world.infra;
  if (spans.item[branch]! >= 0) dropFetch(world, branch);
  const awaited = isAwaited(spans, branch);
  const parent = spans.parent[branch]!;
  freeSpan(spans, branch);
  if (!awaited) return;
  spans.openBranches[parent] = spans.openBranches[parent]! - 1;
  if (answered) spans.neededAnswers[parent] = spans.neededAnswers[parent]! - 1;
  if (spans.neededAnswers[parent] === 0) {
    closeJoin(spans, parent);
    goOn(world, parent);
  } else if (spans.openBranches[parent]! < spans.neededAnswers[parent]!) {
    closeJoin(spans, parent);
    failSpan(world, parent);
  }
}

/** Joins of one span are told apart by their number, up to this many. */
const JOINS = 1 << 20;

function openJoin(spans: Spans, span: number, branches: number, needed: number): void {
  closeJoin(spans, span);
  spans.openBranches[span] = branches;
  spans.neededAnswers[span] = needed;
}

function closeJoin(spans: Spans, span: number): void {
  spans.join[span] = (spans.join[span]! + 1) % JOINS;
}

function addBranch(spans: Spans, parent: number, callIndex: number, role: number): number {
  const branch = allocateSpan(spans);
  spans.role[branch] = role;
  spans.service[branch] = spans.service[parent]!;
  spans.replica[branch] = spans.replica[parent]!;
  spans.parent[branch] = parent;
  spans.parentGeneration[branch] = spans.generation[parent]!;
  spans.ticket[branch] = spans.join[parent]!;
  spans.callIndex[branch] = callIndex;
  spans.callsLeft[branch] = 0;
  return branch;
}
