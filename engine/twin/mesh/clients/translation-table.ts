/** How changes of clients travel: committed with the owner's next OGM, learnt from it, or asked for. */
import { schedule, timeUs, type EventQueue } from '@/engine/kernel';
import { routePath } from '../mesh-path';
import { MeshEvent, timeOfJiffy } from '../mesh-event';
import type { MeshState } from '../mesh-state';
import { copyBase, setTableKnown, slotBase } from '../tables/originator-tables';

/** OGMs that carry a change (TT_OGM_APPEND_MAX), and what one change adds to them. */
const OGMS_WITH_CHANGES = 3;
const CHANGE_BYTES = 12;
/** A request is not repeated sooner (TT_REQUEST_TIMEOUT). */
const REQUEST_TIMEOUT_US = 3_000_000;

/** The owner queues its next OGM: waiting changes become a new version of its table. */
export function commitChanges(mesh: MeshState, router: number, sequence: number): void {
  const { clients } = mesh;
  if (clients.waiting[router] === 0) return;
  clients.waiting[router] = 0;
  clients.version[router] = clients.version[router]! + 1;
  for (const changes of clients.changes)
    for (const change of changes)
      if (change.router === router && change.version === 0) {
        change.version = clients.version[router]!;
        change.sequence = sequence;
      }
}

/** Bytes attached to a primary OGM: what every one carries, and the changes of late. */
export function attachedBytes({ clients, routers }: MeshState, router: number, sequence: number): number {
  let bytes = routers.tvlvBytes[router]!;
  for (const changes of clients.changes) for (const change of changes) if (change.router === router && isCarried(change.version, change.sequence, sequence)) bytes += CHANGE_BYTES;
  return bytes;
}

const isCarried = (version: number, since: number, sequence: number) => version > 0 && ((sequence - since) | 0) >= 0 && ((sequence - since) | 0) < OGMS_WITH_CHANGES;

/** A viewer heard an OGM of `owner`: it learns the attached change, or asks for the whole table. */
export function hearVersion(mesh: MeshState, queue: EventQueue, viewer: number, owner: number, sequence: number, jiffy: number): void {
  const { clients, topology } = mesh;
  const place = viewer * topology.names.length + owner;
  const { version, attached } = announced(mesh, owner, sequence);
  const known = clients.known[place]!;
  if (version === known) return;
  if (attached && version === known + 1) {
    clients.known[place] = version;
    return;
  }
  const nowUs = timeOfJiffy(mesh, jiffy + 1); // the work after the interrupt
  if (clients.askedUs[place] !== 0 && nowUs < clients.askedUs[place]! + REQUEST_TIMEOUT_US) return;
  clients.askedUs[place] = Math.max(1, nowUs);
  const path = routePath(mesh, viewer, owner);
  if (path.reachable) schedule(queue, timeUs(nowUs + 2 * path.delayUs), MeshEvent.tableAnswer, viewer, owner);
}

/** The version that an OGM carries, and whether the change that made it is attached. */
function announced({ clients }: MeshState, owner: number, sequence: number): { version: number; attached: boolean } {
  let version = 0;
  let attached = false;
  for (const changes of clients.changes)
    for (const change of changes) {
      if (change.router !== owner || change.version <= version || ((sequence - change.sequence) | 0) < 0) continue;
      version = change.version;
      attached = isCarried(change.version, change.sequence, sequence);
    }
  return { version, attached };
}

/** The whole table arrived. */
export function tableArrives(mesh: MeshState, viewer: number, owner: number): void {
  const { clients, topology, tables } = mesh;
  const place = viewer * topology.names.length + owner;
  mesh.tablesAsked.delete(place);
  if (tables.words[slotBase(tables, viewer, owner)] !== 0) setTableKnown(tables.words, copyBase(slotBase(tables, viewer, owner), tables.degree[viewer]!, 0), true);
  if (clients.known.length === 0) return;
  clients.known[place] = clients.version[owner]!;
  clients.askedUs[place] = 0;
}
