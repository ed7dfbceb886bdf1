/** A running router's tables as batctl prints them: text, and JSON with the netlink attributes' names. */
import { gatewayMetric } from '../tables/gateway';
import { interfaceName, neighbourRows, originatorRows } from '../tables/originator-rows';
import { listsClient, knownVersion } from '../clients/client-state';
import { nextEdge } from '../mesh-path';
import type { MeshState } from '../mesh-state';

export const BATCTL_TABLES = ['originators', 'neighbors', 'gateways', 'transtable_local', 'transtable_global'] as const;
export type BatctlTableName = (typeof BATCTL_TABLES)[number];
export type BatctlJsonRow = Readonly<Record<string, string | number | boolean>>;

const VERSION = '2022.3';

/** Addresses are the names of interfaces (`n3`, `n3>n5`): a twin has no hardware addresses. */
export function batctlJson(mesh: MeshState, router: number, table: BatctlTableName, nowUs: number): BatctlJsonRow[] {
  const { topology } = mesh;
  const name = (which: number) => interfaceName(topology, which);
  const isV = mesh.algorithm === 'BATMAN_V';
  switch (table) {
    case 'originators':
      return originatorRows(mesh, router, nowUs).map((row) => ({ orig_address: name(row.originator), neigh_address: name(row.nextHop), best: row.best, last_seen_msecs: row.lastSeenMs, [isV ? 'throughput' : 'tq']: row.metric }));
    case 'neighbors':
      return neighbourRows(mesh, router, nowUs).map((row) => ({ neigh_address: name(row.neighbour), last_seen_msecs: row.lastSeenMs, ...(row.kbit === null ? {} : { throughput: row.kbit }) }));
    case 'gateways':
      return gatewayRows(mesh, router);
    case 'transtable_local':
      return clientsOf(mesh, router, router).map((client) => ({ tt_address: client, tt_vid: -1 }));
    case 'transtable_global':
      return topology.names.flatMap((owner, i) => (i === router ? [] : clientsOf(mesh, router, i).map((client) => ({ tt_address: client, tt_vid: -1, orig_address: owner, tt_ttvn: knownVersion(mesh, router, i), best: true }))));
  }
}

function gatewayRows(mesh: MeshState, router: number): BatctlJsonRow[] {
  const { routers, topology } = mesh;
  return topology.names.flatMap((gateway, i) => {
    const metric = i === router || routers.isGateway[i] === 0 ? 0 : gatewayMetric(mesh, router, i);
    if (metric === 0) return [];
    const edge = nextEdge(mesh, router, i, -1);
    const down = Math.round(routers.gatewayDownKbit[i]! / 100);
    return [{ orig_address: gateway, router: topology.names[topology.interfaceRouter[topology.edgeTo[edge]!]!]!, best: routers.gateway[router] === i, [mesh.algorithm === 'BATMAN_V' ? 'throughput' : 'tq']: metric, bandwidth_down: down, bandwidth_up: Math.round(down / 5) }];
  });
}

function clientsOf(mesh: MeshState, viewer: number, owner: number): string[] {
  return mesh.clients.names.filter((_, client) => listsClient(mesh, owner, client, knownVersion(mesh, viewer, owner)));
}

const HEADINGS: Readonly<Record<BatctlTableName, string>> = {
  originators: '   Originator        last-seen (#/255) Nexthop           [outgoingIF]',
  neighbors: 'IF             Neighbor              last-seen',
  gateways: '  Router            ( TQ) Next Hop          [outgoingIf]  Bandwidth',
  transtable_local: 'Client             VID Flags    Last seen (CRC       )',
  transtable_global: '   Client             VID Flags Last ttvn     Via        ttvn  (CRC       )',
};

export function batctlText(mesh: MeshState, router: number, table: BatctlTableName, nowUs: number): string {
  const own = mesh.topology.names[router]!;
  const lines = batctlJson(mesh, router, table, nowUs).map((row) => textLine(table, row));
  return [`[B.A.T.M.A.N. adv ${VERSION}, MainIF/MAC: mesh0/${own} (bat0/${own} ${mesh.algorithm})]`, HEADINGS[table], ...lines, ''].join('\n');
}

const secondsOf = (ms: BatctlJsonRow[string] | undefined) => (Number(ms) / 1_000).toFixed(3);
const metricOf = (row: BatctlJsonRow, width: number) => ('tq' in row ? String(row.tq).padStart(width) : (Number(row.throughput) / 1_000).toFixed(1).padStart(width));

function textLine(table: BatctlTableName, row: BatctlJsonRow): string {
  const star = row.best === true ? '*' : ' ';
  switch (table) {
    case 'originators':
      return ` ${star} ${String(row.orig_address).padEnd(17)} ${secondsOf(row.last_seen_msecs).padStart(8)}s   (${metricOf(row, 3)}) ${String(row.neigh_address).padEnd(17)} [     mesh0]`;
    case 'neighbors':
      return 'throughput' in row ? `${String(row.neigh_address).padEnd(17)} ${secondsOf(row.last_seen_msecs).padStart(8)}s (${metricOf(row, 11)}) [     mesh0]` : `          mesh0 ${String(row.neigh_address).padEnd(17)} ${secondsOf(row.last_seen_msecs).padStart(8)}s`;
    case 'gateways':
      return `${star} ${String(row.orig_address).padEnd(17)} (${metricOf(row, 3)}) ${String(row.router).padEnd(17)} [     mesh0]: ${(Number(row.bandwidth_down) / 10).toFixed(1)}/${(Number(row.bandwidth_up) / 10).toFixed(1)} MBit`;
    case 'transtable_local':
      return `${String(row.tt_address).padEnd(17)}   -1 [......]   0.000   (0x00000000)`;
    case 'transtable_global':
      return ` * ${String(row.tt_address).padEnd(17)}   -1 [....] (${String(row.tt_ttvn).padStart(3)}) ${String(row.orig_address).padEnd(17)} (${String(row.tt_ttvn).padStart(3)}) (0x00000000)`;
  }
}
