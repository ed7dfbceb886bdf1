/** A packet of OGMs arrives: it is counted and learnt from at everyone who hears it. */
import type { EventQueue } from '@/engine/kernel';
import { fetchSlots } from '../batman-iv/fetch-slots';
import { learnOgm2 } from '../batman-v/learn-ogm2';
import { ETHERNET_BYTES } from '../constants';
import { heardOver, readOgm, type HeardOgm } from './heard-ogm';
import { learnOgms } from '../batman-iv/learn-ogms';
import { jiffiesAt } from '../mesh-event';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { freePacket, OGM_WORDS, OGMS_MAX, PACKET_WORDS } from './packet-pool';

/** One event, several hearers: `mask` counts the sender's edges from its first. */
export function hearAll(mesh: MeshState, queue: EventQueue, packet: number, mask: number, nowUs: number): void {
  const first = mesh.topology.outStart[mesh.packets.interfaceOut[packet]!]!;
  if (mesh.algorithm === 'BATMAN_IV') for (let rest = mask | 0, n = 0; rest > 0; n += 1, rest >>= 1) if ((rest & 1) === 1) fetchSlots(mesh, packet, first + n, n * OGMS_MAX);
  for (let rest = mask | 0, n = 0; rest > 0; n += 1, rest >>= 1) if ((rest & 1) === 1) deliver(mesh, queue, packet, first + n, n * OGMS_MAX, nowUs);
}

/** One hearer alone. */
export function hear(mesh: MeshState, queue: EventQueue, packet: number, edge: number, nowUs: number): void {
  if (mesh.algorithm === 'BATMAN_IV') fetchSlots(mesh, packet, edge, 0);
  deliver(mesh, queue, packet, edge, 0, nowUs);
}

/** Delivers a packet over one edge and frees it after its last hearer; `place` is where its slots there were put. */
function deliver(mesh: MeshState, queue: EventQueue, packet: number, edge: number, place: number, nowUs: number): void {
  const { packets, topology, counters } = mesh;
  const into = topology.edgeTo[edge]!;
  if (mesh.interfaces.status[into] === InterfaceStatus.active) {
    const router = topology.interfaceRouter[into]!;
    counters.managementRx[router] = counters.managementRx[router]! + 1;
    counters.managementRxBytes[router] = counters.managementRxBytes[router]! + packets.bytes[packet]! + ETHERNET_BYTES;
    const ogm = heardOver(mesh, edge, router, jiffiesAt(mesh, nowUs));
    if (mesh.algorithm === 'BATMAN_V') readOgms2(mesh, queue, packet, ogm, nowUs);
    else learnOgms(mesh, queue, packet, ogm, place);
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
