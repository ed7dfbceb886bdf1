/**
 * A packet of OGMs is learnt from. A mesh of a thousand routers comes here a million times per simulated second, and
 * nearly always the same happens: a known originator far away, its next sequence number or one of the last 32, over
 * a neighbour that brought it before. That case is worked off in one loop without a call, in 32-bit integers, every
 * word read once, after all slots were fetched (fetch-slots). `| 0` tells the compiler that a number is an integer,
 * and names from other modules are copied into the function, because it looks those up again at every use. Whatever
 * else can happen is learnt by learn-copy, which says all the rules.
 */
import type { EventQueue } from '@/engine/kernel';
import { hearVersion } from '../clients/translation-table';
import { TTL_SLACK } from '../constants';
import { readOgm, type HeardOgm } from '../medium/heard-ogm';
import { OGM_WORDS, PACKET_WORDS } from '../medium/packet-pool';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { offerGateway } from '../tables/gateway';
import { COPY_HEAD, HEARD, isTableKnown, KNOWN, RING_AT, routeIn, ROW_WORDS, SLOT_HEAD, ttlIn } from '../tables/originator-tables';
import { ECHO, slotsHeard } from './fetch-slots';
import { hearEcho } from './hear-echo';
import { learnInCopy, switchRoute } from './learn-copy';
import { FULL_FACTOR } from './link-quality';
import { relayOgm } from './relay-ogm';
import { pushTq, ringAverage } from './tq-ring';

/** Learns in every copy of each OGM's slot, and sends on what is worth it. `ogm` says who hears it, slots were put from `place` on. */
export function learnOgms(mesh: MeshState, queue: EventQueue, packet: number, ogm: HeardOgm, place: number): void {
  const { tables, topology } = mesh;
  const { words, factors, echoSum } = tables;
  const { inEdges, edgeFrom, edgeSlot, interfaceRouter } = topology;
  const { isGateway } = mesh.routers;
  const hasClients = mesh.clients.names.length > 0;
  const slots = slotsHeard;
  const [echo, slack, known, ogmWords, copyHead, rowWords, ringAt, heardAt] = [ECHO | 0, TTL_SLACK | 0, KNOWN | 0, OGM_WORDS | 0, COPY_HEAD | 0, ROW_WORDS | 0, RING_AT | 0, HEARD | 0];
  const fullFactor = FULL_FACTOR >>> 0;
  const router = ogm.router | 0;
  const neighbour = ogm.neighbour | 0;
  const now = ogm.now | 0;
  const edge = ogm.edge | 0;
  const firstIn = ogm.firstIn | 0;
  const from = ogm.from | 0;
  const firstHead = (SLOT_HEAD + ogm.degree) | 0;
  const copyWords = (COPY_HEAD + ROW_WORDS * ogm.degree) | 0;
  const mySeen = (SLOT_HEAD + neighbour) | 0;
  const myRow = (COPY_HEAD + ROW_WORDS * neighbour) | 0;
  const viaHead = (ogm.via + firstHead) | 0;
  const viaSeen = (ogm.via + mySeen) | 0;
  const factorAt = tables.factorBase[edge]! | 0;
  const copies = tables.copies[router]! | 0;
  const tableBase = tables.base[router]! | 0;
  const slotWords = tables.slotWords[router]! | 0;
  const count = mesh.packets.count[packet]! | 0;
  for (let i = 0, at = (packet * PACKET_WORDS) | 0; i < count; i = (i + 1) | 0, at = (at + ogmWords) | 0) {
    const base = slots[place + i]! | 0;
    if (base < 0) {
      if (base === echo) hearEcho(mesh, readOgm(mesh.packets.words, at, ogm));
      continue;
    }
    const ogms = mesh.packets.words; // the pool may grow while OGMs are sent on
    const originator = ogms[at]! | 0;
    const sequence = ogms[at + 1]! | 0;
    const sender = ogms[at + 2]! | 0;
    const rest = ogms[at + 3]! | 0;
    const tq = rest & 0xff;
    const ttl = (rest >>> 8) & 0xff;
    const isUsual = words[base + 1] === 0 && words[base + mySeen] !== 0 && words[viaSeen] !== 0 && tq > 0;
    for (let copy = 0; copy < copies; copy = (copy + 1) | 0) {
      const out = topology.interfaceStart[router]! + (copy === 0 ? 0 : copy - 1);
      if (copy > 0 && mesh.interfaces.status[out] !== InterfaceStatus.active) continue;
      const skip = Math.imul(copy, copyWords);
      const head = (base + firstHead + skip) | 0;
      const row = (head + myRow) | 0;
      const state = words[head + 2]! | 0;
      const ahead = (sequence - words[head]!) | 0;
      const route = routeIn(state);
      if (!isUsual || route < 0 || ahead > 1 || ahead <= -32 || (copy === 0 && !isTableKnown(state)) || routeIn(words[(viaHead + skip + 2) | 0]!) < 0) {
        learnInCopy(mesh, queue, readOgm(ogms, at, ogm), base, copy, out);
        continue;
      }

      const wayEdge = inEdges[(firstIn + route) | 0]! | 0;
      const hop = edgeFrom[wayEdge]! | 0;
      let leadsBack = false;
      if (hop === sender && sender !== originator) {
        const onward = routeIn(words[(tableBase + Math.imul(edgeSlot[wayEdge]!, slotWords) + firstHead + skip + 2) | 0]!);
        leadsBack = onward >= 0 && edgeFrom[inEdges[(firstIn + onward) | 0]!] === hop;
      }
      const itsRing = (head + copyHead + Math.imul(rowWords, route) + ringAt) | 0;
      const fromRoute = hop === from && (words[itsRing]! | words[(itsRing + 1) | 0]!) !== 0;
      const tqHere = ((Math.imul(tq, factors[(factorAt + copy) | 0]!) >>> 0) / fullFactor) | 0; // scaleTq
      const before = words[row]! | 0;
      const heard = words[(head + heardAt) | 0]! | 0;
      const bit = 1 << -ahead;
      let isRepeated = false;
      let counts = true;
      if (ahead === 1) {
        if (leadsBack || tqHere === 0) {
          learnInCopy(mesh, queue, readOgm(ogms, at, ogm), base, copy, out);
          continue;
        }
        const end = (head + copyWords) | 0;
        for (let low = (head + copyHead) | 0; low < end; low = (low + rowWords) | 0) {
          const window = words[low]! | 0;
          words[low] = window << 1;
          words[(low + 1) | 0] = (words[(low + 1) | 0]! << 1) | (window >>> 31);
          const newest = words[(low + 2) | 0]! | 0;
          words[(low + 2) | 0] = newest << 8;
          words[(low + 3) | 0] = newest >>> 24;
        }
        words[row] = (before << 1) | 1;
        words[(head + heardAt) | 0] = (heard << 1) | 1;
        words[head] = sequence;
        words[(head + 2) | 0] = (state & ~0xff0000) | known | (ttl << 16);
        words[(row + ringAt) | 0] = words[(row + ringAt) | 0]! | tqHere;
      } else {
        if (((before | heard) & bit) === 0) {
          learnInCopy(mesh, queue, readOgm(ogms, at, ogm), base, copy, out);
          continue;
        }
        words[row] = before | bit;
        words[(head + heardAt) | 0] = heard | bit;
        if (leadsBack) continue;
        isRepeated = (before & bit) !== 0;
        counts = ahead === 0 && tqHere > 0 && ((ttlIn(state) - slack) | 0) <= ttl;
        if (counts) pushTq(words, (row + ringAt) | 0, tqHere);
      }
      words[base] = now;
      if (counts) {
        words[(base + mySeen) | 0] = now;
        if (route !== neighbour) {
          const mine = ringAverage(words, (row + ringAt) | 0);
          const theirs = ringAverage(words, itsRing);
          if (mine > theirs || (mine === theirs && echoSum[edge]! > echoSum[wayEdge]!)) switchRoute(mesh, router, head, copy, neighbour);
        }
      }
      if (fromRoute && !isRepeated && tqHere > 0 && ttl > 1 && (copy > 0 || copies === 1)) relayOgm(mesh, queue, readOgm(ogms, at, ogm), out, tqHere, true);
    }
    const owner = interfaceRouter[originator]!;
    if (isGateway[owner] === 1) offerGateway(mesh, router, owner);
    if (hasClients && topology.primarySlot[originator]! >= 0) hearVersion(mesh, queue, router, owner, sequence, now);
  }
}
