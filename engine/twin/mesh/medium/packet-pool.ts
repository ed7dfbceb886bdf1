/**
 * OGM packets that wait to be sent or are in the air. An OGM is four words: [originator interface][sequence]
 * [previous sender interface][TQ | TTL << 8 | flags << 16 | bytes << 20].
 */
import { invariant } from '@/engine/kernel';
import { AGGREGATION_BYTES, OGM_HEADER_BYTES } from '../constants';

export const OGM_WORDS = 4;
export const OGMS_MAX = Math.floor(AGGREGATION_BYTES / OGM_HEADER_BYTES);
export const PACKET_WORDS = OGM_WORDS * OGMS_MAX;
const PACKETS_MAX = 4_000_000;

export const OgmFlag = { directLink: 1, notBestNextHop: 2 } as const;

/** What may join a waiting packet: flooded OGMs (`flooded`), one-hop OGMs of its own interface (`oneHop`), or nothing. */
export const PacketKind = { flooded: 0, oneHop: 1, closed: 2, lastHop: 3 } as const;

export type PacketPool = {
  used: number;
  free: number; // first of the free ones, −1 for none
  words: Int32Array;
  count: Uint8Array;
  bytes: Uint16Array;
  own: Uint8Array;
  kind: Uint8Array;
  interfaceIn: Int32Array;
  interfaceOut: Int32Array;
  sendAt: Float64Array; // nominal jiffy
  next: Int32Array; // older packet of the same router; next free one
  previous: Int32Array;
  inAir: Int32Array; // deliveries still to come
};

export function packetPool(size = 64): PacketPool {
  return {
    used: 0,
    free: -1,
    words: new Int32Array(size * PACKET_WORDS),
    count: new Uint8Array(size),
    bytes: new Uint16Array(size),
    own: new Uint8Array(size),
    kind: new Uint8Array(size),
    interfaceIn: new Int32Array(size),
    interfaceOut: new Int32Array(size),
    sendAt: new Float64Array(size),
    next: new Int32Array(size),
    previous: new Int32Array(size),
    inAir: new Int32Array(size),
  };
}

/** Takes an empty packet. */
export function takePacket(pool: PacketPool): number {
  let packet = pool.free;
  if (packet >= 0) pool.free = pool.next[packet]!;
  else {
    if (pool.used === pool.count.length) grow(pool);
    packet = pool.used;
    pool.used += 1;
  }
  pool.count[packet] = 0;
  pool.bytes[packet] = 0;
  pool.inAir[packet] = 0;
  return packet;
}

export function freePacket(pool: PacketPool, packet: number): void {
  pool.next[packet] = pool.free;
  pool.free = packet;
}

export function appendOgm(pool: PacketPool, packet: number, originator: number, sequence: number, previousSender: number, rest: number): void {
  const count = pool.count[packet]!;
  const at = packet * PACKET_WORDS + count * OGM_WORDS;
  pool.words[at] = originator;
  pool.words[at + 1] = sequence;
  pool.words[at + 2] = previousSender;
  pool.words[at + 3] = rest;
  pool.count[packet] = count + 1;
  pool.bytes[packet] = pool.bytes[packet]! + (rest >>> 20);
}

/** The fourth word of an OGM. */
export const ogmRest = (tq: number, ttl: number, flags: number, bytes: number) => tq | (ttl << 8) | (flags << 16) | (bytes << 20);

function grow(pool: PacketPool): void {
  const size = pool.count.length * 2;
  invariant(size <= PACKETS_MAX, `more than ${PACKETS_MAX} OGM packets are in the air`);
  const fresh = packetPool(size);
  for (const key of ['words', 'count', 'bytes', 'own', 'kind', 'interfaceIn', 'interfaceOut', 'sendAt', 'next', 'previous', 'inAir'] as const) fresh[key].set(pool[key]);
  Object.assign(pool, fresh, { used: pool.used, free: pool.free });
}
