/** A router's tables as batctl prints them: every candidate next hop of every originator that has a route. */
import { JIFFY_US } from './kernel-timer';
import { jiffiesAt } from './mesh-event';
import type { MeshState } from './mesh-state';
import { averageAt, copyBase, originatorOf, routeAt, slotBase, SLOT_HEAD } from './originator-tables';
import type { Topology } from './topology';

export type OriginatorRow = { readonly originator: number; readonly nextHop: number; readonly tq: number; readonly lastSeenMs: number; readonly best: boolean };

const MS_PER_JIFFY = JIFFY_US / 1_000;

/** Interfaces by number; `tq` 0..255. Last seen is per originator, not per next hop, as in the kernel. */
export function originatorRows(mesh: MeshState, router: number, nowUs: number): OriginatorRow[] {
  const { tables, topology } = mesh;
  const now = jiffiesAt(mesh, nowUs);
  const rows: OriginatorRow[] = [];
  for (let slot = 0; slot < tables.slots[router]!; slot += 1) {
    const base = slotBase(tables, router, slot);
    const head = copyBase(base, tables.degree[router]!, 0);
    const route = routeAt(tables.words, head);
    if (route < 0 || averageAt(tables.words, head, route) === 0) continue;
    const lastSeenMs = (now - tables.words[base]!) * MS_PER_JIFFY;
    for (let n = 0; n < tables.degree[router]!; n += 1) {
      if (tables.words[base + SLOT_HEAD + n] === 0) continue;
      const nextHop = topology.edgeFrom[topology.inEdges[topology.inStart[router]! + n]!]!;
      rows.push({ originator: originatorOf(topology, router, slot), nextHop, tq: averageAt(tables.words, head, n), lastSeenMs, best: n === route });
    }
  }
  return rows;
}

/** Neighbours heard straight, and how long ago. */
export function neighbourRows(mesh: MeshState, router: number, nowUs: number): { readonly neighbour: number; readonly lastSeenMs: number }[] {
  const { tables, topology } = mesh;
  const now = jiffiesAt(mesh, nowUs);
  const edges = topology.inEdges.subarray(topology.inStart[router]!, topology.inStart[router + 1]!);
  return Array.from(edges)
    .filter((edge) => tables.heardAt[edge] !== 0)
    .map((edge) => ({ neighbour: topology.edgeFrom[edge]!, lastSeenMs: (now - tables.heardAt[edge]!) * MS_PER_JIFFY }));
}

/** `n3` for the primary interface of n3, `n3>n5` for its secondary one towards n5. */
export function interfaceName(topology: Topology, which: number): string {
  const router = topology.interfaceRouter[which]!;
  const name = topology.names[router]!;
  if (topology.interfaceStart[router] === which) return name;
  const peer = topology.edgeTo[topology.outStart[which]!];
  return `${name}>${topology.names[topology.interfaceRouter[peer ?? which]!]}`;
}
