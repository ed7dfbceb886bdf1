/** Every variant beside the system of today: what was killed, throttled and left waiting, what it took, and what is left of the saving. */
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatDelta, formatNumber } from '@/app/_ui/number-format';
import { formatDuration } from '@/app/_ui/time-format';
import type { RightSizeRow } from '@/engine/scenario';

const half = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => (upper - lower) / 2;
const percent = (share: number | null) => (share === null ? null : share * 100);

const NAME: Column<RightSizeRow> = { key: 'variant', header: 'Sized by', value: (row) => row.variant, render: (row) => <span className="sm:whitespace-nowrap">{row.variant}</span> };

const HAPPENED: readonly Column<RightSizeRow>[] = [
  NAME,
  { key: 'oom', header: 'OOM kills', unit: 'a run', value: (row) => row.oomKills },
  { key: 'evicted', header: 'Evicted', unit: 'a run', value: (row) => row.evictions },
  { key: 'pending', header: 'Waiting', unit: 'pods', value: (row) => row.pending },
  { key: 'throttled', header: 'Throttled', unit: '%, worst', value: (row) => percent(row.throttledShare), digits: 1 },
  { key: 'p99', header: 'p99', unit: 'ms', value: (row) => row.latencyP99Ms },
  { key: 'errors', header: 'Errors', unit: '%', value: (row) => percent(row.errorShare), digits: 2 },
  { key: 'pods', header: 'Pods', unit: 'wanted', value: (row) => row.replicas },
  { key: 'machines', header: 'Machines', unit: 'mean', value: (row) => row.machines },
  { key: 'machinesAtEnd', header: 'Machines', unit: 'at end', value: (row) => row.machinesAtEnd },
];

const WORTH: readonly Column<RightSizeRow>[] = [
  NAME,
  { key: 'spend', header: 'Spend', unit: '$/h', value: (row) => row.spendPerHour, digits: 3 },
  { key: 'saved', header: 'Saved', unit: '$/h', value: (row) => row.savedPerHour, digits: 3 },
  { key: 'added', header: 'Outside objectives', unit: '% of time ± (95 %)', value: (row) => row.addedMissShare.mean, render: (row) => `${formatDelta(row.addedMissShare.mean * 100, 2)} ± ${formatNumber(half(row.addedMissShare) * 100, 2)}` },
  { key: 'risk', header: 'Risk', unit: '$/h', value: (row) => row.riskPerHour, digits: 3 },
  { key: 'net', header: 'Net', unit: '$/h ± (95 %)', value: (row) => row.netPerHour.mean, render: (row) => <span className="font-medium">{`${formatDelta(row.netPerHour.mean, 3)} ± ${formatNumber(half(row.netPerHour), 3)}`}</span> },
  { key: 'year', header: 'Net of effort', unit: '$ in 12 months', value: (row) => row.netPerYear, digits: 0 },
  { key: 'payback', header: 'Paid back', value: (row) => row.paybackHours, render: (row) => (row.paybackHours === null ? 'never' : row.paybackHours === 0 ? 'at once' : `after ${formatDuration(row.paybackHours * 3_600)}`) },
];

/** `rows[0]` is today, which is worth nothing against itself. */
export function ConsequenceTable({ rows, chosen }: { readonly rows: readonly RightSizeRow[]; readonly chosen: string | null }) {
  const shared = { rowKey: (row: RightSizeRow) => row.variant, chosenKey: chosen };
  return (
    <>
      <DataTable caption="What became of each sizing" columns={HAPPENED} rows={rows} {...shared} />
      <DataTable caption="What each sizing is worth" columns={WORTH} rows={rows.slice(1)} {...shared} />
    </>
  );
}
