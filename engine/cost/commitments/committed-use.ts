/**
 * One window of node use under commitments, as a provider settles it hour by hour: reservations, then plans, the highest
 * discount first; what nothing covers is on demand. A commitment is paid in full whether it is used or not: its amount is
 * split between the nodes it covered and its unused part. Spot machines are never covered. Amounts are whole
 * micro-dollars: nodes on demand + commitments = the bill, exactly.
 */
import type { CommitmentSpec } from '@/engine/twin';
import { splitAmount } from '../allocation/split-amount';
import { familyOfType, normalisedUnits } from '../prices/machine-price';
import { inOrderOfUse } from './commitment-order';

export type NodeUse = {
  readonly node: string;
  readonly zone: string;
  /** '' where it is not known: then only commitments that any machine may use cover it. */
  readonly instanceType: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly spot: boolean;
  /** Hours of the window in which it was paid. */
  readonly hours: number;
  /** List price: on demand, or spot. */
  readonly microUsdPerHour: number;
  /** Share of the list price that is for its cores, 0..1. */
  readonly cpuShare: number;
};

export type CommitmentUse = {
  readonly name: string;
  /** Paid for the window, amortised; and the part of it that covered something. */
  readonly committed: number;
  readonly used: number;
  readonly unused: number;
  /** What the covered use would have cost on demand. */
  readonly coveredOnDemand: number;
};

export type SettledUse = {
  /** In the order of the uses: on demand + its parts of commitments. */
  readonly nodes: readonly { readonly node: string; readonly onDemand: number; readonly committed: number; readonly listed: number }[];
  readonly commitments: readonly CommitmentUse[];
  readonly total: number;
  /** Share of the eligible list price that commitments covered, and share of commitments that was used; null without any. */
  readonly coverage: number | null;
  readonly utilization: number | null;
};

/** What of a node is not covered yet: shares of its cores and of its memory. */
type Open = { readonly use: NodeUse; cpu: number; memory: number };

const listOf = ({ microUsdPerHour, hours }: NodeUse) => microUsdPerHour * hours;
const openList = ({ use, cpu, memory }: Open) => listOf(use) * (use.cpuShare * cpu + (1 - use.cpuShare) * memory);

export function settleUse(uses: readonly NodeUse[], commitments: readonly CommitmentSpec[], windowHours: number, listPriceOf: (instanceType: string) => number | null = () => null): SettledUse {
  const open = uses.map((use): Open => ({ use, cpu: 1, memory: 1 }));
  const parts = uses.map(() => 0);
  const settled = inOrderOfUse(commitments).map((commitment): CommitmentUse => {
    const rate = hourlyMicroUsd(commitment, uses, listPriceOf);
    const committed = Math.round(rate * windowHours);
    const covered = cover(commitment, open, windowHours);
    const paid = covered.map((list) => list * (1 - commitment.discount));
    const usedRate = paid.reduce((sum, each) => sum + each, 0);
    const shares = splitAmount(committed, [...paid, Math.max(0, rate * windowHours - usedRate)]);
    shares.slice(0, -1).forEach((share, i) => (parts[i]! += share));
    const used = shares.slice(0, -1).reduce((sum, share) => sum + share, 0);
    return { name: commitment.name, committed, used, unused: committed - used, coveredOnDemand: Math.round(covered.reduce((sum, list) => sum + list, 0)) };
  });
  const nodes = open.map((each, i) => ({ node: each.use.node, onDemand: Math.round(openList(each)), committed: parts[i]!, listed: Math.round(listOf(each.use)) }));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const eligible = sum(uses.filter(({ spot }) => !spot).map(listOf));
  const committed = sum(settled.map((each) => each.committed));
  return {
    nodes,
    commitments: settled,
    total: sum(nodes.map((node) => node.onDemand)) + committed,
    coverage: eligible === 0 ? null : Math.min(1, sum(settled.map((each) => each.coveredOnDemand)) / eligible),
    utilization: committed === 0 ? null : sum(settled.map((each) => each.used)) / committed,
  };
}

/** List price of each node that the commitment covers; takes it off what is open. */
function cover(commitment: CommitmentSpec, open: readonly Open[], windowHours: number): number[] {
  switch (commitment.kind) {
    case 'zonal-reservation':
    case 'regional-reservation':
      return coverMachines(commitment, open, windowHours);
    case 'resource-commitment':
      return coverResources(commitment, open, windowHours);
    default:
      return coverSpend(commitment, open, windowHours);
  }
}

function coverMachines({ kind, instanceType = '', zone, count = 0 }: CommitmentSpec, open: readonly Open[], windowHours: number): number[] {
  const units = kind === 'regional-reservation' ? normalisedUnits(instanceType) : null;
  let left = count * windowHours * (units ?? 1);
  return open.map((each) => {
    const { use } = each;
    const fits = units === null ? use.instanceType === instanceType && (kind === 'regional-reservation' || use.zone === zone) : familyOfType(use.instanceType) === familyOfType(instanceType);
    const size = units === null ? 1 : (normalisedUnits(use.instanceType) ?? 0);
    if (use.spot || !fits || size === 0 || use.hours === 0) return 0;
    const share = Math.min(each.cpu, each.memory, left / (size * use.hours));
    left = Math.max(0, left - share * size * use.hours);
    return take(each, share, share);
  });
}

function coverResources({ family, cores = 0, memoryGib = 0 }: CommitmentSpec, open: readonly Open[], windowHours: number): number[] {
  let [coreHours, gibHours] = [cores * windowHours, memoryGib * windowHours];
  return open.map((each) => {
    const { use } = each;
    if (use.spot || use.hours === 0 || (family !== undefined && familyOfType(use.instanceType) !== family)) return 0;
    const cpu = use.cores === 0 ? 0 : Math.min(each.cpu, coreHours / (use.cores * use.hours));
    const memory = use.memoryGib === 0 ? 0 : Math.min(each.memory, gibHours / (use.memoryGib * use.hours));
    coreHours = Math.max(0, coreHours - cpu * use.cores * use.hours);
    gibHours = Math.max(0, gibHours - memory * use.memoryGib * use.hours);
    return take(each, cpu, memory);
  });
}

function coverSpend({ family, usdPerHour = 0, discount }: CommitmentSpec, open: readonly Open[], windowHours: number): number[] {
  let left = usdPerHour * 1e6 * windowHours;
  return open.map((each) => {
    const { use } = each;
    const list = openList(each);
    if (use.spot || list === 0 || (family !== undefined && familyOfType(use.instanceType) !== family)) return 0;
    const share = Math.min(1, left / (list * (1 - discount)));
    left = Math.max(0, left - share * list * (1 - discount));
    return take(each, each.cpu * share, each.memory * share);
  });
}

function take(each: Open, cpu: number, memory: number): number {
  const before = openList(each);
  each.cpu = Math.max(0, each.cpu - cpu);
  each.memory = Math.max(0, each.memory - memory);
  return Math.max(0, before - openList(each));
}

/** What a commitment costs an hour, used or not. Reservations need the list price of their machine: of a node that runs, or of the book. */
function hourlyMicroUsd({ kind, discount, usdPerHour = 0, instanceType = '', count = 0, cores = 0, memoryGib = 0, family }: CommitmentSpec, uses: readonly NodeUse[], listPriceOf: (type: string) => number | null): number {
  const demand = uses.filter(({ spot }) => !spot);
  if (kind === 'zonal-reservation' || kind === 'regional-reservation') {
    const list = demand.find((use) => use.instanceType === instanceType)?.microUsdPerHour ?? listPriceOf(instanceType) ?? 0;
    return count * list * (1 - discount);
  }
  if (kind !== 'resource-commitment') return usdPerHour * 1e6;
  const model = demand.find((use) => (family === undefined || familyOfType(use.instanceType) === family) && use.cores > 0 && use.memoryGib > 0);
  if (model === undefined) return 0;
  const [core, gib] = [(model.microUsdPerHour * model.cpuShare) / model.cores, (model.microUsdPerHour * (1 - model.cpuShare)) / model.memoryGib];
  return (cores * core + memoryGib * gib) * (1 - discount);
}
