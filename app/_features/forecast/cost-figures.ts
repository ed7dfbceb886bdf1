/** The four figures of the bill. */
import type { FigureProps } from '@/app/_ui/figure';
import type { Allocation } from '@/engine/cost';
import type { CostTotals } from './read-cost';

type CostFiguresInput = { readonly totals: CostTotals; readonly allocation: Allocation; readonly entry: string; readonly simulated: boolean; readonly sql: string };

export function costFigures({ totals, allocation, entry, simulated, sql }: CostFiguresInput): readonly FigureProps[] {
  const provenance = simulated ? 'simulated' : 'recorded';
  const n = { count: Math.round(totals.hoursPriced * 3_600), of: 's priced' };
  const source = 'Prices are those of the nodes, as the system states them.';
  return [
    { label: 'Spend', value: totals.usdPerHour, unit: '$/h', digits: 3, n, provenance, age: `$${totals.usdPerDay.toFixed(2)} a day, $${totals.usdPerMonth.toFixed(0)} a month`, why: { formula: 'Sum over all priced seconds of the price of what was running × their length ÷ priced time. A day is 24 such hours, a month 730.', query: sql, source } },
    { label: 'Idle', value: allocation.idleShare * 100, unit: '% of the bill', digits: 0, n, provenance, age: `$${(allocation.idleShare * totals.usdPerHour).toFixed(3)}/h`, why: { formula: 'What is left of the bill after every service has paid for the larger of its request and its use of CPU and memory. CPU and memory share the price of a node in the ratio of list prices. It is saved only when a whole node goes.', query: "report 'resource-use'", source } },
    { label: 'Per million requests', value: totals.usdPerMillionRequests, unit: '$', digits: 2, n: { count: Math.round(totals.requests), of: 'requests' }, provenance, why: { formula: `Cost ÷ requests answered by ${entry} without an error, × 1,000,000.`, query: sql, source } },
    { label: 'Power', value: totals.meanWatts, unit: 'W', digits: 0, n, provenance, why: { formula: 'Energy over the history ÷ its length. Nothing where the system states no power model.', query: sql, source: 'Idle power plus (full − idle) × utilization, node by node.' } },
  ];
}
