/**
 * The way a frame takes now: hop by hop along what each router believes, not along the best of all routes.
 * A relaying router asks the table of the interface the frame came in by, as the kernel does.
 */
import { PPM } from '@/engine/kernel';
import { OGM_TTL } from './constants';
import { InterfaceStatus, routerIndex, type MeshState } from './mesh-state';
import { copyBase, copyOf, knowsTable, routeAt, slotBase } from './tables/originator-tables';

export type MeshPath = {
  /** Whether frames get through at all: false without a route, in a loop, or over a dead link. */
  readonly reachable: boolean;
  /** Share of frames that arrive, in parts per million. */
  readonly deliveryPpm: number;
  readonly delayUs: number;
  /** Routers in order, the first and the last included. */
  readonly hops: readonly string[];
};

/** The edge on which `router` sends frames for `target` that came in by `into` (−1: its own); −1 without a route. */
export function nextEdge(mesh: MeshState, router: number, target: number, into: number): number {
  const { tables, topology } = mesh;
  const copy = into < 0 ? 0 : copyOf(topology, tables, router, into);
  const route = routeAt(tables.words, copyBase(slotBase(tables, router, target), tables.degree[router]!, copy));
  return route < 0 ? -1 : topology.edgeBack[topology.inEdges[topology.inStart[router]! + route]!]!;
}

/** From a router to a gateway (the one it selected when none is named). */
export function meshPath(mesh: MeshState, fromRouter: string, toGateway?: string): MeshPath {
  const from = routerIndex(mesh, fromRouter);
  const target = toGateway !== undefined ? routerIndex(mesh, toGateway) : from >= 0 && mesh.routers.isGateway[from] === 1 ? from : (mesh.routers.gateway[from] ?? -1);
  if (from < 0 || target < 0 || mesh.routers.up[from] === 0 || !sendsTo(mesh, from, target)) return { reachable: false, deliveryPpm: 0, delayUs: 0, hops: [fromRouter] };
  return routePath(mesh, from, target);
}

/** Whether a router knows another's translation table, without which it sends nothing there. */
export function sendsTo({ tables }: MeshState, router: number, target: number): boolean {
  return router === target || knowsTable(tables.words, copyBase(slotBase(tables, router, target), tables.degree[router]!, 0));
}

/** Frames are addressed to a router's primary interface, and while that is down the router takes none for its own, by whatever interface they come (batadv_is_my_mac). */
export const acceptsFrames = ({ topology, interfaces }: MeshState, router: number) => interfaces.status[topology.interfaceStart[router]!] === InterfaceStatus.active;

/** Unicast frames are sent again by the link itself, a few times. */
function lostEveryTime(loss: number, tries: number): number {
  let lost = loss;
  for (let i = 1; i < tries; i += 1) lost *= loss;
  return lost;
}

/** The way along the routes alone, by router numbers; it may end before `target` where `isEnd` says so. */
export function routePath(mesh: MeshState, from: number, target: number, isEnd: (router: number) => boolean = (router) => router === target): MeshPath {
  const { topology, links } = mesh;
  const hops = [topology.names[from]!];
  let delivery = 1;
  let delayUs = 0;
  let router = from;
  let into = -1;
  for (let ttl = OGM_TTL; router === from ? from !== target : !isEnd(router); ttl -= 1) {
    const edge = ttl > 0 ? nextEdge(mesh, router, target, into) : -1;
    if (edge < 0) return { reachable: false, deliveryPpm: 0, delayUs, hops };
    into = topology.edgeTo[edge]!;
    router = topology.interfaceRouter[into]!;
    hops.push(topology.names[router]!);
    const alive = links.cut[edge] === 0 && mesh.interfaces.status[into] === InterfaceStatus.active;
    delivery *= alive ? 1 - lostEveryTime(links.loss[edge]!, mesh.unicastTries) : 0;
    delayUs += links.delayUs[edge]!;
    if (!alive) break;
  }
  if (router === target && !acceptsFrames(mesh, target)) delivery = 0;
  const deliveryPpm = router === target || isEnd(router) ? Math.round(delivery * PPM) : 0;
  return { reachable: deliveryPpm > 0, deliveryPpm, delayUs, hops };
}
