/**
 * Echo requests and replies as unicast frames, hop by hop: every relay asks its own table, every link loses
 * and delays the frame. One entry per ping; a reply that never comes leaves its time at −1.
 */
import { schedule, type EventQueue, type TimeUs } from '@/engine/kernel';
import { ETHERNET_BYTES, OGM_TTL, UNICAST_HEADER_BYTES } from './constants';
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
  ttl: Int8Array;
  returning: Uint8Array;
};

export const pingLog = (size = 64): PingLog => ({
  length: 0,
  source: new Int32Array(size),
  target: new Int32Array(size),
  sentUs: new Float64Array(size),
  rttUs: new Float64Array(size),
  ttl: new Int8Array(size),
  returning: new Uint8Array(size),
});

/** An ICMP echo of ping's default size on Ethernet: 56 + 8 + 20 + 14. */
const PING_BYTES = 98;
/** Work of one router on one frame, by which measured round trips exceed the links' delays. */
const ROUTER_WORK_US = 7;

/** Sends one ping now; returns its index in the log. */
export function sendPing(mesh: MeshState, queue: EventQueue, source: number, target: number, nowUs: number): number {
  const { pings } = mesh;
  if (pings.length === pings.source.length) grow(pings);
  const ping = pings.length;
  pings.length += 1;
  pings.source[ping] = source;
  pings.target[ping] = target;
  pings.sentUs[ping] = nowUs;
  pings.rttUs[ping] = -1;
  pings.returning[ping] = 0;
  originate(mesh, queue, ping, source, nowUs);
  return ping;
}

function originate(mesh: MeshState, queue: EventQueue, ping: number, router: number, nowUs: number): void {
  mesh.pings.ttl[ping] = OGM_TTL;
  const target = (mesh.pings.returning[ping] === 1 ? mesh.pings.source : mesh.pings.target)[ping]!;
  if (!sendsTo(mesh, router, target) || !sendOn(mesh, queue, ping, router, -1, nowUs)) return;
  mesh.counters.tx[router] = mesh.counters.tx[router]! + 1;
  mesh.counters.txBytes[router] = mesh.counters.txBytes[router]! + PING_BYTES;
}

/** The frame reached the end of an edge. */
export function frameArrives(mesh: MeshState, queue: EventQueue, ping: number, edge: number, nowUs: number): void {
  const { topology, pings, counters } = mesh;
  const into = topology.edgeTo[edge]!;
  const router = topology.interfaceRouter[into]!;
  if (mesh.interfaces.status[into] !== InterfaceStatus.active) return;
  const returning = pings.returning[ping] === 1;
  if (router !== (returning ? pings.source[ping] : pings.target[ping])) {
    if (!sendOn(mesh, queue, ping, router, into, nowUs + ROUTER_WORK_US)) return;
    counters.forward[router] = counters.forward[router]! + 1;
    counters.forwardBytes[router] = counters.forwardBytes[router]! + PING_BYTES + UNICAST_HEADER_BYTES + ETHERNET_BYTES;
    return;
  }
  if (!acceptsFrames(mesh, router)) {
    counters.drops[router] = counters.drops[router]! + 1;
    return;
  }
  counters.rx[router] = counters.rx[router]! + 1;
  counters.rxBytes[router] = counters.rxBytes[router]! + PING_BYTES;
  if (returning) pings.rttUs[ping] = nowUs + ROUTER_WORK_US - pings.sentUs[ping]!;
  else {
    pings.returning[ping] = 1;
    originate(mesh, queue, ping, router, nowUs + ROUTER_WORK_US);
  }
}

/** Puts the frame on the link of the route. False when there is none or its life is over; a frame lost on the link was sent. */
function sendOn(mesh: MeshState, queue: EventQueue, ping: number, router: number, into: number, nowUs: number): boolean {
  const { pings, links, lossRandom } = mesh;
  const target = (pings.returning[ping] === 1 ? pings.source : pings.target)[ping]!;
  pings.ttl[ping] = pings.ttl[ping]! - 1;
  const edge = pings.ttl[ping]! < 0 ? -1 : nextEdge(mesh, router, target, into);
  if (edge < 0 || mesh.interfaces.status[mesh.topology.edgeFrom[edge]!] !== InterfaceStatus.active) {
    mesh.counters.drops[router] = mesh.counters.drops[router]! + 1;
    return false;
  }
  const bytes = PING_BYTES + UNICAST_HEADER_BYTES + ETHERNET_BYTES;
  let tries = 1;
  while (losesFrame(links, edge, lossRandom)) if ((tries += 1) > mesh.unicastTries) return true;
  schedule(queue, arrivalUs(links, edge, nowUs, bytes, lossRandom) as TimeUs, MeshEvent.frame, ping, edge);
  return true;
}

function grow(pings: PingLog): void {
  const fresh = pingLog(pings.source.length * 2);
  for (const key of ['source', 'target', 'sentUs', 'rttUs', 'ttl', 'returning'] as const) fresh[key].set(pings[key]);
  Object.assign(pings, fresh, { length: pings.length });
}
