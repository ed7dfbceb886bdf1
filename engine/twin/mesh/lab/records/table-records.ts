/** The tables of every router at one moment, as the laboratory's sampler writes them; counters as its statistics do. */
import { interfaceName, neighbourRows, originatorRows } from '../../tables/originator-rows';
import type { MeshState } from '../../mesh-state';
import type { LabRecord, NeighRow, OrigRow } from './lab-record';

/** The laboratory reads the counters every so many seconds. */
export const STATS_SECONDS = 10;

export const interfaceNames = ({ topology }: MeshState): string[] => Array.from(topology.interfaceRouter, (_, i) => interfaceName(topology, i));
export const secondsOfUs = (at: number) => Math.round(at / 1_000) / 1_000;

export function tableRecords(mesh: MeshState, names: readonly string[], at: number, withNeighbours: boolean): LabRecord[] {
  const t = secondsOfUs(at);
  return mesh.topology.names.flatMap((n, router): LabRecord[] => {
    const r = originatorRows(mesh, router, at).map((row): OrigRow => [names[row.originator]!, names[row.nextHop]!, row.metric, row.lastSeenMs, row.best ? 1 : 0]);
    const neighbours = withNeighbours ? neighbourRows(mesh, router, at).map((row): NeighRow => (row.kbit === null ? [names[row.neighbour]!, row.lastSeenMs] : [names[row.neighbour]!, row.lastSeenMs, row.kbit])) : null;
    return [{ t, k: 'orig', n, r }, ...(neighbours === null ? [] : [{ t, k: 'neigh' as const, n, r: neighbours }])];
  });
}

/** A router that is not up has no mesh interface, and so no counters. */
export const statsRecords = (mesh: MeshState, at: number): LabRecord[] => mesh.topology.names.map((n, i) => ({ t: secondsOfUs(at), k: 'stats', n, c: mesh.routers.up[i] === 0 ? {} : countersOf(mesh, i) }));

const countersOf = ({ counters: c }: MeshState, i: number): Record<string, number> => ({
  tx: c.tx[i]!, tx_bytes: c.txBytes[i]!, rx: c.rx[i]!, rx_bytes: c.rxBytes[i]!, forward: c.forward[i]!, forward_bytes: c.forwardBytes[i]!,
  mgmt_tx: c.managementTx[i]!, mgmt_tx_bytes: c.managementTxBytes[i]!, mgmt_rx: c.managementRx[i]!, mgmt_rx_bytes: c.managementRxBytes[i]!,
});
