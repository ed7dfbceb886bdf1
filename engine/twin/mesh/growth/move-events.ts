/** Events to come name interfaces and edges; packets on their way name their hearers by place among the sender's edges. */
import { schedule, type EventQueue, type TimeUs } from '@/engine/kernel';
import type { Topology } from '../medium/topology';
import { MeshEvent } from '../mesh-event';
import type { MeshState } from '../mesh-state';
import { frameDetail, readFrameDetail } from '../ping';
import type { Renumbered } from './renumber';

/** Hearers that one event can name (see `broadcast`). */
const MASK_BITS = 30;

export function moveEvents(queue: EventQueue, old: MeshState, grown: Topology, { interfaces, edges }: Renumbered): void {
  const late: { at: number; packet: number; edge: number }[] = [];
  for (let i = 0; i < queue.length; i += 1) {
    const slot = queue.slots[i]!;
    switch (queue.kinds[slot]) {
      case MeshEvent.hear:
        queue.details[slot] = edges[queue.details[slot]!]!;
        break;
      case MeshEvent.frame: {
        const { edge, fragment } = readFrameDetail(queue.details[slot]!);
        queue.details[slot] = frameDetail(edges[edge]!, fragment);
        break;
      }
      case MeshEvent.hearElp:
        queue.subjects[slot] = edges[queue.subjects[slot]!]!;
        break;
      case MeshEvent.join:
      case MeshEvent.elp:
      case MeshEvent.aggregate:
        queue.subjects[slot] = interfaces[queue.subjects[slot]!]!;
        break;
      case MeshEvent.hearAll: {
        const packet = queue.subjects[slot]!;
        const hearers = hearersOf(old, packet, queue.details[slot]!).map((edge) => edges[edge]!);
        const first = grown.outStart[interfaces[old.packets.interfaceOut[packet]!]!]!;
        queue.details[slot] = hearers.reduce((mask, edge) => (edge - first < MASK_BITS ? mask | (1 << (edge - first)) : mask), 0);
        late.push(...hearers.filter((edge) => edge - first >= MASK_BITS).map((edge) => ({ at: queue.times[i]!, packet, edge })));
        break;
      }
    }
  }
  for (const { at, packet, edge } of late) schedule(queue, at as TimeUs, MeshEvent.hear, packet, edge);
}

function hearersOf({ topology, packets }: MeshState, packet: number, mask: number): number[] {
  const first = topology.outStart[packets.interfaceOut[packet]!]!;
  const found: number[] = [];
  for (let bit = 0; bit < MASK_BITS; bit += 1) if ((mask & (1 << bit)) !== 0) found.push(first + bit);
  return found;
}
