/** The replica set of a service: as many pods as are wanted. A rollout keeps two of them and moves from one to the other. */
import type { World } from '../../../world';
import type { Infra, Replica, Service } from '../../infra';
import { podState } from '../state/pod-state';
import { placeReplica } from '../pod-life/place-replica';
import { drainReplica } from '../pod-life/stop-replica';
import { stepRollOut } from './roll-out';

/** Brings the pods to what is wanted: new ones start, surplus ones stop. */
export function reconcileReplicas(world: World, index: number): void {
  const service = world.infra.services[index]!;
  if (service.rules.rolling) return stepRollOut(world, index);
  for (let have = activeReplicas(world.infra, service).length; have < service.wantedReplicas; have += 1) addReplica(world, index);
  removeSurplus(world, activeReplicas(world.infra, service), service.wantedReplicas);
}

/** Pods that are asked to stop are no longer counted; those on a dead node are, until they are evicted. */
export const activeReplicas = ({ replicas }: Infra, service: Service) => service.replicas.filter((r) => replicas[r]!.phase !== 'draining' && replicas[r]!.phase !== 'gone');

/** Stops pods of the set until `keep` are left. */
export function removeSurplus(world: World, set: readonly number[], keep: number): void {
  let left = [...set];
  while (left.length > keep) {
    const goes = firstToGo(world.infra, left);
    left = left.filter((index) => index !== goes);
    drainReplica(world, goes);
  }
}

const RANK: Readonly<Record<Replica['phase'], number>> = { pending: 0, lost: 1, starting: 1, ready: 2, draining: 3, gone: 3 };

/** As a ReplicaSet chooses: without a node first, then not ready, then where most of its kind are together, then the one ready for the shortest time, then the youngest. */
function firstToGo({ replicas }: Infra, set: readonly number[]): number {
  const together = new Map<number, number>();
  for (const index of set) together.set(replicas[index]!.node, (together.get(replicas[index]!.node) ?? 0) + 1);
  const order = (x: number, y: number) => {
    const [a, b] = [replicas[x]!, replicas[y]!];
    return RANK[a.phase] - RANK[b.phase] || together.get(b.node)! - together.get(a.node)! || b.readySinceUs - a.readySinceUs || y - x;
  };
  return set.reduce((best, index) => (order(index, best) < 0 ? index : best));
}

/** A pod of the service's present revision; it looks for a node at once. */
export const addReplica = (world: World, serviceIndex: number): void => void placeReplica(world, makeReplica(world, serviceIndex));

/** The same without a node. */
export function makeReplica(world: World, serviceIndex: number): number {
  const { infra, nowUs } = world;
  const service = infra.services[serviceIndex]!;
  const { cpuRequest, memoryRequestBytes, revision } = service.rules;
  const index = infra.replicas.length;
  infra.replicas.push({
    name: `${service.name}-${service.nextOrdinal++}`,
    service: serviceIndex,
    node: -1,
    phase: 'pending',
    life: 0,
    running: [],
    waiting: [],
    heldLanes: 0,
    inFlight: 0,
    budgetUs: 0,
    periodEndsUs: 0,
    throttled: false,
    periods: 0,
    throttledPeriods: 0,
    ratePerLane: 1,
    usedCoreUs: 0,
    memoryBytes: 0,
    ...podState(index, cpuRequest, memoryRequestBytes, revision, nowUs),
  });
  service.replicas.push(index);
  return index;
}
