/** Who caused which part of the bill, and the part that nobody asked for, on its own or carried by the others: bars, and the same as a table. */
'use client';

import { StackedBars, type BarPart } from '@/app/_ui/chart/stacked-bars';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Panel } from '@/app/_ui/panel';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import type { Allocation } from '@/engine/cost';
import type { IdleSharing } from '@/engine/twin';

type OwnerRow = { readonly owner: string; readonly cpuUsd: number; readonly memoryUsd: number; readonly idleUsd: number; readonly perHour: number; readonly share: number; readonly efficiency: number | null };

const COLUMNS: readonly Column<OwnerRow>[] = [
  { key: 'owner', header: 'Service', value: (row) => row.owner },
  { key: 'cpu', header: 'CPU', unit: '$', value: (row) => row.cpuUsd, digits: 3 },
  { key: 'memory', header: 'Memory', unit: '$', value: (row) => row.memoryUsd, digits: 3 },
  { key: 'idle', header: 'Carried idle', unit: '$', value: (row) => row.idleUsd, digits: 3 },
  { key: 'rate', header: 'Together', unit: '$/h', value: (row) => row.perHour, digits: 3 },
  { key: 'share', header: 'Of the bill', unit: '%', value: (row) => row.share * 100, digits: 1 },
  { key: 'efficiency', header: 'Used of its request', unit: '%', value: (row) => (row.efficiency === null ? null : row.efficiency * 100), digits: 0 },
];

const IDLE = [{ value: 'separate', label: 'On its own' }, { value: 'by-cost', label: 'By cost' }, { value: 'evenly', label: 'Evenly' }] as const;

const PARTS: readonly BarPart[] = [
  { key: 'cpu', label: 'CPU', colour: 'var(--series-1)' },
  { key: 'memory', label: 'Memory', colour: 'var(--series-2)' },
  { key: 'carried', label: 'Carried idle', colour: 'var(--series-1)', hatched: true },
  { key: 'idle', label: 'Idle: nobody asked for it', colour: 'var(--ink-3)', hatched: true },
];

type CostOwnersProps = { readonly allocation: Allocation; readonly hours: number; readonly requestsKnown: boolean; readonly idle: IdleSharing; readonly onIdle: (idle: IdleSharing) => void };

export function CostOwners({ allocation, hours, requestsKnown, idle: sharing, onIdle }: CostOwnersProps) {
  const usd = (micro: number) => micro / 1e6;
  const share = (micro: number) => (allocation.bill === 0 ? 0 : micro / allocation.bill);
  const owners: readonly OwnerRow[] = allocation.owners.map(({ owner, cpu, memory, sharedIdle, total, efficiency }) => ({ owner, cpuUsd: usd(cpu), memoryUsd: usd(memory), idleUsd: usd(sharedIdle), perHour: usd(total) / hours, share: share(total), efficiency: requestsKnown ? efficiency : null }));
  const idle = usd(allocation.idle) / hours;
  const bars = [
    ...owners.map((row) => ({ key: row.owner, label: row.owner, values: { cpu: row.cpuUsd / hours, memory: row.memoryUsd / hours, carried: row.idleUsd / hours } })),
    ...(idle === 0 ? [] : [{ key: '(idle)', label: 'idle', values: { idle } }]),
  ];
  return (
    <Panel title="Who causes the bill" note={requestsKnown ? 'each pays for the larger of what it requests and what it uses' : 'each pays for what it uses: requests are not part of this recording'} actions={<SegmentedControl<IdleSharing> label="Who carries idle cost" value={sharing} segments={IDLE} onChange={onIdle} />}>
      <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <StackedBars title="Cost by service" unit="$/h" digits={3} parts={PARTS} rows={bars} />
        <DataTable caption="Who causes the bill" columns={COLUMNS} rows={owners} rowKey={(row) => row.owner} />
      </div>
    </Panel>
  );
}
