/**
 * What a router learns from one OGM of BATMAN_V (bat_v_ogm.c). The way's throughput is the smallest link on it,
 * less a penalty per relay. A neighbour becomes the route when it offers strictly more, or when it is five
 * sequence numbers ahead of the route.
 */
import type { EventQueue } from '@/engine/kernel';
import { hearTable } from '../clients/table-request';
import { hearVersion } from '../clients/translation-table';
import { RESET_PROTECTION_MS, TQ_MAX, WINDOW } from '../constants';
import { offerGateway } from '../tables/gateway';
import type { HeardOgm } from '../medium/heard-ogm';
import { jiffiesOfMs } from '../kernel-timer';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { copyBase, COPY_HEAD, FORWARDED, knowsTable, markKnown, ROW_WORDS, routeAt, setRoute, slotBase, SLOT_HEAD } from '../tables/originator-tables';
import { isReset } from '../batman-iv/sequence-window';
import { ogmRest } from '../medium/packet-pool';
import { isWorthSending, queueOgm2 } from './send-ogm2';
import { linkThroughput } from './v-state';

/** Sequence numbers by which a neighbour has to be ahead to win whatever it offers (OGM_MAX_ORIGDIFF). */
const AHEAD = 5;
const PROTECTION_JIFFIES = jiffiesOfMs(RESET_PROTECTION_MS);
export const Row = { throughput: 0, sequence: 1, heard: 2, created: 3 } as const;

/** A neighbour becomes a candidate for the way to an originator; its age decides ties after a purge. */
export function noteCandidate({ tables }: MeshState, router: number, base: number, neighbour: number, now: number): void {
  const seen = base + SLOT_HEAD + neighbour;
  if (tables.words[seen] !== 0) return;
  tables.words[seen] = now;
  tables.words[copyBase(base, tables.degree[router]!, 0) + COPY_HEAD + ROW_WORDS * neighbour + Row.created] = now;
}

/** Learns in every copy of the table and sends on. `ogm.sender` carries the throughput. */
export function learnOgm2(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, nowUs: number): void {
  const { topology, tables, v } = mesh;
  const { router, edge } = ogm;
  const owner = topology.interfaceRouter[ogm.originator]!;
  if (owner === router || ogm.sender === 0 || v.isNeighbour[edge] === 0) return;
  const throughput = Math.min(linkThroughput(v, edge), ogm.sender);
  const base = slotBase(tables, router, owner);
  if (tables.words[base] === 0) tables.words[base] = ogm.now;
  noteCandidate(mesh, router, base, topology.edgeNeighbour[edge]!, ogm.now);
  const first = topology.interfaceStart[router]!;
  const sender = topology.interfaceRouter[topology.edgeFrom[edge]!]!;
  for (let copy = 0; copy < tables.copies[router]!; copy += 1) {
    const out = first + copy - 1;
    if (copy > 0 && (mesh.interfaces.status[out] !== InterfaceStatus.active || !isWorthSending(mesh, out, owner, sender))) continue;
    const here = copy === 0 ? throughput : Math.floor((throughput * (TQ_MAX - mesh.routers.hopPenalty[router]!)) / TQ_MAX);
    if (learnCopy(mesh, queue, ogm, { base, copy, throughput: here }) && copy > 0) relay(mesh, queue, ogm, { base, copy, out, throughput: here }, nowUs);
  }
  if (mesh.routers.isGateway[owner] === 1) offerGateway(mesh, router, owner);
  if (mesh.clients.names.length > 0) hearVersion(mesh, queue, router, owner, ogm.sequence, ogm.now);
}

/** False when the OGM is too old to be looked at. */
function learnCopy(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, { base, copy, throughput }: { readonly base: number; readonly copy: number; readonly throughput: number }): boolean {
  const { tables, topology } = mesh;
  const { words } = tables;
  const head = copyBase(base, tables.degree[ogm.router]!, copy);
  const neighbour = topology.edgeNeighbour[ogm.edge]!;
  const diff = (ogm.sequence - words[head]!) | 0;
  const reset = isReset(diff, WINDOW);
  if (reset && words[head + 1] !== 0 && ogm.now <= words[head + 1]! + PROTECTION_JIFFIES) return false;
  if (reset) words[head + 1] = ogm.now;
  if (diff < 0 && !reset) return false;
  markKnown(words, head);
  words[base + SLOT_HEAD + neighbour] = ogm.now;
  words[base] = ogm.now;
  words[head] = ogm.sequence;
  const row = head + COPY_HEAD + ROW_WORDS * neighbour;
  words[row + Row.throughput] = throughput;
  words[row + Row.sequence] = ogm.sequence;
  words[row + Row.heard] = 1;
  if (copy === 0 && !knowsTable(words, head)) hearTable(mesh, queue, ogm, head);
  const route = routeAt(words, head);
  if (route === neighbour || (route >= 0 && !beats(words, head, neighbour, route))) return true;
  setRoute(words, head, neighbour);
  if (copy === 0 && route >= 0) mesh.counters.routeSwitches[ogm.router] = mesh.counters.routeSwitches[ogm.router]! + 1;
  return true;
}

/**
 * A route that this table never heard an OGM of cannot be beaten: after a purge the kernel may choose such a neighbour
 * (find_best_neighbor), and then refuses every other for want of something to compare with. The table stays stuck
 * until the neighbour itself is purged.
 */
function beats(words: Int32Array, head: number, challenger: number, route: number): boolean {
  const mine = head + COPY_HEAD + ROW_WORDS * challenger;
  const theirs = head + COPY_HEAD + ROW_WORDS * route;
  if (words[theirs + Row.heard] === 0) return false;
  const ahead = (words[mine + Row.sequence]! - words[theirs + Row.sequence]!) | 0;
  return ahead >= AHEAD || words[mine + Row.throughput]! > words[theirs + Row.throughput]!;
}

type Relay = { readonly base: number; readonly copy: number; readonly out: number; readonly throughput: number };

/** Sent on once per sequence number, and only when it came over the route. */
function relay(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, { base, copy, out, throughput }: Relay, nowUs: number): void {
  const { tables, topology } = mesh;
  const { words } = tables;
  const head = copyBase(base, tables.degree[ogm.router]!, copy);
  if (routeAt(words, head) !== topology.edgeNeighbour[ogm.edge] || words[head + FORWARDED] === ogm.sequence) return;
  words[head + FORWARDED] = ogm.sequence;
  if (ogm.ttl <= 1) return;
  queueOgm2(mesh, queue, out, { originator: ogm.originator, sequence: ogm.sequence, throughput, rest: ogmRest(0, ogm.ttl - 1, 0, ogm.bytes) }, nowUs);
}
