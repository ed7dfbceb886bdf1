/** A request ends: it is counted, frees what it held, and tells who waits for it. A failure anywhere fails every caller above it. */
import { nextUnit } from '@/engine/kernel';
import type { World } from '../../world';
import { leaveWhenStopped } from '../control-plane/pod-life/stop-replica';
import type { Replica } from '../infra';
import { progressNode } from '../node-cpu';
import { freeSpan } from '../spans';
import { dropFetch } from '../traffic/cache/look-up';
import { answerClient, countRequest, recordLatency } from '../traffic/count-requests';
import { endBranch, isBranch, Role } from '../traffic/fan-out/branch';
import { taskEnded } from '../traffic/job/job';
import { callAnswered, callFailed, giveBackConnection } from '../traffic/make-call';
import { leaveInstance } from '../traffic/off-node/invoke';
import { messageHandled } from '../traffic/queue/deliver';
import { markDirty, takeNextWaiting } from './work';

const NONE = -1;

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
