/**
 * Echo requests and replies as unicast frames, hop by hop: every relay asks its own table, every link loses
 * and delays the frame by its size. A frame that is too long for a link travels as two fragments, each for itself, and
 * counts when both are there. One entry per ping; a reply that never comes leaves its time at −1.
 */
import { schedule, type EventQueue, type TimeUs } from '@/engine/kernel';
import { ETHERNET_BYTES, FRAGMENT_HEADER_BYTES, LINK_MTU_BYTES, OGM_TTL, UNICAST_HEADER_BYTES } from './constants';
import { arrivalUs, losesFrame } from './medium/link-state';
import { MeshEvent } from './mesh-event';
import { acceptsFrames, nextEdge, sendsTo } from './mesh-path';
import { InterfaceStatus, type MeshState } from './mesh-state';

export type PingLog = {
  length: number;
  source: Int32Array;
  target: Int32Array;
  sentUs: Float64Array;
  rttUs: Float64Array; // −1: no answer so far
  bytes: Int32Array; // of the Ethernet frame that the mesh carries
  ttl: Int8Array; // two per ping: of the frame or its first fragment, of the second fragment
  arrived: Uint8Array; // fragments that came on the way at hand, a bit each
  returning: Uint8Array;
};

export const pingLog = (size = 64): PingLog => ({
  length: 0,
  source: new Int32Array(size),
  target: new Int32Array(size),
  sentUs: new Float64Array(size),
  rttUs: new Float64Array(size),
  bytes: new Int32Array(size),
  ttl: new Int8Array(2 * size),
  arrived: new Uint8Array(size),
  returning: new Uint8Array(size),
});

/** What ping sends unless told otherwise, and the most that IP does not split itself. */
const PING_DATA_BYTES = 56;
export const PING_DATA_BYTES_MAX = 1_472;
/** ICMP 8, IPv4 20, Ethernet 14. */
const ECHO_HEADER_BYTES = 42;
/** Work of one router on one frame, by which measured round trips exceed the links' delays. */
const ROUTER_WORK_US = 7;

/** Sends one ping now; returns its index in the log. */
export function sendPing(mesh: MeshState, queue: EventQueue, source: number, target: number, nowUs: number, dataBytes = PING_DATA_BYTES): number {
  const { pings } = mesh;
  if (pings.length === pings.source.length) grow(pings);
  const ping = pings.length;
  pings.length += 1;
  pings.source[ping] = source;
  pings.target[ping] = target;
  pings.sentUs[ping] = nowUs;
  pings.rttUs[ping] = -1;
  pings.bytes[ping] = dataBytes + ECHO_HEADER_BYTES;
  pings.returning[ping] = 0;
  originate(mesh, queue, ping, source, nowUs);
  return ping;
}

function originate(mesh: MeshState, queue: EventQueue, ping: number, router: number, nowUs: number): void {
  const { pings, counters } = mesh;
  pings.arrived[ping] = 0;
  const target = (pings.returning[ping] === 1 ? pings.source : pings.target)[ping]!;
  if (!sendsTo(mesh, router, target)) return;
  let sent = false;
  for (let fragment = 0; fragment < fragmentsOf(pings.bytes[ping]!); fragment += 1) {
    pings.ttl[2 * ping + fragment] = OGM_TTL;
    sent = sendOn(mesh, queue, ping, fragment, router, -1, nowUs) || sent;
  }
  if (!sent) return;
  counters.tx[router] = counters.tx[router]! + 1;
  counters.txBytes[router] = counters.txBytes[router]! + pings.bytes[ping]!;
}

/** The frame, or one of its fragments, reached the end of an edge; `detail` as `frameDetail` makes it. */
export function frameArrives(mesh: MeshState, queue: EventQueue, ping: number, detail: number, nowUs: number): void {
  const { topology, pings, counters } = mesh;
  const { edge, fragment } = readFrameDetail(detail);
  const into = topology.edgeTo[edge]!;
  const router = topology.interfaceRouter[into]!;
  if (mesh.interfaces.status[into] !== InterfaceStatus.active) return;
  const returning = pings.returning[ping] === 1;
  const fragments = fragmentsOf(pings.bytes[ping]!);
  if (router !== (returning ? pings.source[ping] : pings.target[ping])) {
    if (!sendOn(mesh, queue, ping, fragment, router, into, nowUs + ROUTER_WORK_US) || fragments > 1) return; // fragments have a counter of their own
    counters.forward[router] = counters.forward[router]! + 1;
    counters.forwardBytes[router] = counters.forwardBytes[router]! + pings.bytes[ping]! + UNICAST_HEADER_BYTES + ETHERNET_BYTES;
    return;
  }
  if (!acceptsFrames(mesh, router)) {
    counters.drops[router] = counters.drops[router]! + 1;
    return;
  }
  pings.arrived[ping] = pings.arrived[ping]! | (1 << fragment);
  if (pings.arrived[ping] !== (1 << fragments) - 1) return;
  counters.rx[router] = counters.rx[router]! + 1;
  counters.rxBytes[router] = counters.rxBytes[router]! + pings.bytes[ping]!;
  if (returning) pings.rttUs[ping] = nowUs + ROUTER_WORK_US - pings.sentUs[ping]!;
  else {
    pings.returning[ping] = 1;
    originate(mesh, queue, ping, router, nowUs + ROUTER_WORK_US);
  }
}

/** Puts the frame on the link of the route. False when there is none or its life is over; a frame lost on the link was sent. */
function sendOn(mesh: MeshState, queue: EventQueue, ping: number, fragment: number, router: number, into: number, nowUs: number): boolean {
  const { pings, links, lossRandom } = mesh;
  const target = (pings.returning[ping] === 1 ? pings.source : pings.target)[ping]!;
  const life = 2 * ping + fragment;
  pings.ttl[life] = pings.ttl[life]! - 1;
  const edge = pings.ttl[life]! < 0 ? -1 : nextEdge(mesh, router, target, into);
  if (edge < 0 || mesh.interfaces.status[mesh.topology.edgeFrom[edge]!] !== InterfaceStatus.active) {
    mesh.counters.drops[router] = mesh.counters.drops[router]! + 1;
    return false;
  }
  let tries = 1;
  while (losesFrame(links, edge, lossRandom)) if ((tries += 1) > mesh.unicastTries) return true;
  const at = arrivalUs(links, edge, nowUs, linkBytes(pings.bytes[ping]!, fragment), lossRandom);
  schedule(queue, at as TimeUs, MeshEvent.frame, ping, frameDetail(edge, fragment));
  return true;
}

/** batman-adv splits what is longer than the link takes into equal parts (fragmentation.c); two are enough for one Ethernet frame. */
const fragmentsOf = (bytes: number) => (bytes + UNICAST_HEADER_BYTES > LINK_MTU_BYTES ? 2 : 1);

function linkBytes(bytes: number, fragment: number): number {
  const carried = bytes + UNICAST_HEADER_BYTES;
  if (fragmentsOf(bytes) === 1) return carried + ETHERNET_BYTES;
  const half = Math.ceil(carried / 2);
  return (fragment === 0 ? half : carried - half) + FRAGMENT_HEADER_BYTES + ETHERNET_BYTES;
}

/** What an event says of a frame: the edge it is on, and below 0 that it is the second fragment. */
export const frameDetail = (edge: number, fragment: number) => (fragment === 0 ? edge : -1 - edge);
export const readFrameDetail = (detail: number) => (detail < 0 ? { edge: -1 - detail, fragment: 1 } : { edge: detail, fragment: 0 });

function grow(pings: PingLog): void {
  const fresh = pingLog(pings.source.length * 2);
  for (const key of ['source', 'target', 'sentUs', 'rttUs', 'bytes', 'ttl', 'arrived', 'returning'] as const) fresh[key].set(pings[key]);
  Object.assign(pings, fresh, { length: pings.length });
}
