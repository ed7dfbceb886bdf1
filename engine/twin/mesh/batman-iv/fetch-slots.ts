/**
 * Where a hearer of a packet keeps what it knows of the originators in it. In a large mesh those slots lie far apart
 * in memory: all of them, of everyone who hears the packet, are read before any is worked on, so that the processor
 * fetches them side by side instead of one by one.
 */
import { OgmFlag, OGM_WORDS, OGMS_MAX, PACKET_WORDS } from '../medium/packet-pool';
import type { MeshState } from '../mesh-state';
import { slotBase, slotOf, wordsIn } from '../tables/originator-tables';

/** What an OGM is when it has no slot: our own repetition, not the sender's best way, or never to be heard here; or our own OGM. */
export const NOTHING = -1;
export const ECHO = -2;

/** Hearers whose slots are held at once. */
export const HEARERS_MAX = 30;
/** First word of each OGM's slot, `OGMS_MAX` for every hearer; a scratch area that the next packet overwrites. */
export const slotsHeard = new Int32Array(HEARERS_MAX * OGMS_MAX);
const LINE_WORDS = 16;
const touched = new Int32Array(1);

/** Finds the slots of a packet at the router where `edge` ends, and puts them from `place` on. */
export function fetchSlots({ packets, topology, tables }: MeshState, packet: number, edge: number, place: number): void {
  const { interfaceRouter, primarySlot } = topology;
  const { words } = tables;
  const ogms = packets.words;
  const slots = slotsHeard;
  const router = interfaceRouter[topology.edgeTo[edge]!]!;
  const base = tables.base[router]!;
  const slotWords = tables.slotWords[router]! | 0;
  const lastWord = (wordsIn(tables, router) - 1) | 0;
  const stride = OGM_WORDS | 0;
  const notBest = (OgmFlag.notBestNextHop << 16) | 0;
  const line = LINE_WORDS | 0;
  const end = place + packets.count[packet]!;
  let touch = words[slotBase(tables, router, topology.edgeSlot[edge]!)]!;
  for (let i = place, at = (packet * PACKET_WORDS) | 0; i < end; i += 1, at = (at + stride) | 0) {
    const originator = ogms[at]!;
    let first = NOTHING;
    if (interfaceRouter[originator] === router) first = ECHO;
    else if (interfaceRouter[ogms[at + 2]!] !== router && (ogms[at + 3]! & notBest) === 0) {
      let slot = primarySlot[originator]!;
      if (slot < 0) slot = slotOf(topology, router, originator);
      if (slot >= 0) {
        first = (base + Math.imul(slot, slotWords)) | 0;
        touch ^= words[first]! ^ words[(first + lastWord) | 0]!;
        for (let word = line; word < lastWord; word = (word + line) | 0) touch ^= words[(first + word) | 0]!;
      }
    }
    slots[i] = first;
  }
  touched[0] = touch; // or the compiler would leave the reading out
}
