/**
 * The life of a request at one service: choose a replica, wait for a lane, use CPU, wait for I/O, call
 * other services, publish messages, answer. A failure anywhere fails every caller above it.
 */
import { drawVariate, nextUnit, schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../event-kind';
import { passCall } from '../mesh';
import type { World } from '../world';
import { isCut } from './availability/partition';
import { logWrite } from './availability/replication/log';
import { writerOf } from './availability/replication/lead';
import { outageOf, type Outage } from './availability/outage';
import type { Infra, Replica, Service } from './infra';
import { acceptsRequests, leaveWhenStopped } from './control-plane/pod-life/stop-replica';
import { progressNode } from './node-cpu';
import { allocateSpan, freeSpan } from './spans';
import { chooseReplica } from './traffic/choose-replica';
import { answerClient, countRequest, recordLatency } from './traffic/count-requests';
import { drawCallCount } from './traffic/draw-call-count';
import { endBranch, fanOut, isBranch, Role } from './traffic/fan-out/branch';
import { dropFetch, keepFetched } from './traffic/cache/look-up';
import { taskEnded } from './traffic/job/job';
import { callAnswered, callFailed, giveBackConnection, makeCall } from './traffic/make-call';
import { askExternal } from './traffic/off-node/external';
import { invoke, leaveInstance } from './traffic/off-node/invoke';
import { messageHandled, publish } from './traffic/queue/deliver';
import { coldness } from './traffic/warm-up/warm-up';

const NONE = -1;

/** A client's request enters at `service`; it was sent at `originUs` and its answer travels `returnUs` back to `load` (−1: an open one). */
export function startRequest(world: World, service: number, originUs: number, returnUs: number, load: number): void {
  const { spans } = world.infra;
  const span = allocateSpan(spans);
  spans.originUs[span] = originUs;
  spans.returnUs[span] = returnUs;
  spans.load[span] = load;
  startSpan(world, span, service, NONE);
}

/** Work that no client waits for: a message of a queue at one replica (−1: a function's), or a job's task (queue −1). */
export function startTask(world: World, service: number, replica: number, { queue, slot, life }: { readonly queue: number; readonly slot: number; readonly life: number }): void {
  const { spans } = world.infra;
  const span = allocateSpan(spans);
  spans.role[span] = Role.task;
  spans.load[span] = queue;
  spans.ticket[span] = slot;
  spans.originUs[span] = life;
  startSpan(world, span, service, NONE, replica);
}

export function startSpan(world: World, span: number, serviceIndex: number, parent: number, at = NONE): void {
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
  countRequest(world, service, 'offered');
  const outage = service.outages.length === 0 ? null : outageOf(service);
  if (service.external !== null || service.function !== null) {
    if (outage !== null) return meetOutage(world, span, outage);
    if (service.external !== null) return askExternal(world, span, service.external);
    if (service.function !== null) return invoke(world, span, serviceIndex, service.function);
  }
  const callerReplica = parent === NONE ? undefined : infra.replicas[spans.replica[parent]!];
  const from = callerReplica?.node ?? NONE;
  const writer = takesWrite(world, span, service);
  const replicaIndex = at !== NONE ? at : (writer ?? chooseReplica(infra, service, from, nowUs));
  if (replicaIndex === NONE) return finishSpan(world, span, false);
  const replica = infra.replicas[replicaIndex]!;
  spans.replica[span] = replicaIndex;
  replica.inFlight += 1;
  if (outage !== null) return meetOutage(world, span, outage);
  if (infra.partitions.length > 0 && isCut(infra, from, replica.node)) return waitInVain(world, span, service);
  if (service.warmUp !== null) spans.remainingUs[span] = spans.remainingUs[span]! * coldness(service.warmUp, replicaIndex, nowUs);
  const passUs = callerReplica === undefined ? 0 : passCall(world, span, parent);
  if (passUs === 0) admitSpan(world, span);
  else schedule(world.queue, timeUs(nowUs + Math.abs(passUs)), passUs > 0 ? EventKind.callArrives : EventKind.lostAnswer, span, spans.generation[span]!);
}

function meetOutage(world: World, span: number, mode: Outage['mode']): void {
  if (mode === 'refuse') finishSpan(world, span, false);
  else waitInVain(world, span, world.infra.services[world.infra.spans.service[span]!]!);
}

/** Where a write to a replicated service must go (−1: nobody leads); null for everything else. */
function takesWrite(world: World, span: number, service: Service): number | null {
  const { spans } = world.infra;
  spans.writes[span] = service.replication !== null && nextUnit(service.choiceStream) < service.replication.writeShare ? 1 : 0;
  return service.replication !== null && spans.writes[span] === 1 ? writerOf(world, service.replication) : null;
}

/** Nobody answers: the span ends when its time is out. */
function waitInVain(world: World, span: number, service: Service): void {
  schedule(world.queue, timeUs(world.nowUs + service.timeoutUs), EventKind.lostAnswer, span, world.infra.spans.generation[span]!);
}

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

/** Makes the next calls of the span, as long as they are answered from caches; answers when none is left. */
export function callNext(world: World, span: number): void {
  const { infra } = world;
  const { spans } = infra;
  const service = infra.services[spans.service[span]!]!;
  for (;;) {
    while (spans.callsLeft[span] === 0) {
      const index = (spans.callIndex[span] = spans.callIndex[span]! + 1);
      const call = service.calls[index];
      if (call === undefined) return spans.writes[span] === 1 ? commit(world, span, service) : finishSpan(world, span, publishAll(world, service));
      if (call.group === null) spans.callsLeft[span] = drawCallCount(service, call);
      else if (fanOut(world, span, call.group)) return;
    }
    spans.callsLeft[span] = spans.callsLeft[span]! - 1;
    if (!makeCall(world, span)) return;
  }
}

/** A write is in the leader's log; synchronously it is answered when a follower has it too. */
function commit(world: World, span: number, service: Service): void {
  const { replication } = service;
  const leads = replication !== null && replication.leader === world.infra.spans.replica[span];
  if (replication === null || !leads || !publishAll(world, service)) return finishSpan(world, span, false);
  const confirmedUs = logWrite(world, replication);
  if (!replication.sync) return finishSpan(world, span, true);
  if (confirmedUs === Infinity) return waitInVain(world, span, service);
  schedule(world.queue, timeUs(confirmedUs), EventKind.writeReplicated, span, world.infra.spans.generation[span]!);
}

/** The span has what it called for: a branch tells its parent, a request makes its next call. */
export function goOn(world: World, span: number): void {
  const { spans } = world.infra;
  if (spans.item[span]! >= 0) keepFetched(world, span);
  if (isBranch(spans, span)) endBranch(world, span, true);
  else callNext(world, span);
}

/** False when a queue was full. */
function publishAll(world: World, service: Service): boolean {
  let well = true;
  for (const { queue, whole, fraction } of service.publishes) {
    const count = whole + (fraction > 0 && nextUnit(service.choiceStream) < fraction ? 1 : 0);
    for (let i = 0; i < count; i += 1) well = publish(world, queue) && well;
  }
  return well;
}

/** Ends the span, tells the caller, frees what it held. */
export function finishSpan(world: World, span: number, answered: boolean): void {
  const { infra, nowUs } = world;
  const { spans } = infra;
  const service = infra.services[spans.service[span]!]!;
  const latencyUs = nowUs - spans.startUs[span]!;
  const isTask = spans.role[span] === Role.task;
  const good = answered && (isTask || latencyUs <= service.timeoutUs);
  countRequest(world, service, good ? 'served' : 'failed');
  if (answered) recordLatency(world, service, latencyUs);
  if (spans.item[span]! >= 0) dropFetch(world, span);
  const replicaIndex = spans.replica[span]!;
  if (replicaIndex !== NONE) leaveReplica(world, infra.replicas[replicaIndex]!, answered && service.holdsLane);
  if (spans.instance[span]! >= 0) leaveInstance(world, span);
  const parent = spans.parent[span]!;
  const parentLives = parent !== NONE && spans.generation[parent] === spans.parentGeneration[span];
  if (isTask) endTask(world, span, good);
  else if (parent === NONE) answerClient(world, span, good);
  freeSpan(spans, span);
  if (!parentLives) return;
  giveBackConnection(world, parent);
  if (good) callAnswered(world, parent);
  else callFailed(world, parent);
}

function endTask(world: World, span: number, well: boolean): void {
  const { spans, services } = world.infra;
  const service = services[spans.service[span]!]!;
  const queue = spans.load[span]!;
  const replica = spans.replica[span]!;
  if (queue >= 0) return messageHandled(world, spans.ticket[span]!, spans.originUs[span]!, replica, queue, well);
  const failsOfItself = well && nextUnit(service.choiceStream) < (service.job?.spec.failureShare ?? 0);
  taskEnded(world, spans.service[span]!, replica, well && !failsOfItself);
}

/** Ends a span whose work cannot go on: a failed call, a dead replica. */
export function failSpan(world: World, span: number): void {
  const { infra, nowUs } = world;
  if (isBranch(infra.spans, span)) return endBranch(world, span, false);
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
  leaveWhenStopped(world, replica);
}

function takeNextWaiting(world: World, replica: Replica): void {
  const service = world.infra.services[replica.service]!;
  if (replica.waiting.length > 0 && replica.running.length + replica.heldLanes < service.lanes) runSpan(world, replica.waiting.shift()!);
}

function markDirty(infra: Infra, node: number): void {
  if (node !== NONE && !infra.dirtyNodes.includes(node)) infra.dirtyNodes.push(node);
}
