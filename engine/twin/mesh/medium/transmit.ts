/** OGM packets leave an interface and reach whoever hears it. */
import { schedule, type EventQueue, type TimeUs } from '@/engine/kernel';
import { ETHERNET_BYTES } from '../constants';
import { arrivalUs, losesFrame } from './link-state';
import { jiffiesAt, MeshEvent } from '../mesh-event';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { leaveQueue } from '../batman-iv/ogm-queue';
import { scheduleOwnOgm } from '../batman-iv/own-ogm';
import { freePacket } from './packet-pool';

/** Receivers one event can name; an interface with more sends one event per receiver. */
const MASK_BITS = 30;

/** The timer of a waiting packet fired. */
export function sendPacket(mesh: MeshState, queue: EventQueue, packet: number, nowUs: number): void {
  const { packets, interfaces } = mesh;
  const out = packets.interfaceOut[packet]!;
  if (out < 0) return freePacket(packets, packet);
  const source = packets.interfaceIn[packet]!;
  const own = packets.own[packet] === 1;
  leaveQueue(mesh, packet);
  if (interfaces.status[source] === InterfaceStatus.active && interfaces.status[out] === InterfaceStatus.active) broadcast(mesh, queue, packet, out, nowUs);
  if (packets.inAir[packet] === 0) freePacket(packets, packet);
  if (own && source === out) scheduleOwnOgm(mesh, queue, jiffiesAt(mesh, nowUs), source);
}

/** Puts a packet on the air of interface `out`; it counts as sent even when nobody hears it. */
export function broadcast(mesh: MeshState, queue: EventQueue, packet: number, out: number, nowUs: number): void {
  const { topology, links, packets, counters, lossRandom } = mesh;
  const bytes = packets.bytes[packet]! + ETHERNET_BYTES;
  const router = topology.interfaceRouter[out]!;
  mesh.ogmBytes += bytes;
  counters.managementTx[router] = counters.managementTx[router]! + 1;
  counters.managementTxBytes[router] = counters.managementTxBytes[router]! + bytes;
  const first = topology.outStart[out]!;
  const end = topology.outStart[out + 1]!;
  let mask = 0;
  let maskAt = -1;
  for (let edge = first; edge < end; edge += 1) {
    if (losesFrame(links, edge, lossRandom)) continue;
    const at = arrivalUs(links, edge, nowUs, bytes, lossRandom);
    packets.inAir[packet] = packets.inAir[packet]! + 1;
    if (edge - first < MASK_BITS && (maskAt === at || maskAt < 0)) {
      maskAt = at;
      mask |= 1 << (edge - first);
    } else schedule(queue, at as TimeUs, MeshEvent.hear, packet, edge);
  }
  if (mask > 0) schedule(queue, maskAt as TimeUs, MeshEvent.hearAll, packet, mask);
}
