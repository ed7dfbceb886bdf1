/** The bill of a run whose system says more about its prices than what a node costs: owners, promises, lines, day of the prices. */
import { billRows, COST_PARTS } from '@/app/_lib/cost/bill-rows';
import { StackedBars } from '@/app/_ui/chart/stacked-bars';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import type { Bill, BillLine } from '@/engine/cost';

const KIND_WORDS: Readonly<Record<BillLine['kind'], string>> = { node: 'node', commitment: 'promised, not used', volume: 'volume', balancer: 'load balancer', network: 'traffic', fee: 'fee' };

export function RunBill({ bill }: { readonly bill: Bill }) {
  const lines = [...bill.lines].sort((x, y) => y.amount - x.amount || (x.name < y.name ? -1 : 1));
  const columns: readonly Column<BillLine>[] = [
    { key: 'name', header: 'Line', value: (line) => line.name },
    { key: 'kind', header: 'What', value: (line) => KIND_WORDS[line.kind] },
    { key: 'amount', header: 'Cost', unit: '$', value: (line) => line.amount / 1e6, digits: 5 },
    { key: 'share', header: 'Of the bill', unit: '%', value: (line) => (bill.total === 0 ? null : (100 * line.amount) / bill.total), digits: 1 },
  ];
  return (
    <Panel title="Bill" note={bill.prices.day === null ? 'prices as the system states them' : `prices of ${bill.prices.day}, ${bill.prices.book}${bill.prices.region === null ? '' : `, ${bill.prices.region}`}`}>
      <div className="grid gap-4">
        <p className="max-w-4xl" data-testid="bill-answer">{answer(bill)}</p>
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <StackedBars title="Cost by owner" unit="$/h" digits={3} parts={COST_PARTS} rows={billRows(bill).map(({ bar }) => bar)} />
          <DataTable caption="Lines of the bill" columns={columns} rows={lines} rowKey={(line) => `${line.kind} ${line.name}`} rowsPerPage={12} />
        </div>
      </div>
    </Panel>
  );
}

function answer({ total, hours, listed, commitments, coverage, utilization, prices }: Bill): string {
  const rate = hours === 0 ? 0 : total / 1e6 / hours;
  const percent = (share: number | null) => `${formatNumber(share === null ? null : share * 100, 0)} %`;
  const promised = commitments.length === 0 ? '' : ` Promises cover ${percent(coverage)} of what they could and ${percent(utilization)} of them is used; at list prices it would be $${formatNumber(listed / 1e6, 4)}.`;
  const unlisted = prices.unlisted.length === 0 ? '' : ` No price is known for ${prices.unlisted.join(', ')}: counted as nothing.`;
  return `$${formatNumber(total / 1e6, 4)} in ${formatNumber(hours * 60, 0)} minutes, $${formatNumber(rate, 3)} an hour.${promised}${unlisted}`;
}
