/** A packet of OGMs arrives: what concerns its receiver itself is sorted out here, the rest is learnt from. */
import type { EventQueue } from '@/engine/kernel';
import { learnOgm2 } from './batman-v/learn-ogm2';
import { ETHERNET_BYTES, WINDOW } from './constants';
import { heardOgm, type HeardOgm } from './heard-ogm';
import { learnOgm } from './learn-ogm';
import { countEchoes } from './link-window';
import { jiffiesAt } from './mesh-event';
import { InterfaceStatus, type MeshState } from './mesh-state';
import { copyOf, isKnown, slotBase } from './originator-tables';
import { freePacket, OGM_WORDS, OgmFlag, PACKET_WORDS } from './packet-pool';

/** One event, several hearers: `mask` counts the sender's edges from its first. */
export function hearAll(mesh: MeshState, queue: EventQueue, packet: number, mask: number, nowUs: number): void {
  const first = mesh.topology.outStart[mesh.packets.interfaceOut[packet]!]!;
  let rest = mask;
  for (let edge = first; rest > 0; edge += 1) {
    if (rest % 2 === 1) hear(mesh, queue, packet, edge, nowUs);
    rest = Math.floor(rest / 2);
  }
}

/** Delivers a packet over one edge and frees it after its last hearer. */
export function hear(mesh: MeshState, queue: EventQueue, packet: number, edge: number, nowUs: number): void {
  const { packets, topology, counters } = mesh;
  const into = topology.edgeTo[edge]!;
  if (mesh.interfaces.status[into] === InterfaceStatus.active) {
    const router = topology.interfaceRouter[into]!;
    counters.managementRx[router] = counters.managementRx[router]! + 1;
    counters.managementRxBytes[router] = counters.managementRxBytes[router]! + packets.bytes[packet]! + ETHERNET_BYTES;
    readOgms(mesh, queue, packet, heardOgm(edge, router, jiffiesAt(mesh, nowUs)), nowUs);
  }
  packets.inAir[packet] = packets.inAir[packet]! - 1;
  if (packets.inAir[packet] === 0) freePacket(packets, packet);
}

function readOgms(mesh: MeshState, queue: EventQueue, packet: number, ogm: HeardOgm, nowUs: number): void {
  const { packets, topology } = mesh;
  const isV = mesh.algorithm === 'BATMAN_V';
  const end = packet * PACKET_WORDS + packets.count[packet]! * OGM_WORDS;
  for (let at = packet * PACKET_WORDS; at < end; at += OGM_WORDS) {
    const { words } = packets; // the pool may grow while OGMs are sent on
    const rest = words[at + 3]!;
    ogm.originator = words[at]!;
    ogm.sequence = words[at + 1]!;
    ogm.sender = words[at + 2]!;
    ogm.tq = rest & 0xff;
    ogm.ttl = (rest >>> 8) & 0xff;
    ogm.flags = (rest >>> 16) & 0xf;
    ogm.bytes = rest >>> 20;
    if (isV) learnOgm2(mesh, queue, ogm, nowUs);
    else if (topology.interfaceRouter[ogm.originator] === ogm.router) hearEcho(mesh, ogm);
    else if (topology.interfaceRouter[ogm.sender] !== ogm.router && (ogm.flags & OgmFlag.notBestNextHop) === 0) learnOgm(mesh, queue, ogm);
  }
}

/** Our own OGM came back: the neighbour heard it (process_reply). Counts only once the neighbour's own OGMs are known. */
function hearEcho(mesh: MeshState, { edge, router, originator, sequence, flags, now }: HeardOgm): void {
  const { tables, topology, interfaces } = mesh;
  const into = topology.edgeTo[edge]!;
  const slot = slotBase(tables, router, topology.edgeSlot[edge]!);
  if (tables.words[slot] === 0) tables.words[slot] = now;
  if ((flags & OgmFlag.directLink) === 0 || originator !== into || !isKnown(tables, router, slot, copyOf(topology, tables, router, into))) return;
  const age = (interfaces.sequence[into]! - 2 - sequence) | 0;
  if (age < 0 || age >= WINDOW) return;
  if (age < 32) tables.echoLow[edge] = tables.echoLow[edge]! | (1 << age);
  else tables.echoHigh[edge] = tables.echoHigh[edge]! | (1 << (age - 32));
  countEchoes(mesh, router, edge);
}
