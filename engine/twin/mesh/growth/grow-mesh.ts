/**
 * A running mesh gets routers and links that nobody planned. Interfaces, edges and the rows of every table are numbered
 * by the topology, so a mesh of the new topology is compiled and all that the old one holds moves into it: tables, timers,
 * packets in the air. Whoever does not hear of the newcomer lives on bit for bit as if nothing had happened
 * (grow-mesh.property.test.ts); the new parts wait, as planned ones do, until they are switched on.
 */
import { nextUint32, schedule, type EventQueue, type TimeUs } from '@/engine/kernel';
import { compileMesh } from '../compile-mesh';
import { MeshEvent } from '../mesh-event';
import type { MeshLinkSpec, MeshRouterSpec, MeshSpec } from '../mesh-spec';
import type { MeshState } from '../mesh-state';
import { moveEvents } from './move-events';
import { movePackets } from './move-packets';
import { moveTables } from './move-tables';
import { renumber, type Renumbered } from './renumber';

export type MeshAddition = { readonly routers: readonly MeshRouterSpec[]; readonly links: readonly MeshLinkSpec[] };

/** Names must have been checked: new routers are unknown, links join known or new ones. New interfaces of routers that run join at once. */
export function growMesh(mesh: MeshState, queue: EventQueue, { routers, links }: MeshAddition, at: TimeUs): void {
  const old = { ...mesh };
  const planned = { routers: routers.map((router) => ({ ...router, planned: true })), links: links.map((link) => ({ ...link, planned: true })) };
  const grown = compileMesh(specOf(mesh, planned), 0, { merged: isMerged(mesh) });
  const numbers = renumber(mesh.topology, grown.topology);
  movePerRouter(old, grown);
  movePerInterface(old, grown, numbers);
  movePerEdge(old, grown, numbers);
  moveTables(old, grown, numbers);
  moveClients(old, grown);
  moveEvents(queue, old, grown.topology, numbers);
  movePackets(mesh.packets, mesh.algorithm, numbers);
  const { links: linkState, routers: routerState, interfaces, tables, v, clients, topology, counters } = grown;
  Object.assign(mesh, { topology, links: linkState, routers: routerState, interfaces, tables, v, clients, counters, tablesAsked: rekeyed(mesh, topology.names.length) });
  mesh.added.routers.push(...planned.routers);
  mesh.added.links.push(...planned.links);
  joinNewInterfaces(mesh, queue, old, numbers, at);
}

/** What the mesh was compiled from, as far as its shape goes; everything else is moved over. New routers are set up as the first one is. */
function specOf({ topology, medium, algorithm, routers, v }: MeshState, addition: MeshAddition): MeshSpec {
  const name = (interfaceNumber: number) => topology.names[topology.interfaceRouter[interfaceNumber]!]!;
  const links: MeshLinkSpec[] = [];
  topology.edgeLink.forEach((link, edge) => {
    if (link >= 0) links[link] = { a: name(topology.edgeFrom[edge]!), b: name(topology.edgeTo[edge]!) };
  });
  return { medium, algorithm, ogmIntervalMs: routers.ogmIntervalMs[0], hopPenalty: routers.hopPenalty[0], elpIntervalMs: v.elpIntervalMs[0], routers: [...topology.names.map((router) => ({ name: router })), ...addition.routers], links: [...links, ...addition.links] };
}

const isMerged = ({ topology, tables }: MeshState) => topology.names.some((_, router) => topology.interfaceStart[router + 1]! - topology.interfaceStart[router]! === 1 && tables.copies[router] === 1);

const COUNTED = ['managementTx', 'managementTxBytes', 'managementRx', 'managementRxBytes', 'tx', 'txBytes', 'rx', 'rxBytes', 'forward', 'forwardBytes', 'drops', 'routeSwitches'] as const;

/** Routers keep their numbers: the new ones come last. */
function movePerRouter(old: MeshState, grown: MeshState): void {
  for (const key of ['startUs', 'ogmIntervalMs', 'gatewayDownKbit', 'purgeFrom'] as const) grown.routers[key].set(old.routers[key]);
  for (const key of ['life', 'gateway', 'queueHead', 'queueLength', 'firstSequence'] as const) grown.routers[key].set(old.routers[key]);
  for (const key of ['up', 'hopPenalty', 'aggregates', 'isGateway', 'gatewayClass', 'reselect', 'planned'] as const) grown.routers[key].set(old.routers[key]);
  grown.routers.tvlvBytes.set(old.routers.tvlvBytes);
  grown.routers.x.set(old.routers.x);
  grown.routers.y.set(old.routers.y);
  grown.routers.placed.set(old.routers.placed);
  grown.v.nextOgm.set(old.v.nextOgm);
  grown.v.isSending.set(old.v.isSending);
  grown.v.elpIntervalMs.set(old.v.elpIntervalMs);
  for (const key of COUNTED) grown.counters[key].set(old.counters[key]);
}

function movePerInterface(old: MeshState, grown: MeshState, { interfaces }: Renumbered): void {
  interfaces.forEach((now, before) => {
    grown.interfaces.status[now] = old.interfaces.status[before]!;
    grown.interfaces.sequence[now] = old.interfaces.sequence[before]!;
    grown.interfaces.penalty[now] = old.interfaces.penalty[before]!;
    grown.v.nextElp[now] = old.v.nextElp[before]!;
    grown.v.collecting[now] = old.v.collecting[before]!;
  });
}

function movePerEdge(old: MeshState, grown: MeshState, { edges }: Renumbered): void {
  edges.forEach((now, before) => {
    for (const key of ['loss', 'burst', 'delayUs', 'jitterUs', 'bytesPerSecond', 'busyUntilUs', 'throughput'] as const) grown.links[key][now] = old.links[key][before]!;
    for (const key of ['bad', 'cut', 'planned'] as const) grown.links[key][now] = old.links[key][before]!;
    grown.v.isNeighbour[now] = old.v.isNeighbour[before]!;
    grown.v.elpSequence[now] = old.v.elpSequence[before]!;
    grown.v.average[now] = old.v.average[before]!;
  });
}

function moveClients(old: MeshState, grown: MeshState): void {
  const { clients } = grown;
  const [before, now] = [old.topology.names.length, grown.topology.names.length];
  clients.version.set(old.clients.version);
  clients.waiting.set(old.clients.waiting);
  clients.names.push(...old.clients.names);
  clients.at.push(...old.clients.at);
  clients.changes.push(...old.clients.changes);
  for (const [place, to] of old.clients.movedTo) clients.movedTo.set(place, to);
  if (old.clients.known.length === 0) return;
  clients.known = new Int32Array(now * now);
  clients.askedUs = new Float64Array(now * now);
  for (let viewer = 0; viewer < before; viewer += 1) {
    clients.known.set(old.clients.known.subarray(viewer * before, (viewer + 1) * before), viewer * now);
    clients.askedUs.set(old.clients.askedUs.subarray(viewer * before, (viewer + 1) * before), viewer * now);
  }
}

/** `viewer · routers + owner` for more routers. */
const rekeyed = ({ tablesAsked, topology }: MeshState, routers: number) => new Map([...tablesAsked].map(([place, jiffy]) => [Math.floor(place / topology.names.length) * routers + (place % topology.names.length), jiffy]));

/** A new port of a router that runs: it is set up as at boot, with a sequence number of its own. */
function joinNewInterfaces(mesh: MeshState, queue: EventQueue, old: MeshState, { interfaces }: Renumbered, at: TimeUs): void {
  const known = new Set(interfaces);
  mesh.topology.interfaceRouter.forEach((router, i) => {
    if (known.has(i) || router >= old.topology.names.length || mesh.routers.up[router] === 0) return;
    mesh.interfaces.sequence[i] = nextUint32(mesh.timerRandom);
    mesh.v.nextElp[i] = nextUint32(mesh.timerRandom);
    schedule(queue, at, MeshEvent.join, i, mesh.routers.life[router]!);
  });
}

