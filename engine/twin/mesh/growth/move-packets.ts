/** OGMs that wait or are in the air name interfaces. */
import { OGM_WORDS, PACKET_WORDS, type PacketPool } from '../medium/packet-pool';
import type { MeshState } from '../mesh-state';
import type { Renumbered } from './renumber';

export function movePackets(pool: PacketPool, algorithm: MeshState['algorithm'], { interfaces }: Renumbered): void {
  const moved = (i: number) => interfaces[i] ?? i; // −1 stays
  for (let packet = 0; packet < pool.used; packet += 1) {
    pool.interfaceIn[packet] = moved(pool.interfaceIn[packet]!);
    pool.interfaceOut[packet] = moved(pool.interfaceOut[packet]!);
    for (let i = 0; i < pool.count[packet]!; i += 1) {
      const at = packet * PACKET_WORDS + i * OGM_WORDS;
      pool.words[at] = moved(pool.words[at]!);
      if (algorithm === 'BATMAN_IV') pool.words[at + 2] = moved(pool.words[at + 2]!); // BATMAN_V has the throughput there
    }
  }
}
