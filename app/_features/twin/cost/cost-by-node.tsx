/** What each node costs and draws in this second, and how much of it is used: a node that stays is paid in full. */
import { DataTable, type Column } from '@/app/_ui/data-table';
import { gridOf } from '@/engine/cost';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';

type Row = { readonly node: string; readonly usdPerHour: number; readonly used: number | null; readonly idleUsd: number | null; readonly watts: number | null; readonly gramsPerHour: number | null };

const COLUMNS: readonly Column<Row>[] = [
  { key: 'node', header: 'Node', value: (row) => row.node },
  { key: 'usd', header: 'Price', unit: '$/h', value: (row) => row.usdPerHour, digits: 3 },
  { key: 'used', header: 'CPU used', unit: '%', value: (row) => (row.used === null ? null : row.used * 100), digits: 0 },
  { key: 'idle', header: 'Paid for idle CPU', unit: '$/h', value: (row) => row.idleUsd, digits: 3 },
  { key: 'watts', header: 'Power', unit: 'W', value: (row) => row.watts, digits: 0 },
  { key: 'grams', header: 'Carbon', unit: 'g/h', value: (row) => row.gramsPerHour, digits: 1 },
];

export function CostByNode({ system, frame }: { readonly system: SystemSpec; readonly frame: Frame }) {
  const rows = frame.nodes.map((sample): Row => {
    const spec = system.nodes.find((node) => node.name === sample.node) ?? system.cluster?.nodeGroups?.find((group) => sample.node.startsWith(`${group.name}-`));
    const used = !sample.up || sample.cpuCores === null ? null : sample.cpuCores / sample.cpuCapacityCores;
    const usdPerHour = sample.paid === false ? 0 : (spec?.usdPerHour ?? 0);
    const watts = sample.watts ?? null;
    const pue = system.carbon?.pue ?? 1;
    const grams = gridOf(system.carbon, spec?.zone ?? '');
    const at = Math.floor(frame.atUs / 1e6 / grams.stepSeconds) % grams.gramsPerKwh.length;
    return { node: sample.node, usdPerHour, used, idleUsd: used === null ? null : usdPerHour * (1 - Math.min(1, used)), watts, gramsPerHour: watts === null ? null : (watts / 1_000) * pue * grams.gramsPerKwh[at]! };
  });
  return <DataTable caption="Cost by node" columns={COLUMNS} rows={rows} rowKey={(row) => row.node} rowsPerPage={30} />;
}
