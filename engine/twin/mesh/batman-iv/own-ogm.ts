/**
 * A router's own OGMs (bat_iv_ogm.c, schedule_buff): one sequence per interface, the next one queued right
 * after the last was sent. Queuing shifts the echo windows, so until the echo is back the newest bit is 0:
 * that is why a perfect link shows TQ 251 or 255, by the phase of its two ends.
 */
import { nextBelow, type EventQueue } from '@/engine/kernel';
import { attachedBytes, commitChanges } from '../clients/translation-table';
import { JITTER_MS, OGM_HEADER_BYTES, OGM_TTL, SECONDARY_TTL, TQ_MAX } from '../constants';
import { jiffiesOfMs } from '../kernel-timer';
import { slideEchoes } from './link-window';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { openPacket } from './ogm-queue';
import { appendOgm, ogmRest, PacketKind } from '../medium/packet-pool';

/** Queues the next own OGM of an interface, on every interface when it is the primary one. */
export function scheduleOwnOgm(mesh: MeshState, queue: EventQueue, now: number, source: number): void {
  const { interfaces, routers, topology } = mesh;
  const router = topology.interfaceRouter[source]!;
  if (interfaces.status[source] === InterfaceStatus.toBeActivated) interfaces.status[source] = InterfaceStatus.active;
  const sequence = interfaces.sequence[source]!;
  interfaces.sequence[source] = sequence + 1;
  slideEchoes(mesh, router, source);
  const waitMs = routers.ogmIntervalMs[router]! - JITTER_MS + nextBelow(mesh.timerRandom, 2 * JITTER_MS);
  const sendAt = now + jiffiesOfMs(waitMs);
  const primary = source === topology.interfaceStart[router];
  if (primary) commitChanges(mesh, router, sequence);
  const rest = ogmRest(TQ_MAX, primary ? OGM_TTL : SECONDARY_TTL, 0, OGM_HEADER_BYTES + (primary ? attachedBytes(mesh, router, sequence) : 0));
  const end = primary ? topology.interfaceStart[router + 1]! : source + 1;
  for (let out = source; out < end; out += 1) {
    const packet = openPacket(mesh, queue, now, sendAt, { router, interfaceIn: source, interfaceOut: out, own: true, kind: primary ? PacketKind.flooded : PacketKind.oneHop });
    appendOgm(mesh.packets, packet, source, sequence, source, rest);
  }
}
