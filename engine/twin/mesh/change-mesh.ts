/** Faults and repairs: links go silent, interfaces lose their carrier, routers die and come back. */
import { nextUint32, schedule, type EventQueue, type TimeUs } from '@/engine/kernel';
import { MeshEvent } from './mesh-event';
import { InterfaceStatus, routerIndex, type MeshState } from './mesh-state';
import { emptyQueue } from './batman-iv/ogm-queue';
import { clearTable } from './tables/originator-tables';
import { CUT_PLANNED } from './medium/link-state';
import { freePacket } from './medium/packet-pool';

/** Reasons for which an edge is silent, as bits of `links.cut`. */
const CUT_LINK = 1;
const CUT_FROM = 2;
const CUT_TO = 4;
const CUT_CARRIER = 8;

/** Edges between two routers, both ways. */
export function edgesBetween(mesh: MeshState, a: number, b: number): number[] {
  const { topology } = mesh;
  const joins = (edge: number, from: number, to: number) => topology.interfaceRouter[topology.edgeFrom[edge]!] === from && topology.interfaceRouter[topology.edgeTo[edge]!] === to;
  const found: number[] = [];
  topology.edgeFrom.forEach((_, edge) => {
    if (joins(edge, a, b) || joins(edge, b, a)) found.push(edge);
  });
  return found;
}

/** Cuts a link silently (frames vanish, the carrier stays) or heals it. Returns false when there is no such link. */
export function setMeshLink(mesh: MeshState, _queue: EventQueue, a: string, b: string, up: boolean): boolean {
  const edges = edgesBetween(mesh, routerIndex(mesh, a), routerIndex(mesh, b));
  for (const edge of edges) mesh.links.cut[edge] = up ? mesh.links.cut[edge]! & ~CUT_LINK : mesh.links.cut[edge]! | CUT_LINK;
  return edges.length > 0;
}

/**
 * Takes the interface at a's end of the link to b down, or up again: a notices at once and forgets what it knew
 * by it, b does not look at the carrier. An interface that comes up sends again with its next own OGM.
 */
export function setMeshCarrier(mesh: MeshState, a: string, b: string, up: boolean): boolean {
  const { topology, links, interfaces, routers } = mesh;
  const near = routerIndex(mesh, a);
  const edges = edgesBetween(mesh, near, routerIndex(mesh, b));
  for (const edge of edges) {
    links.cut[edge] = up ? links.cut[edge]! & ~CUT_CARRIER : links.cut[edge]! | CUT_CARRIER;
    const end = topology.edgeFrom[edge]!;
    if (topology.interfaceRouter[end] !== near || routers.up[near] === 0) continue;
    interfaces.status[end] = up ? (mesh.algorithm === 'BATMAN_V' ? InterfaceStatus.active : InterfaceStatus.toBeActivated) : InterfaceStatus.inactive;
    routers.purgeFrom[near] = 0;
  }
  return edges.length > 0;
}

/** The router hears and reaches nobody, but keeps its tables (a jammed radio, a pulled antenna). */
export function silenceMeshRouter(mesh: MeshState, name: string, silent: boolean): boolean {
  const router = routerIndex(mesh, name);
  const { topology, links } = mesh;
  const mark = (edge: number, bit: number) => (links.cut[edge] = silent ? links.cut[edge]! | bit : links.cut[edge]! & ~bit);
  topology.edgeFrom.forEach((from, edge) => {
    if (topology.interfaceRouter[from] === router) mark(edge, CUT_FROM);
    if (topology.interfaceRouter[topology.edgeTo[edge]!] === router) mark(edge, CUT_TO);
  });
  return router >= 0;
}

/** The router loses power and all it knows, or boots with fresh sequence numbers. Returns false when there is no such router. */
export function setMeshRouter(mesh: MeshState, queue: EventQueue, name: string, up: boolean, at: TimeUs): boolean {
  const router = routerIndex(mesh, name);
  if (router < 0) return false;
  if (up) bootRouter(mesh, queue, router, at);
  else stopRouter(mesh, router);
  return true;
}

export const isPlannedRouter = ({ routers }: MeshState, router: number) => routers.planned[router] === 1;
export const isPlannedLink = (mesh: MeshState, a: number, b: number) => edgesBetween(mesh, a, b).some((edge) => mesh.links.planned[edge] === 1);

/** Makes a planned link, or takes it away again. */
export function setPlannedLink(mesh: MeshState, a: number, b: number, there: boolean): void {
  const { links } = mesh;
  for (const edge of edgesBetween(mesh, a, b)) if (links.planned[edge] === 1) links.cut[edge] = there ? links.cut[edge]! & ~CUT_PLANNED : links.cut[edge]! | CUT_PLANNED;
}

/** Switches a planned router on, or takes it away again. */
export function setPlannedRouter(mesh: MeshState, queue: EventQueue, router: number, there: boolean, at: TimeUs): void {
  if (there) bootRouter(mesh, queue, router, at);
  else if (mesh.routers.up[router] === 1) stopRouter(mesh, router);
}

function stopRouter(mesh: MeshState, router: number): void {
  const { routers, interfaces, topology } = mesh;
  routers.up[router] = 0;
  routers.life[router] = routers.life[router]! + 1;
  routers.gateway[router] = -1;
  routers.reselect[router] = 0;
  routers.purgeFrom[router] = 0;
  for (let i = topology.interfaceStart[router]!; i < topology.interfaceStart[router + 1]!; i += 1) interfaces.status[i] = InterfaceStatus.inactive;
  emptyQueue(mesh, router);
  clearTable(topology, mesh.tables, router);
  clearV(mesh, router);
  for (const place of [...mesh.tablesAsked.keys()]) if (Math.floor(place / topology.names.length) === router) mesh.tablesAsked.delete(place);
  for (const counter of Object.values(mesh.counters)) counter[router] = 0;
}

function clearV({ topology, v, packets }: MeshState, router: number): void {
  v.isSending[router] = 0;
  for (let i = topology.inStart[router]!; i < topology.inStart[router + 1]!; i += 1) {
    v.isNeighbour[topology.inEdges[i]!] = 0;
    v.average[topology.inEdges[i]!] = 0;
  }
  for (let i = topology.interfaceStart[router]!; i < topology.interfaceStart[router + 1]!; i += 1) {
    if (v.collecting[i]! >= 0) freePacket(packets, v.collecting[i]!);
    v.collecting[i] = -1;
  }
}

function bootRouter(mesh: MeshState, queue: EventQueue, router: number, at: TimeUs): void {
  const { routers, interfaces, topology } = mesh;
  if (routers.up[router] === 1) return;
  for (let i = topology.interfaceStart[router]!; i < topology.interfaceStart[router + 1]!; i += 1) {
    interfaces.sequence[i] = nextUint32(mesh.timerRandom);
    mesh.v.nextElp[i] = nextUint32(mesh.timerRandom);
  }
  mesh.v.nextOgm[router] = nextUint32(mesh.timerRandom);
  schedule(queue, at, MeshEvent.start, router, routers.life[router]!);
}
