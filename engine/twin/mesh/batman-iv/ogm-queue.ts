/**
 * OGMs on their way out (bat_iv_ogm.c, queue_add and can_aggregate). A forwarded OGM waits 0–9 ms; when it can
 * join no waiting packet it opens one and holds it 100 ms for others to join (not when aggregation is off). Own OGMs always go alone, but
 * others may join them when they are due a little later.
 */
import { nextBelow, schedule, type EventQueue } from '@/engine/kernel';
import { AGGREGATION_BYTES, AGGREGATION_MS, FORWARD_DELAY_MS, OGM_HEADER_BYTES } from '../constants';
import type { HeardOgm } from '../medium/heard-ogm';
import { jiffiesOfMs, timerFiresAt } from '../kernel-timer';
import { MeshEvent, timeOfJiffy } from '../mesh-event';
import type { MeshState } from '../mesh-state';
import { appendOgm, PacketKind, takePacket } from '../medium/packet-pool';

/** Pending packets of one router (BATMAN_QUEUE_LEN); further forwards are dropped and counted. */
export const QUEUE_LENGTH_MAX = 256;
const HOLD_JIFFIES = jiffiesOfMs(AGGREGATION_MS);

export type Outgoing = { readonly router: number; readonly interfaceIn: number; readonly interfaceOut: number; readonly own: boolean; readonly kind: number };

/** Queues a heard OGM for interface `out`; `rest` is its fourth word as it shall be sent. */
export function forwardOgm(mesh: MeshState, queue: EventQueue, ogm: HeardOgm, out: number, rest: number): void {
  const { packets } = mesh;
  const { from, into } = ogm;
  const sendAt = ogm.now + jiffiesOfMs(nextBelow(mesh.timerRandom, FORWARD_DELAY_MS));
  const kind = packetKind(from === ogm.originator, ogm.ttl - 1);
  const aggregates = mesh.routers.aggregates[ogm.router] === 1;
  let packet = kind === PacketKind.closed || !aggregates ? -1 : findAggregate(mesh, ogm.router, into, out, kind, sendAt, ogm.bytes);
  if (packet < 0) {
    if (mesh.routers.queueLength[ogm.router]! >= QUEUE_LENGTH_MAX) {
      mesh.counters.drops[ogm.router] = mesh.counters.drops[ogm.router]! + 1;
      return;
    }
    packet = openPacket(mesh, queue, ogm.now, aggregates ? sendAt + HOLD_JIFFIES : sendAt, { router: ogm.router, interfaceIn: into, interfaceOut: out, own: false, kind });
  }
  appendOgm(packets, packet, ogm.originator, ogm.sequence, from, rest);
  if (packets.bytes[packet]! + OGM_HEADER_BYTES > AGGREGATION_BYTES) packets.kind[packet] = PacketKind.closed;
}

/** A neighbour's own OGM is repeated alone, unless it is at its last hop; a flooded one at its last hop opens no aggregate. */
const packetKind = (direct: boolean, ttl: number) => (direct ? (ttl === 1 ? PacketKind.oneHop : PacketKind.closed) : ttl === 1 ? PacketKind.lastHop : PacketKind.flooded);

/** Puts an empty packet into the router's queue and arms its timer. */
export function openPacket(mesh: MeshState, queue: EventQueue, now: number, sendAt: number, { router, interfaceIn, interfaceOut, own, kind }: Outgoing): number {
  const { packets, routers } = mesh;
  const packet = takePacket(packets);
  packets.own[packet] = own ? 1 : 0;
  packets.kind[packet] = kind;
  packets.interfaceIn[packet] = interfaceIn;
  packets.interfaceOut[packet] = interfaceOut;
  packets.sendAt[packet] = sendAt;
  const head = routers.queueHead[router]!;
  packets.next[packet] = head;
  packets.previous[packet] = -1;
  if (head >= 0) packets.previous[head] = packet;
  routers.queueHead[router] = packet;
  if (!own) routers.queueLength[router] = routers.queueLength[router]! + 1;
  schedule(queue, timeOfJiffy(mesh, timerFiresAt(now, sendAt - now)), MeshEvent.sendPacket, packet);
  return packet;
}

/** Takes a packet out of its router's queue. */
export function leaveQueue(mesh: MeshState, packet: number): void {
  const { packets, routers, topology } = mesh;
  const router = topology.interfaceRouter[packets.interfaceIn[packet]!]!;
  const older = packets.next[packet]!;
  const newer = packets.previous[packet]!;
  if (older >= 0) packets.previous[older] = newer;
  if (newer >= 0) packets.next[newer] = older;
  else routers.queueHead[router] = older;
  if (packets.own[packet] === 0) routers.queueLength[router] = routers.queueLength[router]! - 1;
}

/** Forgets what a router still wanted to send; the timers find no interface and free the packets. */
export function emptyQueue(mesh: MeshState, router: number): void {
  for (let packet = mesh.routers.queueHead[router]!; packet >= 0; packet = mesh.packets.next[packet]!) mesh.packets.interfaceOut[packet] = -1;
  mesh.routers.queueHead[router] = -1;
  mesh.routers.queueLength[router] = 0;
}

/** The newest waiting packet that an OGM of this kind may join; −1 for none. */
function findAggregate(mesh: MeshState, router: number, into: number, out: number, kind: number, sendAt: number, bytes: number): number {
  const { packets } = mesh;
  const wanted = kind === PacketKind.lastHop ? PacketKind.flooded : kind;
  for (let packet = mesh.routers.queueHead[router]!; packet >= 0; packet = packets.next[packet]!) {
    if (packets.kind[packet] !== wanted) continue; // full ones are closed
    const due = packets.sendAt[packet]!;
    if (sendAt >= due || sendAt + HOLD_JIFFIES < due || packets.interfaceOut[packet] !== out) continue;
    if (packets.bytes[packet]! + bytes > AGGREGATION_BYTES) continue;
    if (wanted === PacketKind.flooded || packets.interfaceIn[packet] === into) return packet;
  }
  return -1;
}
