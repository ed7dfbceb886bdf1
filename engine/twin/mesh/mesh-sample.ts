/** The mesh in a frame: routes to the gateways, links as their receivers see them, overhead of the OGMs. */
import { US_PER_SECOND, type TimeUs } from '@/engine/kernel';
import type { MeshSample } from '@/engine/telemetry';
import { gatewayMetric } from './tables/gateway';
import { JIFFY_US } from './kernel-timer';
import { jiffiesAt } from './mesh-event';
import { nextEdge } from './mesh-path';
import { InterfaceStatus, type MeshState } from './mesh-state';
import { copyBase, metricAt, slotBase } from './tables/originator-tables';

/** What happened in the window that ends now; OGM bytes count from the sample before. */
export function meshSample(mesh: MeshState, sinceUs: TimeUs, nowUs: TimeUs): MeshSample {
  const seconds = (nowUs - sinceUs) / US_PER_SECOND;
  const ogmBytesPerSecond = seconds > 0 ? (mesh.ogmBytes - mesh.sampledBytes) / seconds : 0;
  mesh.sampledBytes = mesh.ogmBytes;
  const sample = { routes: routesOf(mesh), links: linksOf(mesh), ogmBytesPerSecond, routers: routersOf(mesh, nowUs) };
  const { routers, links } = mesh.added;
  return routers.length + links.length === 0 ? sample : { ...sample, added: { routers: [...routers], links: [...links] } };
}

/** Best next hop of every router towards its gateway; a gateway needs none and is left out. */
export const routesOf = (mesh: MeshState): MeshSample['routes'] => mesh.topology.names.flatMap((_, router) => (mesh.routers.isGateway[router] === 1 ? [] : [routeOf(mesh, router)]));

function routeOf(mesh: MeshState, router: number): MeshSample['routes'][number] {
  const { names } = mesh.topology;
  const gateway = mesh.routers.gateway[router]!;
  const edge = gateway < 0 ? -1 : nextEdge(mesh, router, gateway, -1);
  const nextHop = edge < 0 ? null : names[mesh.topology.interfaceRouter[mesh.topology.edgeTo[edge]!]!]!;
  return { router: names[router]!, gateway: gateway < 0 ? null : names[gateway]!, nextHop, tq: nextHop === null ? 0 : asTq(mesh, gatewayMetric(mesh, router, gateway)) };
}

/** Heard of by a neighbour, that is: further away a router is known through its neighbours. */
function routersOf(mesh: MeshState, nowUs: number): NonNullable<MeshSample['routers']> {
  const { topology, tables, routers } = mesh;
  const now = jiffiesAt(mesh, nowUs);
  const latest = new Float64Array(topology.names.length);
  topology.edgeFrom.forEach((from, edge) => {
    const router = topology.interfaceRouter[from]!;
    if (tables.heardAt[edge]! > latest[router]!) latest[router] = tables.heardAt[edge]!;
  });
  return topology.names.map((router, i) => ({ router, up: routers.up[i] === 1, hopPenalty: routers.hopPenalty[i]!, lastSeenSeconds: latest[i] === 0 ? null : ((now - latest[i]!) * JIFFY_US) / US_PER_SECOND }));
}

/** TQ of a direction as its receiver shows it: the average of the sender's own OGMs heard straight. */
export function linkTq(mesh: MeshState, edge: number): number {
  const { tables, topology } = mesh;
  const router = topology.interfaceRouter[topology.edgeTo[edge]!]!;
  const head = copyBase(slotBase(tables, router, topology.edgeSlot[edge]!), tables.degree[router]!, 0);
  return asTq(mesh, metricAt(tables, head, topology.edgeNeighbour[edge]!));
}

/** BATMAN_V has no TQ: 100 Mbit/s and more show as 255. */
const asTq = (mesh: MeshState, metric: number) => (mesh.tables.holds === 'tq' ? metric : Math.min(255, Math.round((metric * 255) / 1_000)));

/** Every direction of every link, as its receiver sees it. */
export function linksOf(mesh: MeshState): MeshSample['links'] {
  const { topology, interfaces, links } = mesh;
  const name = (i: number) => topology.names[topology.interfaceRouter[i]!]!;
  return Array.from(topology.edgeFrom, (from, edge) => {
    const to = topology.edgeTo[edge]!;
    const up = links.cut[edge] === 0 && interfaces.status[from] === InterfaceStatus.active && interfaces.status[to] === InterfaceStatus.active;
    return { from: name(from), to: name(to), up, tq: linkTq(mesh, edge) };
  });
}
