/** What each node costs and draws, and how much of it is used: a node that stays is paid in full. */
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';

type Row = { readonly node: string; readonly usdPerHour: number; readonly used: number | null; readonly idleUsd: number | null; readonly watts: number | null };

const COLUMNS: readonly Column<Row>[] = [
  { key: 'node', header: 'Node', value: (row) => row.node },
  { key: 'usd', header: 'Price', unit: '$/h', value: (row) => row.usdPerHour, digits: 3 },
  { key: 'used', header: 'CPU used', unit: 'share', value: (row) => row.used, digits: 2 },
  { key: 'idle', header: 'Paid for idle CPU', unit: '$/h', value: (row) => row.idleUsd, digits: 3 },
  { key: 'watts', header: 'Power', unit: 'W', value: (row) => row.watts, digits: 0 },
];

export function CostLens({ system, frame }: { readonly system: SystemSpec; readonly frame: Frame }) {
  const rows = system.nodes.map((node): Row => {
    const sample = frame.nodes.find((each) => each.node === node.name);
    const used = sample === undefined || sample.cpuCores === null ? null : sample.cpuCores / sample.cpuCapacityCores;
    const watts = node.idleWatts === undefined || used === null || sample?.up !== true ? null : node.idleWatts + ((node.maxWatts ?? node.idleWatts) - node.idleWatts) * Math.min(1, used);
    return { node: node.name, usdPerHour: node.usdPerHour, used, idleUsd: used === null ? null : node.usdPerHour * (1 - Math.min(1, used)), watts };
  });
  const idle = rows.reduce((sum, row) => sum + (row.idleUsd ?? 0), 0);
  const total = rows.reduce((sum, row) => sum + row.usdPerHour, 0);
  return (
    <div className="grid gap-3">
      <p className="text-lg">{total === 0 ? 'This system carries no prices.' : `$${formatNumber(total)} an hour, ${formatNumber((idle / total) * 100)} % of it for CPU that is idle right now.`}</p>
      <DataTable caption="Cost by node" columns={COLUMNS} rows={rows} rowKey={(row) => row.node} />
    </div>
  );
}
