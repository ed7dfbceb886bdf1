/**
 * OGMs of BATMAN_V on their way out (bat_v_ogm.c): each interface collects them in one packet that leaves every
 * 100 ± 10 ms, or earlier when it is full. An interface whose only neighbour sent or is the originator stays quiet.
 */
import { nextBelow, schedule, type EventQueue } from '@/engine/kernel';
import { attachedBytes, commitChanges } from '../clients/translation-table';
import { AGGREGATION_BYTES, AGGREGATION_MS, JITTER_MS, OGM_TTL } from '../constants';
import { jiffiesOfMs, timerFiresAt } from '../kernel-timer';
import { jiffiesAt, MeshEvent, timeOfJiffy } from '../mesh-event';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { appendOgm, freePacket, ogmRest, takePacket } from '../medium/packet-pool';
import { broadcast } from '../medium/transmit';

export const OGM2_HEADER_BYTES = 20;
/** What an OGM starts with: more than any link has. */
export const THROUGHPUT_MAX = 0x7fffffff;

export function armAggregate(mesh: MeshState, queue: EventQueue, on: number, now: number): void {
  const waitMs = AGGREGATION_MS - AGGREGATION_MS / 10 + nextBelow(mesh.timerRandom, AGGREGATION_MS / 5);
  schedule(queue, timeOfJiffy(mesh, timerFiresAt(now, jiffiesOfMs(waitMs))), MeshEvent.aggregate, on, mesh.routers.life[mesh.topology.interfaceRouter[on]!]!);
}

export function armOgm2(mesh: MeshState, queue: EventQueue, router: number, now: number): void {
  const waitMs = mesh.routers.ogmIntervalMs[router]! - JITTER_MS + nextBelow(mesh.timerRandom, 2 * JITTER_MS);
  schedule(queue, timeOfJiffy(mesh, timerFiresAt(now, jiffiesOfMs(waitMs))), MeshEvent.ogm2, router, mesh.routers.life[router]!);
}

/** The aggregation timer of an interface fired. */
export function sendAggregate(mesh: MeshState, queue: EventQueue, on: number, life: number, nowUs: number): void {
  if (mesh.routers.life[mesh.topology.interfaceRouter[on]!] !== life) return;
  flush(mesh, queue, on, nowUs);
  armAggregate(mesh, queue, on, jiffiesAt(mesh, nowUs));
}

/** The OGM timer of a router fired: one OGM on every interface that has a neighbour. */
export function sendOwnOgm2(mesh: MeshState, queue: EventQueue, router: number, life: number, nowUs: number): void {
  const { topology, routers, v } = mesh;
  if (routers.life[router] !== life) return;
  const sequence = v.nextOgm[router]!;
  commitChanges(mesh, router, sequence);
  v.nextOgm[router] = sequence + 1;
  const first = topology.interfaceStart[router]!;
  for (let out = first; out < topology.interfaceStart[router + 1]!; out += 1)
    if (isWorthSending(mesh, out, -1, -1)) queueOgm2(mesh, queue, out, { originator: first, sequence, throughput: THROUGHPUT_MAX, rest: ogmRest(0, OGM_TTL, 0, OGM2_HEADER_BYTES + attachedBytes(mesh, router, sequence)) }, nowUs);
  armOgm2(mesh, queue, router, jiffiesAt(mesh, nowUs));
}

export type Ogm2 = { readonly originator: number; readonly sequence: number; readonly throughput: number; readonly rest: number };

export function queueOgm2(mesh: MeshState, queue: EventQueue, out: number, { originator, sequence, throughput, rest }: Ogm2, nowUs: number): void {
  const { packets, v } = mesh;
  if (v.collecting[out]! >= 0 && packets.bytes[v.collecting[out]!]! + (rest >>> 20) > AGGREGATION_BYTES) flush(mesh, queue, out, nowUs);
  if (v.collecting[out]! < 0) {
    const packet = takePacket(packets);
    packets.interfaceIn[packet] = out;
    packets.interfaceOut[packet] = out;
    v.collecting[out] = packet;
  }
  appendOgm(packets, v.collecting[out]!, originator, sequence, throughput, rest);
  if (mesh.routers.aggregates[mesh.topology.interfaceRouter[out]!] === 0) flush(mesh, queue, out, nowUs);
}

function flush(mesh: MeshState, queue: EventQueue, on: number, nowUs: number): void {
  const packet = mesh.v.collecting[on]!;
  if (packet < 0) return;
  mesh.v.collecting[on] = -1;
  if (mesh.interfaces.status[on] === InterfaceStatus.active) broadcast(mesh, queue, packet, on, nowUs);
  if (mesh.packets.inAir[packet] === 0) freePacket(mesh.packets, packet);
}

/** Not without a neighbour, nor when the only one is the OGM's originator or sent it (hardif_no_broadcast). */
export function isWorthSending(mesh: MeshState, out: number, originator: number, sender: number): boolean {
  const { topology, v } = mesh;
  const router = topology.interfaceRouter[out]!;
  let only = -1;
  for (let i = topology.inStart[router]!; i < topology.inStart[router + 1]!; i += 1) {
    const edge = topology.inEdges[i]!;
    if (topology.edgeTo[edge] !== out || v.isNeighbour[edge] === 0) continue;
    if (only >= 0) return true;
    only = topology.interfaceRouter[topology.edgeFrom[edge]!]!;
  }
  return only >= 0 && only !== originator && only !== sender;
}
