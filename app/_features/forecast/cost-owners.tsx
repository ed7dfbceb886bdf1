/** Who caused which part of the bill, and the part that nobody asked for: Tremor's bars, and the same as a table. */
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { BarList } from '@/app/_ui/tremor/tremor';
import type { Allocation } from '@/engine/cost';

type OwnerRow = { readonly owner: string; readonly cpuUsd: number; readonly memoryUsd: number; readonly perHour: number; readonly share: number; readonly efficiency: number | null };

const COLUMNS: readonly Column<OwnerRow>[] = [
  { key: 'owner', header: 'Service', value: (row) => row.owner },
  { key: 'cpu', header: 'CPU', unit: '$', value: (row) => row.cpuUsd, digits: 3 },
  { key: 'memory', header: 'Memory', unit: '$', value: (row) => row.memoryUsd, digits: 3 },
  { key: 'rate', header: 'Together', unit: '$/h', value: (row) => row.perHour, digits: 3 },
  { key: 'share', header: 'Of the bill', unit: '%', value: (row) => row.share * 100, digits: 1 },
  { key: 'efficiency', header: 'Used of its request', unit: '%', value: (row) => (row.efficiency === null ? null : row.efficiency * 100), digits: 0 },
];

export function CostOwners({ allocation, hours, requestsKnown }: { readonly allocation: Allocation; readonly hours: number; readonly requestsKnown: boolean }) {
  const usd = (micro: number) => micro / 1e6;
  const share = (micro: number) => (allocation.bill === 0 ? 0 : micro / allocation.bill);
  const owners: readonly OwnerRow[] = allocation.owners.map(({ owner, cpu, memory, total, efficiency }) => ({ owner, cpuUsd: usd(cpu), memoryUsd: usd(memory), perHour: usd(total) / hours, share: share(total), efficiency: requestsKnown ? efficiency : null }));
  const idle = usd(allocation.idle) / hours;
  const bars = [...owners.map((row) => ({ name: row.owner, value: row.perHour })), { name: 'idle: nobody asked for it', value: idle }];
  return (
    <Panel title="Who causes the bill" note={requestsKnown ? 'each pays for the larger of what it requests and what it uses' : 'each pays for what it uses: requests are not part of this recording'}>
      <div className="grid gap-4 lg:grid-cols-2">
        <BarList data={bars} valueFormatter={(value: number) => `$${formatNumber(value, 3)}/h`} />
        <DataTable caption="Who causes the bill" columns={COLUMNS} rows={owners} rowKey={(row) => row.owner} />
      </div>
    </Panel>
  );
}
