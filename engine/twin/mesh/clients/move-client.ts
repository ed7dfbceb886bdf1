/**
 * A client joins a router, or roams from one to another. The new router tells the old one, which hands on what still
 * arrives for the client; everybody else learns with the next OGMs of both.
 */
import { schedule, timeUs, type EventQueue, type TimeUs } from '@/engine/kernel';
import { MeshEvent } from '../mesh-event';
import { meshPath } from '../mesh-path';
import { routerIndex, type MeshState } from '../mesh-state';

/** Puts a client (new by name, or known) to a router. Returns false when there is no such router. */
export function moveMeshClient(mesh: MeshState, queue: EventQueue, name: string, toRouter: string, at: TimeUs): boolean {
  const { clients, topology } = mesh;
  const to = routerIndex(mesh, toRouter);
  if (to < 0) return false;
  const client = clientIndex(mesh, name);
  const from = clients.at[client]!;
  if (from === to) return true;
  clients.at[client] = to;
  clients.movedTo.delete(`${to}|${client}`);
  change(mesh, client, to, true);
  if (from < 0) return true;
  const path = meshPath(mesh, topology.names[to]!, topology.names[from]!);
  if (path.reachable) schedule(queue, timeUs(at + path.delayUs), MeshEvent.roamed, client, from);
  return true;
}

function clientIndex({ clients, topology }: MeshState, name: string): number {
  const known = clients.names.indexOf(name);
  if (known >= 0) return known;
  clients.names.push(name);
  clients.at.push(-1);
  clients.changes.push([]);
  if (clients.known.length === 0) {
    clients.known = new Int32Array(topology.names.length * topology.names.length);
    clients.askedUs = new Float64Array(topology.names.length * topology.names.length);
  }
  return clients.names.length - 1;
}

function change({ clients }: MeshState, client: number, router: number, added: boolean): void {
  clients.changes[client]!.push({ client, router, added, version: 0, sequence: 0 });
  clients.waiting[router] = 1;
}

/** The old router hears that the client has gone (ROAM_ADV): it takes it off its table and remembers where to. */
export function roamingHeard(mesh: MeshState, client: number, from: number): void {
  const { clients } = mesh;
  const to = clients.at[client]!;
  if (to === from || mesh.routers.up[from] === 0) return;
  clients.movedTo.set(`${from}|${client}`, to);
  change(mesh, client, from, false);
}
