/** The bill of the minutes on show: who caused it, what is idle and who carries it, its energy and carbon; below, node by node. */
'use client';

import { useMemo } from 'react';
import { billRows, COST_PARTS, type BillRow } from '@/app/_lib/cost/bill-rows';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { StackedBars } from '@/app/_ui/chart/stacked-bars';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { billOfFrames, idleTotal, type Bill, type GroupBy } from '@/engine/cost';
import type { Frame } from '@/engine/telemetry';
import type { IdleSharing, SystemSpec } from '@/engine/twin';
import { CostByNode } from './cost/cost-by-node';

const OWNERS = [{ value: 'workload', label: 'Service' }, { value: 'pod', label: 'Pod' }, { value: 'namespace', label: 'Namespace' }] as const;
const IDLE = [{ value: 'separate', label: 'On its own' }, { value: 'by-cost', label: 'By cost' }, { value: 'evenly', label: 'Evenly' }] as const;
const SHOWN_SECONDS = 300;

const COLUMNS: readonly Column<BillRow>[] = [
  { key: 'owner', header: 'Owner', value: (row) => row.owner },
  { key: 'rate', header: 'Cost', unit: '$/h', value: (row) => row.usdPerHour, digits: 4 },
  { key: 'share', header: 'Of the bill', unit: '%', value: (row) => row.share * 100, digits: 1 },
  { key: 'efficiency', header: 'Used of its request', unit: '%', value: (row) => (row.own === null || row.own.efficiency === null ? null : row.own.efficiency * 100), digits: 0 },
  { key: 'energy', header: 'Energy of its work', unit: 'Wh', value: (row) => (row.own === null ? null : row.own.millijoules / 3.6e6), digits: 2 },
];

export function CostLens({ system, frames, frame }: { readonly system: SystemSpec; readonly frames: readonly Frame[]; readonly frame: Frame }) {
  const [by, setBy] = useUrlParam('by');
  const [idle, setIdle] = useUrlParam('idle');
  const groupBy: GroupBy = OWNERS.find(({ value }) => value === by)?.value ?? 'workload';
  const sharing: IdleSharing = IDLE.find(({ value }) => value === idle)?.value ?? system.prices?.idle?.sharing ?? 'separate';
  const bill = useMemo(() => {
    const seen = frames.filter(({ atUs }) => atUs <= frame.atUs).slice(-SHOWN_SECONDS);
    const first = seen[0];
    return billOfFrames({ system: { ...system, prices: { ...system.prices, idle: { ...system.prices?.idle, sharing } } }, frames: seen, groupBy, startsSeconds: first === undefined ? 0 : (first.atUs - first.windowUs) / 1e6 });
  }, [system, frames, frame.atUs, groupBy, sharing]);
  const rows = billRows(bill);
  return (
    <div className="grid gap-4">
      <p className="text-lg" data-testid="cost-lens-answer">{answer(bill)}</p>
      <Panel
        title="Who causes the bill"
        note={`the ${formatNumber(bill.hours * 60, 0)} minutes up to the cursor; each pays for the larger of its request and its use`}
        actions={
          <>
            <SegmentedControl label="Owner" value={groupBy === 'pod' || groupBy === 'namespace' ? groupBy : 'workload'} segments={OWNERS} onChange={setBy} />
            <span className="flex items-center gap-2 text-sm text-ink-2">
              Idle
              <SegmentedControl<IdleSharing> label="Who carries idle cost" value={sharing} segments={IDLE} onChange={setIdle} />
            </span>
          </>
        }
      >
        <div className="grid gap-4">
          <StackedBars title="Cost by owner" unit="$/h" digits={4} parts={COST_PARTS} rows={rows.map(({ bar }) => bar)} />
          <DataTable caption="Cost by owner" columns={COLUMNS} rows={rows} rowKey={(row) => row.bar.key} rowsPerPage={12} />
        </div>
      </Panel>
      <Panel title="Node by node" note="in this second; only a node that goes saves anything">
        <CostByNode system={system} frame={frame} />
      </Panel>
      <p className="text-sm text-ink-3">{provenance(bill)}</p>
    </div>
  );
}

function answer(bill: Bill): string {
  if (bill.total === 0) return 'This system carries no prices.';
  const perHour = (value: number) => value / bill.hours;
  const energy = bill.energy === null || bill.carbon === null ? '' : ` It draws ${formatNumber(perHour(bill.energy.total / 3.6e6), 0)} W, ${formatNumber(perHour(bill.carbon.operationalG + bill.carbon.embodiedG), 0)} g CO2e an hour.`;
  const idle = idleTotal(bill.idle);
  return `$${formatNumber(perHour(bill.total / 1e6), 3)} an hour, ${idle === 0 ? 'all of it carried by its owners' : `${formatNumber((100 * idle) / bill.total, 0)} % of it idle`}.${energy}`;
}

function provenance({ prices, carbon }: Bill): string {
  const book = prices.day === null ? 'Prices are those the system states' : `Prices of ${prices.day} (${prices.book}${prices.region === null ? '' : `, ${prices.region}`})${prices.sources.length === 0 ? '; nodes at the price the system states' : ''}`;
  const grid = carbon === null ? '' : ` Grid: ${carbon.basis.join('; ')}.`;
  return `${book}.${grid}`;
}
