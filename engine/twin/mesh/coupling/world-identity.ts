/** Identities of a running world: an SVID per node and service, kept by the node's agent, and the connections made with them. */
import type { EventQueue, TimeUs } from '@/engine/kernel';
import { compileIdentity, forgetSvid, handshakeCost, renewSvid, setIdentityServer, type HandshakeCost, type IdentitySpec, type IdentityState, type Reach } from '../identity';
import type { MeshState } from '../mesh-state';
import { siteWay } from './site-way';
import type { WorldIdentitySpec } from './world-identity-spec';

export type WorldIdentity = {
  readonly state: IdentityState;
  readonly nodes: number;
  /** `service · nodes + node` → workload, −1 where the service cannot run or speaks no TLS. */
  readonly workloadAt: Int32Array;
  /** Nodes by workload and, −1 for none, by server. */
  readonly nodeOf: Int32Array;
  readonly serverNode: Int32Array;
  readonly cost: HandshakeCost;
  readonly connectionUs: number;
  /** `client · workloads + server` → when the connection is closed. */
  readonly connections: Map<number, number>;
};

/** nginx closes a kept connection after an hour (keepalive_time). */
const CONNECTION_SECONDS = 3_600;
export const WORKLOADS_MAX = 200_000;

type Shape = { readonly nodes: readonly { readonly name: string; readonly via?: string; readonly clockSkewSeconds?: number }[]; readonly services: readonly { readonly name: string; readonly nodes?: readonly string[] }[] };

/** The identity of a checked system; SPIFFE IDs are spiffe://TRUST-DOMAIN/ns/default/sa/SERVICE. */
export function identityOfSystem(spec: WorldIdentitySpec, { nodes, services }: Shape): IdentitySpec {
  const { keyExchange: _exchange, connectionSeconds: _connection, services: named, ...rest } = spec;
  const secured = services.filter((service) => named === undefined || named.includes(service.name));
  return {
    ...rest,
    entries: secured.map(({ name }) => ({ spiffeId: `spiffe://${spec.trustDomain}/ns/default/sa/${name}`, selectors: [`k8s:sa:${name}`] })),
    workloads: secured.flatMap((service) =>
      nodes
        .filter((node) => service.nodes === undefined || service.nodes.includes(node.name))
        .map((node) => ({ name: `${service.name}@${node.name}`, selectors: [`k8s:sa:${service.name}`], service: service.name, node: node.name, router: node.via, clockSkewSeconds: node.clockSkewSeconds, startSeconds: 0 })),
    ),
  };
}

export function compileWorldIdentity(spec: WorldIdentitySpec, system: Shape, seed: number, routerIndex: (name: string) => number): WorldIdentity {
  const state = compileIdentity(identityOfSystem(spec, system), seed, routerIndex);
  const nodes = system.nodes.length;
  const nodeIndex = new Map(system.nodes.map((node, i) => [node.name, i]));
  const serviceIndex = new Map(system.services.map((service, i) => [service.name, i]));
  const workloadAt = new Int32Array(nodes * system.services.length).fill(-1);
  state.spec.workloads.forEach(({ service, node }, workload) => (workloadAt[serviceIndex.get(service!)! * nodes + nodeIndex.get(node!)!] = workload));
  return {
    state,
    nodes,
    workloadAt,
    nodeOf: Int32Array.from(state.spec.workloads, ({ node }) => nodeIndex.get(node!)!),
    serverNode: Int32Array.from(spec.servers, ({ node }) => (node === undefined ? -1 : nodeIndex.get(node)!)),
    cost: handshakeCost(spec.signature ?? 'ecdsa-p256', spec.keyExchange ?? 'x25519'),
    connectionUs: (spec.connectionSeconds ?? CONNECTION_SECONDS) * 1_000_000,
    connections: new Map(),
  };
}

/** Agents behind a router reach the servers, which are at the gateways' side, over the mesh and back. */
export const reachOf = (mesh: MeshState | null): Reach => ({ canReach: (router) => siteWay(mesh, router, -1).reachable && siteWay(mesh, -1, router).reachable });

/** A node's agent and servers die with it; agents that come back have no SVID and ask at once. */
export function nodeIdentities({ state, nodeOf, serverNode, connections }: WorldIdentity, queue: EventQueue, node: number, up: boolean, at: TimeUs): void {
  const { spec } = state;
  serverNode.forEach((home, server) => home === node && setIdentityServer(state, spec.servers[server]!.name, up));
  nodeOf.forEach((home, workload) => {
    if (home !== node) return;
    forgetSvid(state, workload);
    if (up) renewSvid(state, queue, workload, at);
  });
  if (up) return;
  for (const key of [...connections.keys()]) if (nodeOf[Math.floor(key / nodeOf.length)] === node || nodeOf[key % nodeOf.length] === node) connections.delete(key);
}
