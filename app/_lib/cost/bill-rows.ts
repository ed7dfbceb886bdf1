/** A bill as rows to draw: dollars an hour by owner and kind, idle and what belongs to nobody below. */
import { idleTotal, type Bill, type OwnerCost } from '@/engine/cost';

/** A part of a bar and its look; `hatched`: it belongs to nobody, or to somebody else. */
export type CostPart = { readonly key: string; readonly label: string; readonly colour: string; readonly hatched?: boolean };
export type CostBar = { readonly key: string; readonly label: string; readonly values: Readonly<Record<string, number>> };

export const COST_PARTS: readonly CostPart[] = [
  { key: 'cpu', label: 'CPU', colour: 'var(--series-1)' },
  { key: 'memory', label: 'Memory', colour: 'var(--series-2)' },
  { key: 'gpu', label: 'GPU', colour: 'var(--series-3)' },
  { key: 'volume', label: 'Volumes', colour: 'var(--series-4)' },
  { key: 'network', label: 'Network and balancers', colour: 'var(--series-5)' },
  { key: 'carried', label: 'Carried for others', colour: 'var(--series-1)', hatched: true },
  { key: 'idle', label: 'Idle', colour: 'var(--ink-3)', hatched: true },
  { key: 'nobody', label: 'Fees and unallocated', colour: 'var(--ink-3)' },
];

export type BillRow = { readonly owner: string; readonly own: OwnerCost | null; readonly usdPerHour: number; readonly share: number; readonly bar: CostBar };

export function billRows(bill: Bill): readonly BillRow[] {
  const perHour = (micro: number) => (bill.hours === 0 ? 0 : micro / 1e6 / bill.hours);
  const row = (owner: string, total: number, values: Readonly<Record<string, number>>, own: OwnerCost | null = null): BillRow => ({
    owner,
    own,
    usdPerHour: perHour(total),
    share: bill.total === 0 ? 0 : total / bill.total,
    bar: { key: own === null ? `(${owner})` : owner, label: owner, values: Object.fromEntries(Object.entries(values).map(([key, micro]) => [key, perHour(micro)])) },
  });
  const idle = idleTotal(bill.idle);
  return [
    ...bill.owners.map((own) => row(own.owner, own.total, { cpu: own.cpu, memory: own.memory, gpu: own.gpu, volume: own.volume, network: own.network + own.balancer, carried: own.idle + own.shared }, own)),
    ...(idle === 0 ? [] : [row('idle', idle, { idle })]),
    ...(bill.unallocated === 0 ? [] : [row('nobody’s', bill.unallocated, { nobody: bill.unallocated })]),
  ];
}
