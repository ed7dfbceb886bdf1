/**
 * A whole bill by owner, as OpenCost divides it: nodes by the hours that pods are charged, volumes by who mounts them,
 * traffic and balancers by who serves, idle capacity on its own or carried by the others (by each resource's cost, or
 * evenly; inside its node, or over the cluster), namespaces and fees that all share spread over the rest.
 * Owners + idle + unallocated = the bill, to the micro-dollar.
 */
import type { IdleSharing } from '@/engine/twin';
import { allocateHours, RESOURCES, type ByResource, type Resource } from './allocate-hours';
import { DEFAULT_RATES, type ResourcePrices } from './allocate-node';
import { addResources, CHARGE_KINDS, emptyRow, ownCost, rowOf, totalCost, type ChargeKind, type CostRow } from './cost-rows';
import { ownerKey, type GroupBy, type PodIdentity } from './owner-key';
import { splitAmount } from './split-amount';

export type PodShare = { readonly identity: PodIdentity; /** max(request, use) per sample, in hours of each resource. */ readonly charged: ByResource; readonly requested: ByResource; readonly used: ByResource };
export type NodeCost = { readonly node: string; readonly amount: number; /** Hours of the window × what the node has. */ readonly capacity: ByResource; readonly pods: readonly PodShare[] };
/** `to` empty: a volume is idle, anything else is unallocated. */
export type Charge = { readonly kind: ChargeKind; readonly name: string; readonly amount: number; readonly to: readonly { readonly identity: PodIdentity; readonly weight: number }[] };

export type CostsToAllocate = {
  readonly nodes: readonly NodeCost[];
  readonly charges: readonly Charge[];
  /** Paid for everybody. */
  readonly fees: number;
  /** Promised, paid, not used. */
  readonly unusedCommitments: number;
};

export type AllocationRules = {
  readonly groupBy: GroupBy;
  readonly idle: { readonly sharing: IdleSharing; readonly scope?: 'node' | 'cluster' };
  readonly shared?: { readonly namespaces?: readonly string[]; readonly sharing: 'by-cost' | 'evenly' };
  readonly rates?: ResourcePrices;
};

export type IdleCost = { cpu: number; memory: number; gpu: number; volume: number; commitment: number };
export type AllocatedCosts = { readonly owners: Map<string, CostRow>; readonly idle: IdleCost; /** Fees, traffic and balancers that nobody carries. */ unallocated: number };

/** Stands for the shared namespaces until their cost is spread; no owner can have this name. */
const SHARED = '\u0000shared';

export function allocateCosts({ nodes, charges, fees, unusedCommitments }: CostsToAllocate, rules: AllocationRules): AllocatedCosts {
  const { groupBy, idle: { sharing, scope = 'cluster' }, shared, rates = DEFAULT_RATES } = rules;
  const owners = new Map<string, CostRow>();
  const keyOf = (identity: PodIdentity) => (shared?.namespaces?.includes(identity.namespace) === true ? SHARED : ownerKey(identity, groupBy));
  const idle: IdleCost = { cpu: 0, memory: 0, gpu: 0, volume: 0, commitment: unusedCommitments };
  for (const node of nodes) {
    const { parts, idle: left } = allocateHours(node.amount, node.capacity, node.pods.map(({ charged }) => charged), rates);
    const here = new Map<string, CostRow>();
    node.pods.forEach((pod, i) => {
      const row = rowOf(here, keyOf(pod.identity));
      addResources(row, parts[i]!);
      row.requested += atRates(pod.requested, rates);
      row.used += atRates(pod.used, rates);
    });
    const kept = sharing !== 'separate' && scope === 'node' ? shareResources(here, left, sharing) : left;
    RESOURCES.forEach((resource) => (idle[resource] += kept[resource]));
    for (const [owner, row] of here) addRow(rowOf(owners, owner), row);
  }
  let unallocated = 0;
  for (const { kind, amount, to } of charges) {
    const parts = splitAmount(amount, to.map(({ weight }) => weight));
    parts.forEach((part, i) => (rowOf(owners, keyOf(to[i]!.identity))[kind] += part));
    const left = amount - parts.reduce((sum, part) => sum + part, 0);
    if (kind === 'volume') idle.volume += left;
    else unallocated += left;
  }
  if (sharing !== 'separate') shareIdle(owners, idle, sharing);
  return { owners, idle, unallocated: unallocated + spreadShared(owners, fees, shared) };
}

const atRates = ({ cpu, memory, gpu }: ByResource, { coreHour, gibHour, gpuHour }: ResourcePrices) => cpu * coreHour + memory * gibHour + gpu * gpuHour;

export function addRow(to: CostRow, from: CostRow): void {
  for (const key of [...RESOURCES, ...CHARGE_KINDS, 'idle', 'shared', 'requested', 'used'] as const) to[key] += from[key];
}

/** Gives an amount to the rows by weights; what nobody can carry comes back. */
function give(rows: readonly CostRow[], amount: number, weights: readonly number[], field: 'idle' | 'shared'): number {
  const parts = splitAmount(amount, weights);
  parts.forEach((part, i) => (rows[i]![field] += part));
  return amount - parts.reduce((sum, part) => sum + part, 0);
}

const weightsOf = (rows: readonly CostRow[], sharing: 'by-cost' | 'evenly', resource?: Resource) => {
  const own = rows.map((row) => (sharing === 'evenly' ? 1 : resource === undefined ? ownCost(row) : row[resource]));
  return own.some((weight) => weight > 0) ? own : rows.map(ownCost); // idle GPUs of those who use none are carried by all
};

function shareResources(owners: ReadonlyMap<string, CostRow>, idle: ByResource, sharing: 'by-cost' | 'evenly'): ByResource {
  const rows = [...owners.values()];
  const kept = (resource: Resource) => give(rows, idle[resource], weightsOf(rows, sharing, resource), 'idle');
  return { cpu: kept('cpu'), memory: kept('memory'), gpu: kept('gpu') };
}

function shareIdle(owners: ReadonlyMap<string, CostRow>, idle: IdleCost, sharing: 'by-cost' | 'evenly'): void {
  Object.assign(idle, shareResources(owners, idle, sharing));
  const rows = [...owners.values()];
  for (const key of ['volume', 'commitment'] as const) idle[key] = give(rows, idle[key], weightsOf(rows, sharing), 'idle');
}

/** What the shared namespaces and the fees cost goes to the others; without rules for it, or anybody to carry it, it comes back. */
function spreadShared(owners: Map<string, CostRow>, fees: number, shared: AllocationRules['shared']): number {
  const pool = fees + totalCost(owners.get(SHARED) ?? emptyRow());
  owners.delete(SHARED);
  if (shared === undefined) return pool;
  const rows = [...owners.values()];
  return give(rows, pool, weightsOf(rows, shared.sharing), 'shared');
}
