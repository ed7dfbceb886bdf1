/**
 * How pods end. Asked to stop, a pod leaves the endpoints and gets SIGTERM (after its preStop) at the same time, by two
 * parts that do not wait for each other: until the last proxy knows, requests still come, and a process that has stopped
 * accepting refuses them. What it has begun it finishes, until its grace is over. Its room is free when it is gone.
 */
import { schedule, seconds, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import type { Replica } from '../../infra';
import { progressNode } from '../../node-cpu';
import { failSpan } from '../../request';
import { forgetProcess } from '../../traffic/process-life';
import { leavePending, wakePending } from '../scheduling/pending-queue';
import { forgetPod, notePodStopping } from '../scheduling/world-scheduler';

const PRE_STOP_EXTRA_US = seconds(2); // granted once to a preStop that overruns

/** Takes no new requests, finishes those it has, goes. */
export function drainReplica(world: World, index: number): void {
  const { infra, nowUs, queue } = world;
  const replica = infra.replicas[index]!;
  if (replica.phase === 'draining' || replica.phase === 'gone') return;
  const served = replica.phase === 'ready';
  if (replica.phase === 'pending' || infra.nodes[replica.node]!.phase !== 'up') return removeReplica(world, index);
  const { graceUs, preStopUs } = infra.services[replica.service]!.rules;
  replica.phase = 'draining';
  replica.life += 1;
  replica.listedUntilUs = served ? nowUs + infra.cluster.settings.endpointRemovalUs : nowUs;
  replica.acceptsUntilUs = served ? nowUs + Math.min(preStopUs, graceUs) : nowUs;
  notePodStopping(infra, index);
  leaveWhenStopped(world, replica);
  if (isGone(replica)) return;
  if (stopsUs(replica) > nowUs) schedule(queue, timeUs(stopsUs(replica)), EventKind.replicaStops, index, replica.life);
  schedule(queue, timeUs(nowUs + graceUs + (preStopUs >= graceUs ? PRE_STOP_EXTRA_US : 0)), EventKind.replicaKilled, index, replica.life);
}

const isGone = ({ phase }: Replica) => phase === 'gone';
const stopsUs = ({ listedUntilUs, acceptsUntilUs }: Replica) => Math.max(listedUntilUs, acceptsUntilUs);

/** A draining replica goes when its last request has been answered and no proxy knows it any more. */
export function leaveWhenStopped(world: World, replica: Replica): void {
  if (replica.phase === 'draining' && replica.inFlight === 0 && world.nowUs >= stopsUs(replica)) removeReplica(world, replica.index);
}

/** Whether a balancer may send it a request, and whether it would take one. */
export const isListed = ({ phase, unready, listedUntilUs }: Replica, nowUs: number) => (phase === 'ready' && !unready) || phase === 'lost' || (phase === 'draining' && nowUs < listedUntilUs);
export const acceptsRequests = ({ phase, acceptsUntilUs }: Replica, nowUs: number) => phase === 'ready' || (phase === 'draining' && nowUs <= acceptsUntilUs);

/** Its grace is over: what is left of its requests fails. */
export function killDraining(world: World, index: number): void {
  killProcess(world, index);
  removeReplica(world, index);
}

/** The replica is no more; its room, and its name in every list, are free. */
export function removeReplica(world: World, index: number): void {
  const { infra, nowUs, queue } = world;
  const replica = infra.replicas[index]!;
  if (replica.inFlight > 0) killProcess(world, index);
  else forgetProcess(world, index);
  const service = infra.services[replica.service]!;
  forgetPod(infra, index);
  leavePending(world, index);
  replica.phase = 'gone';
  replica.life += 1;
  replica.nominated = -1;
  service.replicas = service.replicas.filter((r) => r !== index);
  const node = infra.nodes[replica.node];
  if (node !== undefined) {
    node.replicas = node.replicas.filter((r) => r !== index);
    node.changedUs = nowUs;
    if (node.drain !== 'no' && node.replicas.length === 0) schedule(queue, nowUs, EventKind.drainStep, replica.node);
    wakePending(world);
  }
  if (service.rules.rolling) schedule(queue, nowUs, EventKind.rollOutStep, replica.service);
}

/** The process dies: its requests fail at once. The pod stays on its node. */
export function killProcess(world: World, index: number): void {
  const { infra } = world;
  const replica = infra.replicas[index]!;
  replica.life += 1;
  replica.phase = 'starting'; // not listed any more while its requests fail
  const node = infra.nodes[replica.node];
  if (node !== undefined) progressNode(infra, node, world.nowUs);
  failRequestsOf(world, index);
  forgetProcess(world, index);
  replica.heldLanes = 0;
  replica.inFlight = 0;
  replica.throttled = false;
}

function failRequestsOf(world: World, index: number): void {
  const { spans } = world.infra;
  const held: number[] = [];
  const free = new Set(spans.free.subarray(0, spans.freeCount));
  for (let span = 0; span < spans.size; span += 1) if (spans.replica[span] === index && !free.has(span)) held.push(span);
  const generations = held.map((span) => spans.generation[span]);
  const { waiting } = world.infra.replicas[index]!;
  waiting.length = 0; // so that a freed lane starts none of them
  held.forEach((span, i) => {
    if (spans.generation[span] === generations[i]) failSpan(world, span);
  });
}
