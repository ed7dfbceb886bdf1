/**
 * Draining a node gently: cordon, then evict its pods through the eviction API. What a disruption budget refuses is asked
 * again every 5 s, for as long as it takes; a node that is to be removed goes when the last pod but daemons' has left.
 */
import { schedule, seconds, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { raiseAlarm, type World } from '../../../world';
import { DRAIN_RETRY_SECONDS } from '../../kubernetes';
import { setNodePhase } from '../../node-phase';
import { refusesEviction } from '../pod-life/budget-status';
import { drainReplica } from '../pod-life/stop-replica';
import { reconcileReplicas } from '../rollout/reconcile-replicas';
import { wakePending } from '../scheduling/pending-queue';
import { forgetScheduler } from '../scheduling/world-scheduler';
import { movingReplicas } from './daemons';

export function setCordon(world: World, index: number, cordoned: boolean): void {
  const node = world.infra.nodes[index]!;
  if (!cordoned) node.drain = 'no';
  if (node.cordoned === cordoned) return;
  node.cordoned = cordoned;
  forgetScheduler(world.infra);
  if (!cordoned) wakePending(world);
}

/** `then`: what becomes of the node when it is empty. */
export function drainNode(world: World, index: number, then: 'stay' | 'remove'): void {
  setCordon(world, index, true);
  world.infra.nodes[index]!.drain = then;
  stepDrain(world, index);
}

export function stepDrain(world: World, index: number): void {
  const { infra } = world;
  const node = infra.nodes[index]!;
  if (node.drain === 'no') return;
  const refused = node.phase === 'up' ? evictAll(world, index) : [];
  if (refused.length > 0) raiseOnce(world, index, refused.map((r) => infra.replicas[r]!.name));
  // pods that tolerate a cordon may come back: they are asked to leave again, as kubectl does
  if (movingReplicas(infra, node).length > 0 && node.phase === 'up') return schedule(world.queue, timeUs(world.nowUs + seconds(DRAIN_RETRY_SECONDS)), EventKind.drainStep, index);
  const { drain } = node;
  node.drain = 'no';
  if (drain === 'remove') setNodePhase(world, index, node.group < 0 ? 'removed' : 'absent');
}

/** Pods the budgets keep here for now. */
function evictAll(world: World, index: number): number[] {
  const { infra } = world;
  const refused: number[] = [];
  for (const replicaIndex of movingReplicas(infra, infra.nodes[index]!)) {
    const replica = infra.replicas[replicaIndex]!;
    if (replica.phase === 'draining' || replica.phase === 'gone') continue;
    if (refusesEviction(world, replicaIndex) !== null) refused.push(replicaIndex);
    else {
      drainReplica(world, replicaIndex);
      reconcileReplicas(world, replica.service);
    }
  }
  return refused;
}

function raiseOnce(world: World, index: number, names: readonly string[]): void {
  const subject = world.infra.nodes[index]!.name;
  const detail = `the disruption budget keeps ${names.join(', ')} for now; asked again every ${DRAIN_RETRY_SECONDS} s`;
  const last = world.alarms.findLast((alarm) => alarm.kind === 'drain-waits' && alarm.subject === subject);
  if (last === undefined || last.detail !== detail) raiseAlarm(world, 'drain-waits', subject, detail);
}
