/**
 * Looks the slots of a packet's originators up before any is worked on. In a large mesh they lie far apart in
 * memory; asking for all of them first lets the processor fetch them side by side instead of one by one.
 */
import { OgmFlag, OGM_WORDS, OGMS_MAX, PACKET_WORDS } from '../medium/packet-pool';
import type { MeshState } from '../mesh-state';
import { slotOf } from '../tables/originator-tables';

/** What an OGM is when it has no slot: our own repetition, not the sender's best way, or never to be heard here; or our own OGM. */
export const NOTHING = -1;
export const ECHO = -2;

const slots = new Int32Array(OGMS_MAX);
const touched = new Int32Array(1);

/** First word of each OGM's slot at `router`; a scratch area that the next call overwrites. */
export function slotsOf({ packets, topology, tables }: MeshState, packet: number, count: number, router: number): Int32Array {
  const base = tables.base[router]!;
  const slotWords = tables.slotWords[router]!;
  const { interfaceRouter } = topology;
  const { words } = packets;
  let touch = 0;
  let at = (packet * PACKET_WORDS) | 0;
  for (let i = 0; i < count; i += 1, at = (at + OGM_WORDS) | 0) {
    const originator = words[at]!;
    slots[i] = NOTHING;
    if (interfaceRouter[originator] === router) slots[i] = ECHO;
    else if (interfaceRouter[words[at + 2]!] !== router && ((words[at + 3]! >>> 16) & OgmFlag.notBestNextHop) === 0) {
      const slot = slotOf(topology, router, originator);
      if (slot < 0) continue;
      const first = (base + slot * slotWords) | 0;
      slots[i] = first;
      touch ^= tables.words[first]! ^ tables.words[first + (slotWords >> 1)]! ^ tables.words[first + slotWords - 1]!;
    }
  }
  touched[0] = touch; // or the compiler would leave the reading out
  return slots;
}
