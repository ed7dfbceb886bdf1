/**
 * The life of a request at one service: choose a replica, wait for a lane, use CPU, wait for I/O, call
 * other services one after another, answer. A failure anywhere fails every caller above it.
 */
import { addValue, drawVariate, nextBelow, nextUnit, schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../event-kind';
import { passCall } from '../mesh';
import type { World } from '../world';
import type { Infra, Replica, Service, ServiceWindow } from './infra';
import { progressNode } from './node-cpu';
import { allocateSpan, freeSpan } from './spans';
import { callAnswered, callFailed, makeCall } from './traffic/make-call';

const NONE = -1;

/** A client's request enters at `service`; it was sent at `originUs` and its answer travels `returnUs` back. */
export function startRequest(world: World, service: number, originUs: number, returnUs: number): void {
  const { spans } = world.infra;
  const span = allocateSpan(spans);
  spans.originUs[span] = originUs;
  spans.returnUs[span] = returnUs;
  startSpan(world, span, service, NONE);
}

export function startSpan(world: World, span: number, serviceIndex: number, parent: number): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const service = infra.services[serviceIndex]!;
  spans.service[span] = serviceIndex;
  spans.replica[span] = NONE;
  spans.parent[span] = parent;
  spans.parentGeneration[span] = parent === NONE ? 0 : spans.generation[parent]!;
  spans.callIndex[span] = -1;
  spans.callsLeft[span] = 0;
  spans.startUs[span] = nowUs;
  spans.remainingUs[span] = drawVariate(service.demandStream, service.demand);
  count(world, service, 'offered');
  const replicaIndex = chooseReplica(infra, service);
  if (replicaIndex === NONE) return finishSpan(world, span, false);
  const replica = infra.replicas[replicaIndex]!;
  spans.replica[span] = replicaIndex;
  replica.inFlight += 1;
  const passUs = parent === NONE ? 0 : passCall(world, span, parent);
  if (passUs === 0) admitSpan(world, span);
  else schedule(world.queue, timeUs(nowUs + Math.abs(passUs)), passUs > 0 ? EventKind.callArrives : EventKind.lostAnswer, span, spans.generation[span]!);
}

/** The request is at its replica: it runs, waits, or is turned away. Its time there begins now. */
export function admitSpan(world: World, span: number): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const service = infra.services[spans.service[span]!]!;
  const replica = infra.replicas[spans.replica[span]!]!;
  spans.startUs[span] = nowUs;
  if (replica.phase === 'lost') {
    // nobody answers: the client waits for its time-out
    schedule(world.queue, timeUs(nowUs + service.timeoutUs), EventKind.lostAnswer, span, spans.generation[span]!);
  } else if (replica.phase !== 'ready' && replica.phase !== 'draining') {
    finishSpan(world, span, false);
  } else if (replica.running.length + replica.heldLanes < service.lanes) {
    runSpan(world, span);
  } else if (replica.waiting.length < service.queueLimit) {
    replica.waiting.push(span);
  } else {
    finishSpan(world, span, false);
  }
}

/** Among the replicas that the balancer still lists; a lost one stays listed until its endpoint is removed. */
function chooseReplica(infra: Infra, service: Service): number {
  const listed = service.replicas.filter((index) => {
    const { phase } = infra.replicas[index]!;
    return phase === 'ready' || phase === 'lost';
  });
  if (listed.length === 0) return NONE;
  switch (service.balancing) {
    case 'round-robin':
      service.turn = (service.turn + 1) % listed.length;
      return listed[service.turn]!;
    case 'random':
      return listed[nextBelow(service.choiceStream, listed.length)]!;
    case 'least-in-flight':
      return listed.reduce((best, index) => (infra.replicas[index]!.inFlight < infra.replicas[best]!.inFlight ? index : best));
  }
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
  const { infra, nowUs } = world;
  const { spans } = infra;
  const service = infra.services[spans.service[span]!]!;
  const replica = infra.replicas[spans.replica[span]!]!;
  replica.running.splice(replica.running.indexOf(span), 1);
  markDirty(infra, replica.node);
  if (service.holdsLane) replica.heldLanes += 1;
  else takeNextWaiting(world, replica);
  const waitUs = Math.round(drawVariate(service.demandStream, service.wait)) + service.extraWaitUs;
  if (waitUs > 0) schedule(world.queue, timeUs(nowUs + waitUs), EventKind.waitDone, span, spans.generation[span]!);
  else callNext(world, span);
}

/** Makes the next call of the span, or answers when none is left. */
export function callNext(world: World, span: number): void {
  const { infra } = world;
  const { spans } = infra;
  const service = infra.services[spans.service[span]!]!;
  while (spans.callsLeft[span] === 0) {
    const index = (spans.callIndex[span] = spans.callIndex[span]! + 1);
    const call = service.calls[index];
    if (call === undefined) return finishSpan(world, span, true);
    spans.callsLeft[span] = call.whole + (call.fraction > 0 && nextUnit(service.choiceStream) < call.fraction ? 1 : 0);
  }
  spans.callsLeft[span] = spans.callsLeft[span]! - 1;
  makeCall(world, span);
}

/** Ends the span, tells the caller, frees what it held. */
export function finishSpan(world: World, span: number, answered: boolean): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const service = infra.services[spans.service[span]!]!;
  const latencyUs = nowUs - spans.startUs[span]!;
  const good = answered && latencyUs <= service.timeoutUs;
  count(world, service, good ? 'served' : 'failed');
  if (answered) recordLatency(world, service, latencyUs);
  const replicaIndex = spans.replica[span]!;
  if (replicaIndex !== NONE) leaveReplica(world, infra.replicas[replicaIndex]!, answered && service.holdsLane);
  const parent = spans.parent[span]!;
  const parentLives = parent !== NONE && spans.generation[parent] === spans.parentGeneration[span];
  if (parent === NONE) answerClient(world, span, good);
  freeSpan(spans, span);
  if (!parentLives) return;
  if (good) callAnswered(world, parent);
  else callFailed(world, parent);
}

/** Ends a span whose work cannot go on: a failed call, a dead replica. */
export function failSpan(world: World, span: number): void {
  const { infra, nowUs } = world;
  const replicaIndex = infra.spans.replica[span]!;
  if (replicaIndex !== NONE) {
    const replica = infra.replicas[replicaIndex]!;
    const service = infra.services[replica.service]!;
    const lane = replica.running.indexOf(span);
    if (lane >= 0) {
      progressNode(infra, infra.nodes[replica.node]!, nowUs);
      replica.running.splice(lane, 1);
      markDirty(infra, replica.node);
    } else if (replica.waiting.includes(span)) {
      replica.waiting.splice(replica.waiting.indexOf(span), 1);
    } else if (service.holdsLane && replica.heldLanes > 0) {
      replica.heldLanes -= 1;
      takeNextWaiting(world, replica);
    }
  }
  finishSpan(world, span, false);
}

function leaveReplica(world: World, replica: Replica, releasesLane: boolean): void {
  replica.inFlight -= 1;
  if (releasesLane && replica.heldLanes > 0) {
    replica.heldLanes -= 1;
    takeNextWaiting(world, replica);
  }
  if (replica.phase === 'draining' && replica.inFlight === 0) removeDrained(world.infra, replica);
}

function takeNextWaiting(world: World, replica: Replica): void {
  const service = world.infra.services[replica.service]!;
  if (replica.waiting.length > 0 && replica.running.length + replica.heldLanes < service.lanes) runSpan(world, replica.waiting.shift()!);
}

/** A drained replica goes as soon as its last request has been answered. */
export function removeDrained(infra: Infra, replica: Replica): void {
  const index = infra.replicas.indexOf(replica);
  const service = infra.services[replica.service]!;
  replica.phase = 'gone';
  service.replicas = service.replicas.filter((r) => r !== index);
  const node = infra.nodes[replica.node];
  if (node !== undefined) node.replicas = node.replicas.filter((r) => r !== index);
}

function answerClient(world: World, span: number, good: boolean): void {
  const { client, spans } = world.infra;
  const latencyUs = world.nowUs - spans.originUs[span]! + spans.returnUs[span]!;
  for (const into of windows(world, client.window, client.total)) {
    if (good) into.served += 1;
    else into.failed += 1;
    if (good) addValue(into.latency, latencyUs);
  }
}

/** A client's request that never reached its service. */
export function failClient(world: World): void {
  for (const into of windows(world, world.infra.client.window, world.infra.client.total)) {
    into.offered += 1;
    into.failed += 1;
  }
}

export function countClient(world: World): void {
  for (const into of windows(world, world.infra.client.window, world.infra.client.total)) into.offered += 1;
}

function count(world: World, service: Service, what: 'offered' | 'served' | 'failed'): void {
  service.window[what] += 1;
  if (world.nowUs >= world.warmUpUs) service.total[what] += 1;
}

function recordLatency(world: World, service: Service, latencyUs: number): void {
  addValue(service.window.latency, latencyUs);
  if (world.nowUs >= world.warmUpUs) addValue(service.total.latency, latencyUs);
}

const windows = (world: World, window: ServiceWindow, total: ServiceWindow) => (world.nowUs >= world.warmUpUs ? [window, total] : [window]);

function markDirty(infra: Infra, node: number): void {
  if (node !== NONE && !infra.dirtyNodes.includes(node)) infra.dirtyNodes.push(node);
}

