/**
 * What a router learns from the OGMs of one packet (bat_iv_ogm.c, process_per_outif), once for its own table and
 * once for every interface it may send on. A mesh of a thousand routers comes here a million times per simulated
 * second, so this is one loop: what is the same for the whole packet is looked up before it, arrays keep their
 * names so that the compiler checks them once, numbers stay 32-bit integers, nothing is allocated, and whatever
 * is rare – resets, old sequence numbers, a neighbour's first OGM – is elsewhere.
 */
import type { EventQueue } from '@/engine/kernel';
import { hearTable } from '../clients/table-request';
import { hearVersion } from '../clients/translation-table';
import { TTL_SLACK } from '../constants';
import { readOgm, type HeardOgm } from '../medium/heard-ogm';
import { OGM_WORDS, PACKET_WORDS } from '../medium/packet-pool';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { offerGateway } from '../tables/gateway';
import { COPY_HEAD, HEARD, isTableKnown, KNOWN, RING_AT, routeIn, ROW_WORDS, setRoute, slotBase, SLOT_HEAD, ttlIn } from '../tables/originator-tables';
import { ECHO, NOTHING, slotsOf } from './find-slots';
import { hearEcho } from './hear-echo';
import { scaleTq } from './link-quality';
import { Duplicate, noteInWindows, recountLinks } from './note-sequence';
import { relayOgm } from './relay-ogm';
import { pushTq, ringAverage } from './tq-ring';

/** Learns in every copy of each OGM's slot, and sends on what is worth it. `ogm` says who hears it; the rest of it is filled for others. */
export function learnOgms(mesh: MeshState, queue: EventQueue, packet: number, ogm: HeardOgm): void {
  const { tables, topology, packets, interfaces } = mesh;
  const { words, factors, echoSum } = tables;
  const { inEdges, edgeFrom, edgeSlot } = topology;
  const { router, neighbour, degree, now, via, firstIn, from, edge } = ogm;
  const count = packets.count[packet]!;
  const slots = slotsOf(mesh, packet, count, router);
  const copies = tables.copies[router]!;
  const firstInterface = topology.interfaceStart[router]!;
  const factorBase = tables.factorBase[edge]!;
  const firstHead = (SLOT_HEAD + degree) | 0;
  const copyWords = (COPY_HEAD + ROW_WORDS * degree) | 0;
  const mySeen = (SLOT_HEAD + neighbour) | 0;
  const myRow = (COPY_HEAD + ROW_WORDS * neighbour) | 0;
  for (let i = 0; i < count; i += 1) {
    const base = slots[i]!;
    if (base === NOTHING) continue;
    readOgm(packets.words, packet * PACKET_WORDS + i * OGM_WORDS, ogm); // the pool may grow while OGMs are sent on
    if (base === ECHO) {
      hearEcho(mesh, ogm);
      continue;
    }
    const { originator, sequence, sender, tq, ttl } = ogm;
    const direct = originator === from;
    const isNeighbour = words[base + 1] !== 0;
    if (words[base] === 0) words[base] = now;
    for (let copy = 0; copy < copies; copy += 1) {
      const out = copy === 0 ? firstInterface : firstInterface + copy - 1;
      if (copy > 0 && interfaces.status[out] !== InterfaceStatus.active) continue;
      const head = (base + firstHead + copy * copyWords) | 0;
      const row = (head + myRow) | 0;

      // what the windows say: the next sequence number, one of the last 32, or anything else
      const ahead = (sequence - words[head]!) | 0;
      const listed = words[base + mySeen] !== 0;
      let duplicate: number;
      if (listed && ahead === 1) {
        for (let at = head + COPY_HEAD, end = (head + copyWords) | 0; at < end; at += ROW_WORDS) {
          const low = words[at]!;
          words[at + 1] = (words[at + 1]! << 1) | (low >>> 31);
          words[at] = low << 1;
        }
        words[row] = words[row]! | 1;
        words[head + HEARD] = (words[head + HEARD]! << 1) | 1;
        words[head] = sequence;
        words[head + 2] = words[head + 2]! | KNOWN;
        if (isNeighbour) recountLinks(mesh, router, base, copy);
        duplicate = Duplicate.none;
      } else if (listed && ahead <= 0 && ahead > -32) {
        const bit = 1 << -ahead;
        const before = words[row]!;
        const heard = words[head + HEARD]!;
        words[row] = before | bit;
        words[head + HEARD] = heard | bit;
        if (isNeighbour) recountLinks(mesh, router, base, copy);
        duplicate = (before & bit) !== 0 ? Duplicate.byNeighbour : (heard & bit) !== 0 ? Duplicate.byOther : Duplicate.none;
      } else duplicate = noteInWindows(mesh, ogm, base, head, copy);
      if (duplicate === Duplicate.protected || tq === 0) continue;

      // who is the route; an OGM that our next hop gave to its sender would lead back to us
      const state = words[head + 2]!;
      const route = routeIn(state);
      ogm.fromRoute = false;
      if (route >= 0) {
        const wayEdge = inEdges[firstIn + route]!;
        const hop = edgeFrom[wayEdge]!;
        const ring = (head + COPY_HEAD + ROW_WORDS * route + RING_AT) | 0;
        ogm.fromRoute = hop === from && (words[ring]! | words[ring + 1]!) !== 0;
        if (hop === sender && originator !== sender) {
          const onward = routeIn(words[slotBase(tables, router, edgeSlot[wayEdge]!) + firstHead + copy * copyWords + 2]!);
          if (onward >= 0 && edgeFrom[inEdges[firstIn + onward]!] === hop) continue;
        }
      }
      if (copy === 0 && !isTableKnown(state)) hearTable(mesh, queue, ogm, head);
      if (!direct && routeIn(words[via + firstHead + copy * copyWords + 2]!) < 0) continue; // from a neighbour we have no route to
      if (direct || words[via + mySeen] === 0) {
        words[via + mySeen] = now;
        tables.heardAt[edge] = now;
      }
      words[base] = now;

      // the ring of this neighbour, zeros for the others, and whoever is best now
      const tqHere = scaleTq(tq, factors[factorBase + copy]!);
      const fresh = duplicate === Duplicate.none;
      ogm.tqHere = tqHere;
      ogm.goesOn = tqHere > 0 && duplicate !== Duplicate.byNeighbour;
      if (tqHere > 0 && (fresh || (words[head] === sequence && ttlIn(state) - TTL_SLACK <= ttl))) {
        if (fresh) {
          for (let at = head + COPY_HEAD + RING_AT, end = (head + copyWords) | 0; at < end; at += ROW_WORDS) if (at !== row + RING_AT) pushTq(words, at, 0);
          words[head + 2] = (words[head + 2]! & ~0xff0000) | (ttl << 16);
        }
        words[base + mySeen] = now;
        pushTq(words, row + RING_AT, tqHere);
        if (route !== neighbour) {
          const mine = ringAverage(words, row + RING_AT);
          const theirs = route < 0 ? -1 : ringAverage(words, head + COPY_HEAD + ROW_WORDS * route + RING_AT);
          if (mine > theirs || (mine === theirs && echoSum[edge]! > echoSum[inEdges[firstIn + route]!]!)) {
            setRoute(words, head, neighbour);
            if (copy === 0 && route >= 0) mesh.counters.routeSwitches[router] = mesh.counters.routeSwitches[router]! + 1;
          }
        }
      }
      if (copy > 0 || copies === 1) relayOgm(mesh, queue, ogm, out);
    }
    const owner = topology.interfaceRouter[originator]!;
    if (mesh.routers.isGateway[owner] === 1) offerGateway(mesh, router, owner);
    if (mesh.clients.names.length > 0 && topology.primarySlot[originator]! >= 0) hearVersion(mesh, queue, router, owner, sequence, now);
  }
}
