/** The coupling of a checked system, and what happens to it with time and with the fate of nodes. */
import { randomStream, type EventQueue, type TakenEvent, type TimeUs } from '@/engine/kernel';
import type { SystemSpec } from '../../system-spec';
import { compileEdge, handleEdgeEvent, isEdgeEvent, startEdge } from '../edge';
import { handleIdentityEvent, startIdentitySettled } from '../identity';
import { routerIndex, type MeshState } from '../mesh-state';
import { callCounts, type Coupling } from './coupling';
import { compileWorldIdentity, nodeIdentities, reachOf } from './world-identity';
import { siteWay } from './site-way';

export function compileCoupling(system: SystemSpec, mesh: MeshState | null, seed: number): Coupling {
  const indexOf = (name: string) => (mesh === null ? -1 : routerIndex(mesh, name));
  const via = Int32Array.from(system.nodes, (node) => (node.via === undefined ? -1 : indexOf(node.via)));
  const identity = system.identity === undefined ? null : compileWorldIdentity(system.identity, system, seed, indexOf);
  return {
    via,
    isPlain: identity === null && via.every((router) => router < 0),
    identity,
    edge: system.edgeStores === undefined ? null : compileEdge(system.edgeStores, seed, indexOf),
    random: randomStream(seed, 'coupling'),
    raised: new Set(),
    window: callCounts(),
    total: callCounts(),
  };
}

export function startCoupling({ identity, edge }: Coupling, queue: EventQueue, at: TimeUs): void {
  if (identity !== null) startIdentitySettled(identity.state, queue, at);
  if (edge !== null) startEdge(edge, queue, at);
}

/** Lives through one event of kinds 150–199. */
export function handleCouplingEvent({ identity, edge }: Coupling, mesh: MeshState | null, queue: EventQueue, event: TakenEvent): void {
  if (isEdgeEvent(event.kind)) handleEdgeEvent(edge!, queue, event, (router) => ({ there: siteWay(mesh, router, -1), back: siteWay(mesh, -1, router) }));
  else handleIdentityEvent(identity!.state, queue, event, reachOf(mesh));
}

export function nodeCoupling({ identity }: Coupling, queue: EventQueue, node: number, up: boolean, at: TimeUs): void {
  if (identity !== null) nodeIdentities(identity, queue, node, up, at);
}

/** Gives the coupling another future. */
export function reseedCoupling({ random, identity, edge }: Coupling, seed: number): void {
  random.set(randomStream(seed, 'coupling'));
  identity?.state.random.set(randomStream(seed, 'identity'));
  edge?.random.set(randomStream(seed, 'edge'));
}
