/** A packet of OGMs arrives: what concerns its receiver itself is sorted out here, the rest is learnt from. */
import type { EventQueue } from '@/engine/kernel';
import { learnOgm2 } from '../batman-v/learn-ogm2';
import { ETHERNET_BYTES, WINDOW } from '../constants';
import { heardOgm, type HeardOgm } from './heard-ogm';
import { learnOgm } from '../batman-iv/learn-ogm';
import { countEchoes } from '../batman-iv/link-window';
import { jiffiesAt } from '../mesh-event';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { copyOf, isKnown, slotOf } from '../tables/originator-tables';
import { freePacket, OGM_WORDS, OgmFlag, OGMS_MAX, PACKET_WORDS } from './packet-pool';

/** One event, several hearers: `mask` counts the sender's edges from its first. */
export function hearAll(mesh: MeshState, queue: EventQueue, packet: number, mask: number, nowUs: number): void {
  const first = mesh.topology.outStart[mesh.packets.interfaceOut[packet]!]!;
  for (let rest = mask | 0, edge = first; rest > 0; edge += 1, rest >>= 1) if ((rest & 1) === 1) hear(mesh, queue, packet, edge, nowUs);
}

/** Delivers a packet over one edge and frees it after its last hearer. */
export function hear(mesh: MeshState, queue: EventQueue, packet: number, edge: number, nowUs: number): void {
  const { packets, topology, counters } = mesh;
  const into = topology.edgeTo[edge]!;
  if (mesh.interfaces.status[into] === InterfaceStatus.active) {
    const router = topology.interfaceRouter[into]!;
    counters.managementRx[router] = counters.managementRx[router]! + 1;
    counters.managementRxBytes[router] = counters.managementRxBytes[router]! + packets.bytes[packet]! + ETHERNET_BYTES;
    const ogm = heardOgm(mesh, edge, router, jiffiesAt(mesh, nowUs));
    if (mesh.algorithm === 'BATMAN_V') readOgms2(mesh, queue, packet, ogm, nowUs);
    else readOgms(mesh, queue, packet, ogm);
  }
  packets.inAir[packet] = packets.inAir[packet]! - 1;
  if (packets.inAir[packet] === 0) freePacket(packets, packet);
}

function readOgms2(mesh: MeshState, queue: EventQueue, packet: number, ogm: HeardOgm, nowUs: number): void {
  for (let i = 0; i < mesh.packets.count[packet]!; i += 1) {
    readOgm(mesh.packets.words, packet * PACKET_WORDS + i * OGM_WORDS, ogm);
    learnOgm2(mesh, queue, ogm, nowUs);
  }
}

function readOgms(mesh: MeshState, queue: EventQueue, packet: number, ogm: HeardOgm): void {
  const { packets } = mesh;
  const count = packets.count[packet]!;
  const first = packet * PACKET_WORDS;
  findSlots(mesh, first, count, ogm.router);
  for (let i = 0; i < count; i += 1) {
    const slot = slots[i]!;
    if (slot === NOTHING) continue;
    readOgm(packets.words, first + i * OGM_WORDS, ogm); // the pool may grow while OGMs are sent on
    if (slot === ECHO) hearEcho(mesh, ogm);
    else learnOgm(mesh, queue, ogm, slot);
  }
}

/** Slots of the OGMs at hand, or what else they are; a scratch area without meaning outside `readOgms`. */
const slots = new Int32Array(OGMS_MAX);
const touched = new Int32Array(1);
const NOTHING = -1; // our own repetition, not the sender's best way, or never to be heard here
const ECHO = -2; // our own OGM

/**
 * Looks the slots of a packet's originators up before any is worked on. In a large mesh they lie far apart in
 * memory; asking for all of them first lets the processor fetch them side by side instead of one by one.
 */
function findSlots({ packets, topology, tables }: MeshState, first: number, count: number, router: number): void {
  const base = tables.base[router]!;
  const slotWords = tables.slotWords[router]!;
  const { interfaceRouter } = topology;
  let at = first;
  for (let i = 0; i < count; i += 1, at += OGM_WORDS) {
    const originator = packets.words[at]!;
    slots[i] = NOTHING;
    if (interfaceRouter[originator] === router) slots[i] = ECHO;
    else if (interfaceRouter[packets.words[at + 2]!] !== router && ((packets.words[at + 3]! >>> 16) & OgmFlag.notBestNextHop) === 0) {
      const slot = slotOf(topology, router, originator);
      if (slot < 0) continue;
      slots[i] = base + slot * slotWords;
      touched[0] = touched[0]! ^ tables.words[slots[i]!]! ^ tables.words[slots[i]! + (slotWords >> 1)]! ^ tables.words[slots[i]! + slotWords - 1]!;
    }
  }
}

function readOgm(words: Int32Array, at: number, ogm: HeardOgm): void {
  const rest = words[at + 3]!;
  ogm.originator = words[at]!;
  ogm.sequence = words[at + 1]!;
  ogm.sender = words[at + 2]!;
  ogm.tq = rest & 0xff;
  ogm.ttl = (rest >>> 8) & 0xff;
  ogm.flags = (rest >>> 16) & 0xf;
  ogm.bytes = rest >>> 20;
}

/** Our own OGM came back: the neighbour heard it (process_reply). Counts only once the neighbour's own OGMs are known. */
function hearEcho(mesh: MeshState, { edge, router, into, via, originator, sequence, flags, now }: HeardOgm): void {
  const { tables, topology, interfaces } = mesh;
  if (tables.words[via] === 0) tables.words[via] = now;
  if ((flags & OgmFlag.directLink) === 0 || originator !== into || !isKnown(tables, router, via, copyOf(topology, tables, router, into))) return;
  const age = (interfaces.sequence[into]! - 2 - sequence) | 0;
  if (age < 0 || age >= WINDOW) return;
  if (age < 32) tables.echoLow[edge] = tables.echoLow[edge]! | (1 << age);
  else tables.echoHigh[edge] = tables.echoHigh[edge]! | (1 << (age - 32));
  countEchoes(mesh, router, edge);
}
