/** The rows of an allocation: what each owner caused, by kind, what it carries for others, and what nobody carries. */
import { RESOURCES, type ByResource } from './allocate-hours';

export const CHARGE_KINDS = ['volume', 'network', 'balancer'] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

/** Micro-dollars, whole. `idle` and `shared` are carried for others. */
export type CostRow = { cpu: number; memory: number; gpu: number; volume: number; network: number; balancer: number; idle: number; shared: number; /** Hours charged and used, at list rates: their ratio is the efficiency. */ requested: number; used: number };

export const emptyRow = (): CostRow => ({ cpu: 0, memory: 0, gpu: 0, volume: 0, network: 0, balancer: 0, idle: 0, shared: 0, requested: 0, used: 0 });

export const ownCost = (row: CostRow) => RESOURCES.reduce((sum, resource) => sum + row[resource], 0) + CHARGE_KINDS.reduce((sum, kind) => sum + row[kind], 0);
export const totalCost = (row: CostRow) => ownCost(row) + row.idle + row.shared;

/** Use / request at list rates; use without a request counts as 1, nothing of either as null. */
export const efficiencyOfRow = ({ requested, used }: CostRow) => (requested > 0 ? used / requested : used > 0 ? 1 : null);

export const addResources = (row: CostRow, parts: ByResource) => RESOURCES.forEach((resource) => (row[resource] += parts[resource]));

export function rowOf(rows: Map<string, CostRow>, owner: string): CostRow {
  const known = rows.get(owner);
  if (known !== undefined) return known;
  const row = emptyRow();
  rows.set(owner, row);
  return row;
}
