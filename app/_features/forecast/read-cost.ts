/**
 * Money out of the cost reports: totals, and who caused which part of the bill. The whole bill is split as
 * one node of all capacity, because a run does not say which replica stood where second by second.
 */
import { allocateNode, HOURS_PER_MONTH, type Allocation } from '@/engine/cost';
import type { ReportRow, reports } from '@/engine/query';
import type { IdleSharing, SystemSpec } from '@/engine/twin';

type CostRow = ReportRow<(typeof reports)['cost-over-time']>;
type UseRow = ReportRow<(typeof reports)['resource-use']>;

export type CostTotals = {
  readonly usd: number;
  readonly hoursPriced: number;
  readonly hoursUnpriced: number;
  readonly usdPerHour: number;
  readonly usdPerDay: number;
  readonly usdPerMonth: number;
  readonly usdPerMillionRequests: number | null;
  readonly meanWatts: number | null;
  readonly requests: number;
};

/** Null when nothing of it had a price. */
export function costTotals(rows: readonly CostRow[]): CostTotals | null {
  const sum = (of: (row: CostRow) => number | null) => rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  const hoursPriced = sum((row) => row.hours_priced);
  if (hoursPriced === 0) return null;
  const hoursUnpriced = sum((row) => row.hours_unpriced);
  const [usd, requests, kwh] = [sum((row) => row.usd), sum((row) => row.requests_served), sum((row) => row.kwh)];
  const usdPerHour = usd / hoursPriced;
  return {
    usd, hoursPriced, hoursUnpriced, usdPerHour, requests,
    usdPerDay: usdPerHour * 24,
    usdPerMonth: usdPerHour * HOURS_PER_MONTH,
    usdPerMillionRequests: requests === 0 || hoursUnpriced > 0 ? null : (usd / requests) * 1e6,
    meanWatts: kwh === 0 ? null : (kwh * 1_000) / (hoursPriced + hoursUnpriced),
  };
}

const MIB_PER_GIB = 1_024;

/** Parts add up to the bill exactly. Requests count only where the system states them; a fitted twin's are its own guess. */
export function allocateBill({ usdPerHour, hoursPriced }: CostTotals, use: readonly UseRow[], { nodes, services }: SystemSpec, requestsKnown: boolean, idle: IdleSharing = 'separate'): Allocation {
  const total = (of: (node: SystemSpec['nodes'][number]) => number) => nodes.reduce((sum, node) => sum + of(node), 0);
  const bill = { node: 'all', cpuCores: total((node) => node.cpuMillicores) / 1_000, memoryGib: total((node) => node.memoryMib) / MIB_PER_GIB, microUsdPerHour: Math.round(usdPerHour * 1e6), hours: hoursPriced };
  const consumers = use.flatMap((row) => {
    const spec = services.find(({ name }) => name === row.service);
    if (spec === undefined) return []; // the clients: they use nothing of it
    const replicas = requestsKnown ? (row.replicas_mean ?? spec.replicas) : 0;
    return [{ owner: row.service, hours: hoursPriced, cpuRequestCores: (replicas * spec.cpuRequestMillicores) / 1_000, cpuUsedCores: row.cpu_cores_mean ?? 0, memoryRequestGib: (replicas * spec.memoryMib) / MIB_PER_GIB, memoryUsedGib: row.memory_gib_mean ?? 0 }];
  });
  return allocateNode(bill, consumers, idle);
}
