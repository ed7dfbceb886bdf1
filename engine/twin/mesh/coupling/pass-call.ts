/**
 * A call from one service to another on its way: across the mesh where the two stand behind different routers, and
 * through mutual TLS where both have identities. TCP sends again what the mesh drops (`resendUs`), so loss is latency
 * until it is too much.
 *
 * SVIDs are checked on every call, as by proxies that close connections with the certificate they were opened with; the
 * handshake's bytes and processor time are paid once per connection.
 */
import { PPM } from '@/engine/kernel';
import type { World } from '../../world';
import { handshake } from '../identity';
import { resendUs, SEGMENT_BYTES } from '../resend';
import { countCall, countRefused, type Coupling } from './coupling';
import { countFrames } from './count-frames';
import { siteWay } from './site-way';
import type { WorldIdentity } from './world-identity';

/** Connections remembered; the oldest is closed for a new one beyond it. */
const CONNECTIONS_MAX = 100_000;

type Trip = { readonly rttUs: number; readonly deliveryPpm: number };

/** Time until the call is at work, way back included, in µs; negative when it fails, after that much time. `span` is the call, `parent` its caller. */
export function passCall(world: World, span: number, parent: number): number {
  const { coupling, infra, mesh } = world;
  if (coupling.isPlain) return 0;
  const { spans } = infra;
  const caller = infra.replicas[spans.replica[parent]!]!;
  const callee = infra.replicas[spans.replica[span]!]!;
  const from = coupling.via[caller.node] ?? -1;
  const to = coupling.via[callee.node] ?? -1;
  let trip: Trip = { rttUs: 0, deliveryPpm: PPM };
  if (from !== to) {
    countCall(coupling, 'crossed');
    const [there, back] = [siteWay(mesh, from, to), siteWay(mesh, to, from)];
    if (mesh !== null) countFrames(mesh, there.source, there.target, 1);
    if (mesh !== null && there.reachable) countFrames(mesh, back.source, back.target, 1);
    if (!there.reachable || !back.reachable) {
      countCall(coupling, 'cutOff');
      return -Math.max(1, infra.services[callee.service]!.timeoutUs); // nobody answers, nobody refuses
    }
    trip = { rttUs: there.delayUs + back.delayUs, deliveryPpm: Math.min(there.deliveryPpm, back.deliveryPpm) };
  }
  const secured = secureUs(world, span, caller.service, caller.node, callee.node, trip);
  if (secured < 0) return secured;
  const waits = sendUs(coupling, 2, trip.deliveryPpm); // request and answer
  if (waits < 0) return -Math.max(1, infra.services[callee.service]!.timeoutUs);
  return Math.round(trip.rttUs + secured + waits);
}

function sendUs(coupling: Coupling, segments: number, deliveryPpm: number): number {
  const waits = resendUs(coupling.random, segments, deliveryPpm, () => countCall(coupling, 'resent'));
  if (waits < 0) countCall(coupling, 'lost');
  return waits;
}

/** Time that mutual TLS takes, 0 on an open connection or without identities; negative when it is refused. The server's processor time is added to the call's work. */
function secureUs(world: World, span: number, callerService: number, callerNode: number, calleeNode: number, trip: Trip): number {
  const { coupling, infra, nowUs } = world;
  const identity = coupling.identity;
  if (identity === null) return 0;
  const client = identity.workloadAt[callerService * identity.nodes + callerNode] ?? -1;
  const server = identity.workloadAt[infra.spans.service[span]! * identity.nodes + calleeNode] ?? -1;
  if (client < 0 || server < 0) return 0;
  const key = client * identity.nodeOf.length + server;
  const outcome = handshake(identity.state, client, server, nowUs);
  if (!outcome.ok) {
    identity.connections.delete(key);
    countRefused(coupling, outcome.reason);
    return -Math.max(1, Math.round(1.5 * trip.rttUs)); // connect, hello, alert
  }
  if ((identity.connections.get(key) ?? 0) > nowUs) return 0;
  return openConnection(world, identity, key, span, trip);
}

function openConnection(world: World, { cost, connections, connectionUs }: WorldIdentity, key: number, span: number, trip: Trip): number {
  const { coupling, nowUs } = world;
  countCall(coupling, 'handshakes');
  let waits = 0;
  for (const bytes of cost.flights) {
    const flight = sendUs(coupling, Math.ceil(bytes / SEGMENT_BYTES), trip.deliveryPpm);
    if (flight < 0) return -Math.max(1, world.infra.services[world.infra.spans.service[span]!]!.timeoutUs);
    waits += flight;
  }
  countCall(coupling, 'handshakeBytes', cost.bytes);
  countCall(coupling, 'handshakeCpuUs', cost.clientUs + cost.serverUs);
  world.infra.spans.remainingUs[span] = world.infra.spans.remainingUs[span]! + cost.serverUs;
  connections.delete(key);
  if (connectionUs > 0) connections.set(key, nowUs + connectionUs);
  if (connections.size > CONNECTIONS_MAX) connections.delete(connections.keys().next().value!);
  return 2.5 * trip.rttUs + cost.clientUs + waits;
}
