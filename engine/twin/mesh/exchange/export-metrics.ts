/** Counters of a running mesh as Prometheus text: `batctl statistics` and the columns of its tables, named as in the signal catalogue. */
import { originatorRows, interfaceName } from '../tables/originator-rows';
import type { Counters, MeshState } from '../mesh-state';

const COUNTERS: readonly (readonly [name: string, counter: keyof Counters, help: string])[] = [
  ['batadv_tx_packets_total', 'tx', 'batctl statistics tx'],
  ['batadv_tx_bytes_total', 'txBytes', 'batctl statistics tx_bytes'],
  ['batadv_rx_packets_total', 'rx', 'batctl statistics rx'],
  ['batadv_rx_bytes_total', 'rxBytes', 'batctl statistics rx_bytes'],
  ['batadv_forward_packets_total', 'forward', 'batctl statistics forward'],
  ['batadv_forward_bytes_total', 'forwardBytes', 'batctl statistics forward_bytes'],
  ['batadv_tx_dropped_total', 'drops', 'batctl statistics tx_dropped'],
  ['batadv_mgmt_tx_packets_total', 'managementTx', 'batctl statistics mgmt_tx'],
  ['batadv_mgmt_tx_bytes_total', 'managementTxBytes', 'batctl statistics mgmt_tx_bytes'],
  ['batadv_mgmt_rx_packets_total', 'managementRx', 'batctl statistics mgmt_rx'],
  ['batadv_mgmt_rx_bytes_total', 'managementRxBytes', 'batctl statistics mgmt_rx_bytes'],
  ['batadv_route_switches_total', 'routeSwitches', 'best next hops changed for another (kprobe on batadv_update_route)'],
];

const quoted = (text: string) => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;

export function meshMetrics(mesh: MeshState, nowUs: number): string {
  const { topology, counters } = mesh;
  const families = COUNTERS.map(([name, counter, help]) => [`# HELP ${name} ${help}`, `# TYPE ${name} counter`, ...topology.names.map((router, i) => `${name}{router=${quoted(router)}} ${counters[counter][i]!}`)]);
  const metric = mesh.algorithm === 'BATMAN_V' ? 'batadv_originator_throughput_kilobits_per_second' : 'batadv_originator_tq';
  const rows = topology.names.flatMap((router, i) =>
    originatorRows(mesh, i, nowUs)
      .filter((row) => row.best)
      .map((row) => ({ labels: `{router=${quoted(router)},originator=${quoted(interfaceName(topology, row.originator))},next_hop=${quoted(interfaceName(topology, row.nextHop))}}`, metric: row.metric, seen: row.lastSeenMs / 1_000 })),
  );
  return [
    ...families.flat(),
    `# TYPE ${metric} gauge`,
    ...rows.map((row) => `${metric}${row.labels} ${row.metric}`),
    '# TYPE batadv_originator_last_seen_seconds gauge',
    ...rows.map((row) => `batadv_originator_last_seen_seconds${row.labels} ${row.seen}`),
    '',
  ].join('\n');
}
