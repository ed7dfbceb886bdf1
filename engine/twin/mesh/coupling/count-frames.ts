/** Frames of calls and answers in the counters of the routers that they pass, as batctl statistics count them: sent, passed on, received, dropped without a route. */
import { ETHERNET_BYTES, OGM_TTL, UNICAST_HEADER_BYTES } from '../constants';
import { acceptsFrames, nextEdge, sendsTo } from '../mesh-path';
import type { MeshState } from '../mesh-state';
import { SEGMENT_BYTES } from '../resend';

/** A frame on a mesh link is a full segment with batman-adv's header: how long calls really are, nobody says. */
const FORWARD_BYTES = SEGMENT_BYTES + UNICAST_HEADER_BYTES + ETHERNET_BYTES;

/** So many frames along the routes that stand now. What a dead link swallows was sent, and is received by nobody. */
export function countFrames(mesh: MeshState, source: number, target: number, frames: number): void {
  const { topology, counters, links } = mesh;
  if (source < 0 || target < 0 || source === target || !sendsTo(mesh, source, target)) return;
  counters.tx[source] = counters.tx[source]! + frames;
  counters.txBytes[source] = counters.txBytes[source]! + frames * SEGMENT_BYTES;
  let router = source;
  let into = -1;
  for (let ttl = OGM_TTL; router !== target; ttl -= 1) {
    const edge = ttl > 0 ? nextEdge(mesh, router, target, into) : -1;
    if (edge < 0) {
      counters.drops[router] = counters.drops[router]! + frames;
      return;
    }
    if (router !== source) {
      counters.forward[router] = counters.forward[router]! + frames;
      counters.forwardBytes[router] = counters.forwardBytes[router]! + frames * FORWARD_BYTES;
    }
    if (links.cut[edge] !== 0) return;
    into = topology.edgeTo[edge]!;
    router = topology.interfaceRouter[into]!;
  }
  if (!acceptsFrames(mesh, target)) {
    counters.drops[target] = counters.drops[target]! + frames;
    return;
  }
  counters.rx[target] = counters.rx[target]! + frames;
  counters.rxBytes[target] = counters.rxBytes[target]! + frames * SEGMENT_BYTES;
}
