/** Events of the control plane, by kind. */
import type { TakenEvent } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import { raiseAlarm, type World } from '../../world';
import { loseReady } from '../node-phase';
import { moveReplica } from '../replicas';
import { syncHpa } from './autoscaling/hpa-loop';
import { nodeBooted } from './autoscaling/order-nodes';
import { scrape } from './autoscaling/scrape';
import { scanNodes } from './autoscaling/start-autoscaling';
import { syncVpa } from './autoscaling/vpa-loop';
import { stepDrain } from './node-life/drain-node';
import { hasBorneEnough, takeEvictionTurn } from './node-life/evict-unreachable';
import { probeLiveness, probeReadiness } from './node-life/probes';
import { reclaimSpot } from './node-life/spot-reclaim';
import { enforceMemoryLimit } from './pod-life/memory-limit';
import { schedulingPass } from './pod-life/place-replica';
import { crashReplica } from './pod-life/start-container';
import { killDraining, leaveWhenStopped } from './pod-life/stop-replica';
import { rollOutDeadline, stepRollOut } from './rollout/roll-out';

export function handleClusterEvent(world: World, { kind, subject, detail }: TakenEvent): void {
  switch (kind) {
    case EventKind.schedulingPass:
      return schedulingPass(world, detail);
    case EventKind.drainStep:
      return stepDrain(world, subject);
    case EventKind.rollOutStep:
      return stepRollOut(world, subject);
    case EventKind.rollOutDeadline:
      return rollOutDeadline(world, subject, detail);
    case EventKind.scrape:
      return scrape(world);
    case EventKind.hpaSync:
      return syncHpa(world, subject);
    case EventKind.vpaSync:
      return syncVpa(world, subject);
    case EventKind.nodeScan:
      return scanNodes(world);
    case EventKind.nodeBooted:
      return nodeBooted(world, subject, detail);
    case EventKind.spotReclaimed:
      return reclaimSpot(world, subject, detail);
    case EventKind.evictionTurn:
      return takeEvictionTurn(world);
    case EventKind.nodeNotReady:
      return loseReady(world, subject, detail);
    default:
      return ofReplica(world, kind, subject, detail);
  }
}

function ofReplica(world: World, kind: number, index: number, life: number): void {
  const replica = world.infra.replicas[index]!;
  if (replica.life !== life) return;
  switch (kind) {
    case EventKind.replicaStops:
      return leaveWhenStopped(world, replica);
    case EventKind.replicaKilled:
      return killDraining(world, index);
    case EventKind.replicaCrash:
      raiseAlarm(world, 'liveness-restart', replica.name, 'it was not up before its probe gave up');
      crashReplica(world, index);
      return;
    case EventKind.outOfMemory:
      return enforceMemoryLimit(world, index);
    case EventKind.readinessProbe:
      return probeReadiness(world, index);
    case EventKind.livenessProbe:
      return probeLiveness(world, index);
    case EventKind.tolerationEnds:
      if (hasBorneEnough(world, index)) moveReplica(world, index);
  }
}
