/**
 * Time goes on, one event at a time. Slices are counted in events, never in milliseconds, so where a
 * shell stops to breathe cannot change the outcome.
 */
import { invariant, schedule, takenEvent, takeEvent, nextEventAt, type TakenEvent, type TimeUs } from '@/engine/kernel';
import { applyCommand } from './apply-command';
import { setFault } from './apply-fault';
import { CLUSTER_EVENTS, COUPLING_EVENT_BASE, EventKind, MESH_EVENT_BASE } from './event-kind';
import { crash } from './infra/availability/crash-loop';
import { leaseTurn, promoted } from './infra/availability/replication/lead';
import { restored } from './infra/availability/restore/backup';
import { stepFlow } from './infra/flow/step-flow';
import { arrive, arriveUser, enterFromMesh } from './infra/loads';
import { finishedSpans, progressNode, shareNode } from './infra/node-cpu';
import { admitSpan, afterCpu, finishCpu, finishSpan, goOn } from './infra/request';
import { moveReplica } from './infra/replicas';
import { addLeg } from './infra/traffic/fan-out/branch';
import { jobDeadline, keepPods, startJob } from './infra/traffic/job/job';
import { attemptCall, callTimesOut, poolTimesOut, sendCall } from './infra/traffic/make-call';
import { stepInstance } from './infra/traffic/off-node/invoke';
import { processReady } from './infra/traffic/process-life';
import { deliver, visibilityEnds } from './infra/traffic/queue/deliver';
import { SAMPLE_US, sampleWorld } from './infra/sampler';
import { handleClusterEvent } from './infra/control-plane/handle-cluster-event';
import { startProbing } from './infra/control-plane/node-life/probes';
import { handleCouplingEvent, handleMeshEvent } from './mesh';
import { raiseAlarm, type World } from './world';

/**
 * Takes events up to and including `untilUs`, at most `eventsMax` of them. Returns true when `untilUs` is
 * reached (the clock then stands there), false when the slice was used up first.
 */
export function advanceWorld(world: World, untilUs: TimeUs, eventsMax = Infinity): boolean {
  invariant(untilUs >= world.nowUs, 'time only goes forward');
  const event = takenEvent();
  for (let taken = 0; nextEventAt(world.queue) <= untilUs; taken += 1) {
    if (taken >= eventsMax) return false;
    takeEvent(world.queue, event);
    world.nowUs = event.at;
    world.events += 1;
    if (event.kind >= COUPLING_EVENT_BASE) handleCouplingEvent(world.coupling, world.mesh, world.queue, event);
    else if (event.kind >= MESH_EVENT_BASE) handleMeshEvent(world.mesh!, world.queue, event);
    else if (event.kind >= CLUSTER_EVENTS.first && event.kind <= CLUSTER_EVENTS.last) handleClusterEvent(world, event);
    else happen(world, event);
    shareDirtyNodes(world);
  }
  world.nowUs = untilUs;
  return true;
}

/** What a command changed outside an event takes effect here; also called by the shell after a command. */
export function shareDirtyNodes(world: World): void {
  const { dirtyNodes } = world.infra;
  while (dirtyNodes.length > 0) shareNode(world, dirtyNodes.pop()!);
}

function happen(world: World, { kind, subject, detail }: TakenEvent): void {
  const { infra } = world;
  switch (kind) {
    case EventKind.arrival:
      if (infra.loads[subject]!.version === detail) arrive(world, subject);
      return;
    case EventKind.enter:
      return enterFromMesh(world, subject, detail);
    case EventKind.nodeStep:
      if (infra.nodes[subject]!.stepVersion === detail) stepNode(world, subject);
      return;
    case EventKind.waitDone:
      if (infra.spans.generation[subject] === detail) goOn(world, subject);
      return;
    case EventKind.callArrives:
      if (infra.spans.generation[subject] === detail) admitSpan(world, subject);
      return;
    case EventKind.callTimesOut:
      if (infra.spans.generation[subject] === detail) callTimesOut(world, subject);
      return;
    case EventKind.callAgain:
      if (infra.spans.generation[subject] === detail) attemptCall(world, subject);
      return;
    case EventKind.lostAnswer:
      if (infra.spans.generation[subject] === detail) finishSpan(world, subject, false);
      return;
    case EventKind.externalDone:
      if (infra.spans.generation[subject] === detail) afterCpu(world, subject);
      return;
    case EventKind.connectionFree:
      if (infra.spans.generation[subject] === detail) sendCall(world, subject);
      return;
    case EventKind.userAsks:
      return arriveUser(world, subject);
    case EventKind.poolTimesOut:
      return poolTimesOut(world, subject, detail);
    case EventKind.hedge:
      return addLeg(world, subject, detail);
    case EventKind.instanceStep:
      return stepInstance(world, subject, detail);
    case EventKind.deliver:
      return deliver(world, subject);
    case EventKind.visibilityEnds:
      return visibilityEnds(world, subject, detail);
    case EventKind.jobStarts:
      return startJob(world, subject);
    case EventKind.jobPods:
      return keepPods(world, subject);
    case EventKind.jobDeadline:
      return jobDeadline(world, subject, detail);
    case EventKind.leaseTurn:
      return leaseTurn(world, subject, detail);
    case EventKind.writeReplicated:
      if (infra.spans.generation[subject] === detail) finishSpan(world, subject, true);
      return;
    case EventKind.promoted:
      return promoted(world, subject, detail);
    case EventKind.restored:
      return restored(world, subject);
    case EventKind.flowStep:
      return stepFlow(world);
    case EventKind.replicaCrashes:
      return crash(world, subject, detail);
    case EventKind.replicaReady:
    case EventKind.replicaEndpointGone:
    case EventKind.replicaReschedule:
      return changeReplica(world, kind, subject, detail);
    case EventKind.faultStart:
    case EventKind.faultEnd:
      return setFault(world, world.faults[subject]!, kind === EventKind.faultStart);
    case EventKind.action:
      return act(world, subject);
    case EventKind.sample:
      sampleWorld(world);
      return schedule(world.queue, (world.nowUs + SAMPLE_US) as TimeUs, EventKind.sample, 0);
    default:
      invariant(false, `unknown event kind ${kind}`);
  }
}

function stepNode(world: World, index: number): void {
  const node = world.infra.nodes[index]!;
  progressNode(world.infra, node, world.nowUs);
  for (const span of finishedSpans(world.infra, node)) finishCpu(world, span);
  if (!world.infra.dirtyNodes.includes(index)) world.infra.dirtyNodes.push(index);
}

function changeReplica(world: World, kind: number, index: number, life: number): void {
  const replica = world.infra.replicas[index]!;
  if (replica.life !== life) return;
  if (kind === EventKind.replicaReady) becomeReady(world, index);
  else if (kind === EventKind.replicaEndpointGone) replica.phase = 'starting';
  else moveReplica(world, index);
}

function becomeReady(world: World, index: number): void {
  const replica = world.infra.replicas[index]!;
  replica.phase = 'ready';
  replica.readySinceUs = world.nowUs;
  startProbing(world, index);
  processReady(world, index);
  if (world.infra.services[replica.service]!.rules.rolling) schedule(world.queue, world.nowUs, EventKind.rollOutStep, replica.service);
}

function act(world: World, index: number): void {
  const { command } = world.actions[index]!;
  const result = applyCommand(world, command);
  if (!result.ok) raiseAlarm(world, 'command-refused', command.kind, JSON.stringify(result.error));
}
