/** A request at its replica: it waits for a lane, uses CPU, then whatever needs none. */
import { drawVariate, schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import type { World } from '../../world';
import { acceptsRequests } from '../control-plane/pod-life/stop-replica';
import type { Infra, Replica, Service } from '../infra';
import { progressNode } from '../node-cpu';
import { callNext } from './call-next';
import { finishSpan } from './finish-span';

const NONE = -1;

/** The request is at its replica: it runs, waits, or is turned away. Its time there begins now. */
export function admitSpan(world: World, span: number): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const service = infra.services[spans.service[span]!]!;
  const replica = infra.replicas[spans.replica[span]!]!;
  spans.startUs[span] = nowUs;
  if (replica.phase === 'lost') {
    waitInVain(world, span, service);
  } else if (!acceptsRequests(replica, nowUs)) {
    finishSpan(world, span, false);
  } else if (replica.running.length + replica.heldLanes < service.lanes) {
    runSpan(world, span);
  } else if (replica.waiting.length < service.queueLimit) {
    replica.waiting.push(span);
  } else {
    finishSpan(world, span, false);
  }
}

/** Nobody answers: the span ends when its time is out. */
export function waitInVain(world: World, span: number, service: Service): void {
  schedule(world.queue, timeUs(world.nowUs + service.timeoutUs), EventKind.lostAnswer, span, world.infra.spans.generation[span]!);
}

function runSpan(world: World, span: number): void {
  const { infra, nowUs } = world;
  const replica = infra.replicas[infra.spans.replica[span]!]!;
  progressNode(infra, infra.nodes[replica.node]!, nowUs);
  replica.running.push(span);
  markDirty(infra, replica.node);
}

/** The CPU part is done: free the lane (an event loop does, a thread does not) and go on. */
export function finishCpu(world: World, span: number): void {
  const { infra } = world;
  const { spans } = infra;
  const service = infra.services[spans.service[span]!]!;
  const replica = infra.replicas[spans.replica[span]!]!;
  replica.running.splice(replica.running.indexOf(span), 1);
  markDirty(infra, replica.node);
  if (service.holdsLane) replica.heldLanes += 1;
  else takeNextWaiting(world, replica);
  afterCpu(world, span);
}

/** What needs no CPU here comes next, then the calls. */
export function afterCpu(world: World, span: number): void {
  const { spans, services } = world.infra;
  const service = services[spans.service[span]!]!;
  const waitUs = Math.round(drawVariate(service.demandStream, service.wait)) + service.extraWaitUs;
  if (waitUs > 0) schedule(world.queue, timeUs(world.nowUs + waitUs), EventKind.waitDone, span, spans.generation[span]!);
  else callNext(world, span);
}

export function takeNextWaiting(world: World, replica: Replica): void {
  const service = world.infra.services[replica.service]!;
  if (replica.waiting.length > 0 && replica.running.length + replica.heldLanes < service.lanes) runSpan(world, replica.waiting.shift()!);
}

export function markDirty(infra: Infra, node: number): void {
  if (node !== NONE && !infra.dirtyNodes.includes(node)) infra.dirtyNodes.push(node);
}
