/** Replicas come and go: the door to their life for everybody who starts, stops or loses them. */
import { schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../event-kind';
import type { World } from '../world';
import { placeReplica } from './control-plane/pod-life/place-replica';
import { startContainer } from './control-plane/pod-life/start-container';
import { killProcess, removeReplica } from './control-plane/pod-life/stop-replica';
import { reconcileReplicas } from './control-plane/rollout/reconcile-replicas';

export { crashReplica } from './control-plane/pod-life/start-container';
export { drainReplica, killProcess as killReplica } from './control-plane/pod-life/stop-replica';

/** Brings the number of wanted replicas to `wanted`: new ones start, surplus ones drain. */
export function setWantedReplicas(world: World, serviceIndex: number, wanted: number): void {
  world.infra.services[serviceIndex]!.wantedReplicas = wanted;
  reconcileReplicas(world, serviceIndex);
}

/** Starts it where it is, or looks for a node first; false when there is none and it waits. */
export function startReplica(world: World, index: number): boolean {
  if (world.infra.replicas[index]!.node < 0) return placeReplica(world, index);
  startContainer(world, index);
  return true;
}

/** The node is lost with everything on it; the control plane notices later, and later still replicas start elsewhere. */
export function loseNode(world: World, nodeIndex: number, goneAfterUs: number | null = null): void {
  const { infra, nowUs } = world;
  const paced = infra.cluster.settings.pacesEvictions === true; // then the taint of the node begins their time
  for (const index of [...infra.nodes[nodeIndex]!.replicas]) {
    const replica = infra.replicas[index]!;
    const wasListed = replica.phase === 'ready' && !replica.unready;
    const wasDraining = replica.phase === 'draining';
    killProcess(world, index);
    if (wasDraining) {
      removeReplica(world, index);
      continue;
    }
    replica.phase = wasListed ? 'lost' : 'starting';
    const { notReadyUs } = infra.services[replica.service]!.rules;
    const evictUs = goneAfterUs ?? (paced ? Infinity : notReadyUs === null ? infra.rescheduleUs : infra.endpointUs + notReadyUs);
    schedule(world.queue, timeUs(nowUs + Math.min(infra.endpointUs, evictUs)), EventKind.replicaEndpointGone, index, replica.life);
    if (evictUs < Infinity) schedule(world.queue, timeUs(nowUs + evictUs), EventKind.replicaReschedule, index, replica.life);
  }
}

/** Its node was given up: the pod is no more, and its service makes another. */
export function moveReplica(world: World, index: number): void {
  const { service } = world.infra.replicas[index]!;
  removeReplica(world, index);
  reconcileReplicas(world, service);
}
