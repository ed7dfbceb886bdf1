/** A router's tables as batctl prints them: every candidate next hop of every originator that has a route. */
import { Row } from '../batman-v/learn-ogm2';
import { linkThroughput } from '../batman-v/v-state';
import { JIFFY_US } from '../kernel-timer';
import { jiffiesAt } from '../mesh-event';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { copyBase, COPY_HEAD, metricAt, originatorOf, routeAt, ROW_WORDS, slotBase, SLOT_HEAD } from './originator-tables';
import type { Topology } from '../medium/topology';

export type OriginatorRow = { readonly originator: number; readonly nextHop: number; readonly metric: number; readonly lastSeenMs: number; readonly best: boolean };

const MS_PER_JIFFY = JIFFY_US / 1_000;
/** BATMAN_V counts in 100 kbit/s. */
const KBIT = 100;

/** Interfaces by number, none while the primary interface is down (the kernel then shows no table); `metric` is TQ 0..255 or kbit/s. Last seen is per originator, not per next hop, as in the kernel. */
export function originatorRows(mesh: MeshState, router: number, nowUs: number): OriginatorRow[] {
  const { tables, topology } = mesh;
  const now = jiffiesAt(mesh, nowUs);
  const isV = tables.holds === 'throughput';
  const rows: OriginatorRow[] = [];
  if (!showsTables(mesh, router)) return rows;
  for (let slot = 0; slot < tables.slots[router]!; slot += 1) {
    const base = slotBase(tables, router, slot);
    const head = copyBase(base, tables.degree[router]!, 0);
    const route = routeAt(tables.words, head);
    if (route < 0 || metricAt(tables, head, route) === 0) continue;
    for (let n = 0; n < tables.degree[router]!; n += 1) {
      if (tables.words[base + SLOT_HEAD + n] === 0 || (isV && tables.words[head + COPY_HEAD + ROW_WORDS * n + Row.heard] === 0)) continue;
      const nextHop = topology.edgeFrom[topology.inEdges[topology.inStart[router]! + n]!]!;
      rows.push({ originator: originatorOf(topology, router, slot), nextHop, metric: metricAt(tables, head, n) * (isV ? KBIT : 1), lastSeenMs: (now - tables.words[base]!) * MS_PER_JIFFY, best: n === route });
    }
  }
  return rows;
}

const showsTables = ({ topology, interfaces }: MeshState, router: number) => interfaces.status[topology.interfaceStart[router]!] === InterfaceStatus.active;

/** Neighbours heard straight, and how long ago; in BATMAN_V also the averaged throughput towards them. */
export function neighbourRows(mesh: MeshState, router: number, nowUs: number): { readonly neighbour: number; readonly lastSeenMs: number; readonly kbit: number | null }[] {
  const { tables, topology } = mesh;
  const now = jiffiesAt(mesh, nowUs);
  const edges = topology.inEdges.subarray(topology.inStart[router]!, topology.inStart[router + 1]!);
  return Array.from(edges)
    .filter((edge) => tables.heardAt[edge] !== 0 && showsTables(mesh, router))
    .map((edge) => ({ neighbour: topology.edgeFrom[edge]!, lastSeenMs: (now - tables.heardAt[edge]!) * MS_PER_JIFFY, kbit: tables.holds === 'tq' ? null : linkThroughput(mesh.v, edge) * KBIT }));
}

/** `n3` for the primary interface of n3, `n3>n5` for its secondary one towards n5. */
export function interfaceName(topology: Topology, which: number): string {
  const router = topology.interfaceRouter[which]!;
  const name = topology.names[router]!;
  if (topology.interfaceStart[router] === which) return name;
  const peer = topology.edgeTo[topology.outStart[which]!];
  return `${name}>${topology.names[topology.interfaceRouter[peer ?? which]!]}`;
}
