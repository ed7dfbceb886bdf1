/**
 * What a router learns from one OGM (bat_iv_ogm.c, process_per_outif), once for its own table and once for
 * every interface it may send on. A mesh of a thousand routers comes here a million times per simulated second:
 * words of the table are read once, numbers stay 32-bit integers, and nothing is allocated.
 */
import type { EventQueue } from '@/engine/kernel';
import { hearTable } from '../clients/table-request';
import { hearVersion } from '../clients/translation-table';
import { TTL_SLACK } from '../constants';
import { offerGateway } from '../tables/gateway';
import type { HeardOgm } from '../medium/heard-ogm';
import { scaleTq } from './link-quality';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { Duplicate, noteInWindows } from './note-sequence';
import { copyBase, COPY_HEAD, isTableKnown, RING_AT, routeAt, routeIn, ROW_WORDS, slotBase, SLOT_HEAD, ttlIn } from '../tables/originator-tables';
import { rankNeighbour } from './rank-neighbour';
import { relayOgm } from './relay-ogm';

/** An OGM that is neither ours nor our echo: learn in every copy of its slot, send on where it says so. */
export function learnOgm(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, base: number): void {
  const { tables, topology, interfaces } = mesh;
  if (tables.words[base] === 0) tables.words[base] = ogm.now;
  const copies = tables.copies[ogm.router]!;
  const first = topology.interfaceStart[ogm.router]!;
  for (let copy = 0; copy < copies; copy += 1) {
    const out = copy === 0 ? first : first + copy - 1;
    if (copy > 0 && interfaces.status[out] !== InterfaceStatus.active) continue;
    if (learnCopy(mesh, queue, ogm, base, copy) && (copy > 0 || copies === 1)) relayOgm(mesh, queue, ogm, out);
  }
  const owner = topology.interfaceRouter[ogm.originator]!;
  if (mesh.routers.isGateway[owner] === 1) offerGateway(mesh, ogm.router, owner);
  if (mesh.clients.names.length > 0 && topology.primarySlot[ogm.originator]! >= 0) hearVersion(mesh, queue, ogm.router, owner, ogm.sequence, ogm.now);
}

/** Learns in one copy and fills the last fields of `ogm`; false when the OGM ends here. */
function learnCopy(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, base: number, copy: number): boolean {
  const { tables } = mesh;
  const { words } = tables;
  const { now, neighbour, degree, via } = ogm;
  const head = copyBase(base, degree, copy);
  const duplicate = noteInWindows(mesh, ogm, base, head, copy);
  const routeWord = words[head + 2]!;
  if (duplicate === Duplicate.protected || ogm.tq === 0 || mayLoop(mesh, ogm, head, copy, routeIn(routeWord))) return false;
  if (copy === 0 && !isTableKnown(routeWord)) hearTable(mesh, queue, ogm, head);
  const direct = ogm.from === ogm.originator;
  if (!direct && routeAt(words, copyBase(via, degree, copy)) < 0) return false; // from a neighbour we have no route to
  if (direct || words[via + SLOT_HEAD + neighbour] === 0) {
    words[via + SLOT_HEAD + neighbour] = now;
    tables.heardAt[ogm.edge] = now;
  }
  words[base] = now;
  ogm.tqHere = scaleTq(ogm.tq, tables.factors[tables.factorBase[ogm.edge]! + copy]!);
  ogm.goesOn = ogm.tqHere > 0 && duplicate !== Duplicate.byNeighbour;
  const fresh = duplicate === Duplicate.none;
  if (ogm.tqHere === 0 || !(fresh || (words[head] === ogm.sequence && ttlIn(routeWord) - TTL_SLACK <= ogm.ttl))) return true;
  words[base + SLOT_HEAD + neighbour] = now;
  if (rankNeighbour(mesh, ogm, head, fresh) && copy === 0) mesh.counters.routeSwitches[ogm.router] = mesh.counters.routeSwitches[ogm.router]! + 1;
  return true;
}

/** Notes whether the OGM came over the route; true when our next hop gave it to the sender, which therefore routes through it too. */
function mayLoop(mesh: MeshState, ogm: HeardOgm, head: number, copy: number, route: number): boolean {
  const { tables, topology } = mesh;
  ogm.fromRoute = false;
  if (route < 0) return false;
  const edge = topology.inEdges[ogm.firstIn + route]!;
  const hop = topology.edgeFrom[edge]!;
  if (hop === ogm.from) {
    const ring = head + COPY_HEAD + ROW_WORDS * route + RING_AT;
    ogm.fromRoute = (tables.words[ring]! | tables.words[ring + 1]!) !== 0;
  }
  if (hop !== ogm.sender || ogm.originator === ogm.sender) return false;
  const slot = slotBase(tables, ogm.router, topology.edgeSlot[edge]!);
  const onward = routeAt(tables.words, copyBase(slot, ogm.degree, copy));
  return onward >= 0 && topology.edgeFrom[topology.inEdges[ogm.firstIn + onward]!] === hop;
}
