/**
 * The way of a frame to a client: to the router that the sender's tables name, and onward when that router knows
 * where the client has roamed to. A relay that knows a newer table of the named router looks the client up anew.
 */
import { OGM_TTL } from '../constants';
import { gatewayMetric } from '../tables/gateway';
import { meshPath, type MeshPath } from '../mesh-path';
import { routerIndex, type MeshState } from '../mesh-state';
import { knownVersion, listsClient } from './client-state';

/** Unreachable when no table lists the client, or it is no longer where the frame ends up. */
export function clientPath(mesh: MeshState, fromRouter: string, clientName: string): MeshPath {
  const { topology, clients } = mesh;
  const client = clients.names.indexOf(clientName);
  const from = routerIndex(mesh, fromRouter);
  const none = (hops: readonly string[], delayUs: number): MeshPath => ({ reachable: false, deliveryPpm: 0, delayUs, hops });
  if (client < 0 || from < 0) return none([fromRouter], 0);
  let path: MeshPath = { reachable: true, deliveryPpm: 1_000_000, delayUs: 0, hops: [fromRouter] };
  let router = from;
  for (let legs = 0; legs < OGM_TTL; legs += 1) {
    if (clients.at[client] === router) return path;
    const target = clients.movedTo.get(`${router}|${client}`) ?? ownerOf(mesh, router, client);
    if (target < 0) return none(path.hops, path.delayUs);
    const leg = meshPath(mesh, topology.names[router]!, topology.names[target]!);
    const turn = leg.reachable ? betterInformed(mesh, router, target, leg.hops) : -1;
    const hops = turn < 0 ? leg.hops : leg.hops.slice(0, turn + 1);
    path = { reachable: leg.reachable, deliveryPpm: Math.round((path.deliveryPpm * leg.deliveryPpm) / 1_000_000), delayUs: path.delayUs + (leg.delayUs * (hops.length - 1)) / Math.max(1, leg.hops.length - 1), hops: [...path.hops, ...hops.slice(1)] };
    if (!leg.reachable) return none(path.hops, path.delayUs);
    router = routerIndex(mesh, hops.at(-1)!);
  }
  return none(path.hops, path.delayUs);
}

/** Of the routers that the viewer's tables list the client at, the one with the best way to it; −1 for none. */
function ownerOf(mesh: MeshState, viewer: number, client: number): number {
  const owners = new Set(mesh.clients.changes[client]!.map((change) => change.router));
  let best = -1;
  for (const owner of owners) {
    if (owner === viewer || !listsClient(mesh, owner, client, knownVersion(mesh, viewer, owner))) continue;
    if (best < 0 || gatewayMetric(mesh, viewer, owner) > gatewayMetric(mesh, viewer, best)) best = owner;
  }
  return best;
}

/** Place of the first relay that knows a newer table of `target` than the sender did; −1 for none. */
function betterInformed(mesh: MeshState, sender: number, target: number, hops: readonly string[]): number {
  const version = knownVersion(mesh, sender, target);
  return hops.slice(1, -1).findIndex((name) => knownVersion(mesh, routerIndex(mesh, name), target) > version) + 1 || -1;
}
