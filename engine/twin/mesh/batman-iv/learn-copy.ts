/**
 * What a router learns from one OGM for one copy of its table (bat_iv_ogm.c, process_per_outif): its own, or that
 * of an interface it may send on. Whether it is sent on is decided here as well. learn-ogms takes the shortcut
 * wherever nothing out of the ordinary happens.
 */
import type { EventQueue } from '@/engine/kernel';
import { hearTable } from '../clients/table-request';
import { SECONDARY_TTL, TTL_SLACK } from '../constants';
import type { HeardOgm } from '../medium/heard-ogm';
import type { MeshState } from '../mesh-state';
import { copyBase, COPY_HEAD, isTableKnown, RING_AT, routeAt, ROW_WORDS, setRoute, slotBase, SLOT_HEAD, ttlIn } from '../tables/originator-tables';
import { scaleTq } from './link-quality';
import { Duplicate, noteInWindows } from './note-sequence';
import { relayOgm } from './relay-ogm';
import { pushTq, ringAverage } from './tq-ring';

/** Learns in copy `copy` of the slot at `base`, and sends on over `out` what is worth it. */
export function learnInCopy(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, base: number, copy: number, out: number): void {
  const { tables } = mesh;
  const { words } = tables;
  const { neighbour, degree, now, edge, via, tq, ttl } = ogm;
  const head = copyBase(base, degree, copy);
  const direct = ogm.originator === ogm.from;
  if (words[base] === 0) words[base] = now;
  const duplicate = noteInWindows(mesh, ogm, base, head, copy);
  if (duplicate === Duplicate.protected || tq === 0 || leadsBack(mesh, ogm, head, copy)) return;
  const state = words[head + 2]!;
  const route = routeAt(words, head);
  const fromRoute = isFromRoute(mesh, ogm, head, route);
  if (copy === 0 && !isTableKnown(state)) hearTable(mesh, queue, ogm, head);
  if (!direct && routeAt(words, copyBase(via, degree, copy)) < 0) return; // from a neighbour we have no route to
  if (direct || words[via + SLOT_HEAD + neighbour] === 0) {
    words[via + SLOT_HEAD + neighbour] = now;
    tables.heardAt[edge] = now;
  }
  words[base] = now;

  const tqHere = scaleTq(tq, tables.factors[tables.factorBase[edge]! + copy]!);
  const fresh = duplicate === Duplicate.none;
  if (tqHere > 0 && (fresh || (words[head] === ogm.sequence && ttlIn(state) - TTL_SLACK <= ttl))) {
    if (fresh) startRound(words, head, ogm);
    words[base + SLOT_HEAD + neighbour] = now;
    pushTq(words, head + COPY_HEAD + ROW_WORDS * neighbour + RING_AT, tqHere);
    preferBest(mesh, ogm, head, copy, route);
  }
  if (ttl <= 1 || (copy === 0 && tables.copies[ogm.router]! > 1)) return;
  // a neighbour's own OGM is always repeated, for it counts its echoes; others when they came over the route
  if (direct ? ttl <= SECONDARY_TTL && ogm.into !== out : !fromRoute || tqHere === 0 || duplicate === Duplicate.byNeighbour) return;
  relayOgm(mesh, queue, ogm, out, tqHere, fromRoute);
}

/** An OGM that our next hop gave to its sender would lead back to us. */
function leadsBack({ tables, topology }: MeshState, { router, firstIn, originator, sender, degree }: HeardOgm, head: number, copy: number): boolean {
  const { inEdges, edgeFrom, edgeSlot } = topology;
  const route = routeAt(tables.words, head);
  if (route < 0 || originator === sender) return false;
  const wayEdge = inEdges[firstIn + route]!;
  if (edgeFrom[wayEdge] !== sender) return false;
  const onward = routeAt(tables.words, copyBase(slotBase(tables, router, edgeSlot[wayEdge]!), degree, copy));
  return onward >= 0 && edgeFrom[inEdges[firstIn + onward]!] === sender;
}

/** Whether the sender is the next hop, and has been heard of this originator of late. */
function isFromRoute({ tables, topology }: MeshState, { firstIn, from }: HeardOgm, head: number, route: number): boolean {
  if (route < 0 || topology.edgeFrom[topology.inEdges[firstIn + route]!] !== from) return false;
  const ring = head + COPY_HEAD + ROW_WORDS * route + RING_AT;
  return (tables.words[ring]! | tables.words[ring + 1]!) !== 0;
}

/** The first OGM of a sequence number: the other neighbours have a zero until they bring theirs. */
function startRound(words: Int32Array, head: number, { neighbour, degree, ttl }: HeardOgm): void {
  for (let n = 0; n < degree; n += 1) if (n !== neighbour) pushTq(words, head + COPY_HEAD + ROW_WORDS * n + RING_AT, 0);
  words[head + 2] = (words[head + 2]! & ~0xff0000) | (ttl << 16);
}

/** The sender becomes the route when its average is higher, or as high over a link that echoes more. */
function preferBest(mesh: MeshState, { router, neighbour, edge, firstIn }: HeardOgm, head: number, copy: number, route: number): void {
  const { words, echoSum } = mesh.tables;
  if (route === neighbour) return;
  const mine = ringAverage(words, head + COPY_HEAD + ROW_WORDS * neighbour + RING_AT);
  const theirs = route < 0 ? -1 : ringAverage(words, head + COPY_HEAD + ROW_WORDS * route + RING_AT);
  if (mine > theirs || (mine === theirs && echoSum[edge]! > echoSum[mesh.topology.inEdges[firstIn + route]!]!)) switchRoute(mesh, router, head, copy, neighbour);
}

export function switchRoute(mesh: MeshState, router: number, head: number, copy: number, neighbour: number): void {
  const { words } = mesh.tables;
  if (copy === 0 && routeAt(words, head) >= 0) mesh.counters.routeSwitches[router] = mesh.counters.routeSwitches[router]! + 1;
  setRoute(words, head, neighbour);
}
