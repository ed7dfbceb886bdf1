/** One window of a bill: its nodes settled under commitments, its other charges, all of it allocated and added to the sums. */
import type { ServiceSpec } from '@/engine/twin';
import { addRow, allocateCosts, type NodeCost } from '../allocation/allocate-costs';
import { rowOf, type CostRow } from '../allocation/cost-rows';
import type { GroupBy, PodIdentity } from '../allocation/owner-key';
import { settleUse, type NodeUse } from '../commitments/committed-use';
import { sustainedUseFactor } from '../commitments/sustained-use';
import { machinePrice } from '../prices/machine-price';
import type { PriceBook } from '../prices/price-book';
import type { BillLine } from './bill';
import { cpuShareOf, type NodeFacts } from './node-facts';
import type { UsageWindow } from './usage-window';
import { windowCharges, windowFees, type ChargeContext } from './window-charges';

export type BillSums = {
  readonly lines: Map<string, BillLine>;
  readonly owners: Map<string, CostRow>;
  readonly idle: { cpu: number; memory: number; gpu: number; volume: number; commitment: number };
  unallocated: number;
  readonly commitments: Map<string, { readonly name: string; committed: number; used: number; unused: number }>;
  readonly millijoules: Map<string, number>;
  eligible: number;
  covered: number;
};

/** `monthShare` null: no sustained-use discount. */
export type Making = { readonly sums: BillSums; readonly context: ChargeContext; readonly facts: ReadonlyMap<string, NodeFacts>; readonly groupBy: GroupBy; readonly named: PriceBook | null; readonly monthShare: ((node: string) => number) | null };

export function settleWindow(window: UsageWindow, { sums, context, facts, groupBy, named, monthShare }: Making): { amount: number; listed: number } {
  const { system, on, region } = context;
  const { commitments = [], idle = { sharing: 'separate' }, shared } = system.prices ?? {};
  const nodes = [...window.nodes.values()].flatMap((usage) => {
    const fact = facts.get(usage.node);
    return fact === undefined || usage.paidHours === 0 ? [] : [{ usage, fact }];
  });
  const uses = nodes.map(({ usage, fact }): NodeUse => ({ node: fact.node, zone: fact.zone, instanceType: fact.instanceType, cores: fact.cores, memoryGib: fact.memoryGib, spot: fact.spot, hours: usage.paidHours, microUsdPerHour: fact.microUsdPerHour, cpuShare: cpuShareOf(fact) }));
  const settled = settleUse(uses, commitments, window.hours, (type) => {
    const price = named === null ? null : machinePrice(named, type, { on, region });
    return price?.ok === true ? price.value.microUsdPerHour : null;
  });
  const costs = nodes.map(({ usage, fact }, i): NodeCost => {
    const { onDemand, committed } = settled.nodes[i]!;
    const factor = monthShare === null || fact.spot ? 1 : sustainedUseFactor(fact.instanceType, monthShare(fact.node));
    const pods = [...usage.pods.values()].map(({ pod, service, charged, requested, used }) => ({ identity: identityOf(pod, service), charged, requested, used }));
    return { node: fact.node, amount: Math.round(onDemand * factor) + committed, capacity: { cpu: fact.cores * usage.paidHours, memory: fact.memoryGib * usage.paidHours, gpu: fact.gpus * usage.paidHours }, pods };
  });
  const present = [...window.nodes.values()].flatMap(({ pods }) => [...pods.values()].map(({ pod, service, hours }) => ({ identity: identityOf(pod, service), service: service.name, hours })));
  const charges = windowCharges(window, present, context);
  const fees = windowFees(system, window.hours);
  const unused = settled.commitments.reduce((sum, each) => sum + each.unused, 0);
  for (const { node, amount } of costs) addLine(sums, 'node', node, amount);
  for (const { name, unused: left, ...each } of settled.commitments) {
    addLine(sums, 'commitment', name, left);
    const known = sums.commitments.get(name) ?? { name, committed: 0, used: 0, unused: 0 };
    sums.commitments.set(name, { name, committed: known.committed + each.committed, used: known.used + each.used, unused: known.unused + left });
    sums.covered += each.coveredOnDemand;
  }
  for (const { kind, name, amount } of charges) addLine(sums, kind, name, amount);
  for (const { name, amount } of fees) addLine(sums, 'fee', name, amount);
  sums.eligible += uses.reduce((sum, use) => sum + (use.spot ? 0 : use.hours * use.microUsdPerHour), 0);
  const feeSum = fees.reduce((sum, { amount }) => sum + amount, 0);
  const made = allocateCosts({ nodes: costs, charges, fees: feeSum, unusedCommitments: unused }, { groupBy, idle, shared });
  for (const [owner, row] of made.owners) addRow(rowOf(sums.owners, owner), row);
  for (const key of ['cpu', 'memory', 'gpu', 'volume', 'commitment'] as const) sums.idle[key] += made.idle[key];
  sums.unallocated += made.unallocated;
  const besides = charges.reduce((sum, { amount }) => sum + amount, 0) + feeSum;
  return { amount: costs.reduce((sum, { amount }) => sum + amount, 0) + unused + besides, listed: settled.nodes.reduce((sum, { listed }) => sum + listed, 0) + besides };
}

function addLine({ lines }: BillSums, kind: BillLine['kind'], name: string, amount: number): void {
  const key = `${kind} ${name}`;
  lines.set(key, { kind, name, amount: (lines.get(key)?.amount ?? 0) + amount });
}

/** A service `namespace/name` stands in its namespace; others say it in a label, or stand in `default`. */
export function identityOf(pod: string, service: ServiceSpec | undefined): PodIdentity {
  const workload = service?.name ?? pod;
  const labels = service?.pod?.labels ?? {};
  const slash = workload.indexOf('/');
  return { pod, workload, namespace: slash > 0 ? workload.slice(0, slash) : (labels['namespace'] ?? 'default'), labels };
}
