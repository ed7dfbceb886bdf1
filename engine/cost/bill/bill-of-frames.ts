/**
 * The bill of what was seen, window by window: nodes at list price or under commitments, what stands beside them, all of
 * it allocated to its owners; energy and carbon beside the money. Every line, and owners + idle + unallocated, add up to
 * the total exactly.
 */
import type { Frame } from '@/engine/telemetry';
import type { ServiceSpec, SystemSpec } from '@/engine/twin';
import { addRow, allocateCosts, type NodeCost } from '../allocation/allocate-costs';
import { efficiencyOfRow, rowOf, totalCost, type CostRow } from '../allocation/cost-rows';
import { ownerKey, type GroupBy, type PodIdentity } from '../allocation/owner-key';
import { settleUse, type NodeUse } from '../commitments/committed-use';
import { sustainedUseFactor } from '../commitments/sustained-use';
import { bookNamed } from '../prices/books';
import { machinePrice } from '../prices/machine-price';
import { bookDay, LATEST_DAY, type PriceBook } from '../prices/price-book';
import type { Bill, BillLine, BillWindow } from './bill';
import { cpuShareOf, nodeFacts, type NodeFacts } from './node-facts';
import { usageWindows, type UsageWindow } from './usage-window';
import { windowCharges, windowFees, type ChargeContext } from './window-charges';
import { windowEnergy, type WindowEnergy } from './window-energy';

export type BillQuestion = {
  readonly system: SystemSpec;
  readonly frames: readonly Frame[];
  /** Stands above the book that the system names. */
  readonly book?: PriceBook;
  readonly groupBy?: GroupBy;
  /** False for recordings: then pods are charged what they use. */
  readonly requestsKnown?: boolean;
  /** Watts of a mean cloud vCPU where no power is known. */
  readonly estimatePower?: boolean;
  /** Time of the run at the first frame: where a grid's series stands. */
  readonly startsSeconds?: number;
};

export function billOfFrames({ system, frames, book: own, groupBy = 'workload', requestsKnown = true, estimatePower = false, startsSeconds = 0 }: BillQuestion): Bill {
  const { prices = {} } = system;
  const { on = LATEST_DAY, region } = prices;
  const named = own ?? (prices.book === undefined ? null : bookNamed(prices.book));
  const context: ChargeContext = { system, book: named ?? bookNamed('opencost'), on, region, moved: new Map(), unlisted: new Set() };
  const windows = usageWindows(frames, system, requestsKnown);
  const facts = factsOf(system, windows, { book: named, on, region });
  const sums: Sums = { lines: new Map(), owners: new Map(), idle: { cpu: 0, memory: 0, gpu: 0, volume: 0, commitment: 0 }, unallocated: 0, commitments: new Map(), millijoules: new Map(), eligible: 0, covered: 0 };
  const runHours = windows.reduce((sum, { hours }) => sum + hours, 0);
  const monthShare = (node: string) => (runHours === 0 ? 0 : windows.reduce((sum, { nodes }) => sum + (nodes.get(node)?.paidHours ?? 0), 0) / runHours);
  const energies: (WindowEnergy | null)[] = [];
  const made = windows.map((window): BillWindow => {
    const { amount, listed } = addWindow(window, { sums, context, facts, groupBy, named, monthShare: prices.sustainedUse === true ? monthShare : null });
    const energy = windowEnergy(window, facts, { system, estimate: estimatePower, runStartsSeconds: startsSeconds, ownerOf: (pod, service) => ownerKey(identityOf(pod, system.services.find(({ name }) => name === service)), groupBy) });
    energies.push(energy);
    for (const [owner, part] of energy?.byOwner ?? []) sums.millijoules.set(owner, (sums.millijoules.get(owner) ?? 0) + part);
    return { fromSeconds: window.fromSeconds, hours: window.hours, amount, listed, millijoules: energy?.total ?? null, carbonG: energy === null ? null : energy.operationalG + energy.embodiedG, gramsPerKwh: energy?.gramsPerKwh ?? null };
  });
  const commitments = [...sums.commitments.values()];
  const committed = commitments.reduce((sum, each) => sum + each.committed, 0);
  const sources = [...new Set([...facts.values()].flatMap(({ priceSource }) => priceSource ?? []))];
  return {
    prices: { book: named?.name ?? 'the system’s own', day: named === null ? null : bookDay(named, on), region: region ?? null, unlisted: [...context.unlisted], sources },
    hours: runHours,
    total: made.reduce((sum, { amount }) => sum + amount, 0),
    listed: made.reduce((sum, { listed }) => sum + listed, 0),
    lines: [...sums.lines.values()],
    owners: ownersOf(sums),
    idle: sums.idle,
    unallocated: sums.unallocated,
    commitments,
    coverage: sums.eligible === 0 || commitments.length === 0 ? null : Math.min(1, sums.covered / sums.eligible),
    utilization: committed === 0 ? null : commitments.reduce((sum, each) => sum + each.used, 0) / committed,
    ...energyOf(energies),
    windows: made,
  };
}

type Sums = {
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
type Making = { readonly sums: Sums; readonly context: ChargeContext; readonly facts: ReadonlyMap<string, NodeFacts>; readonly groupBy: GroupBy; readonly named: PriceBook | null; readonly monthShare: ((node: string) => number) | null };

function addWindow(window: UsageWindow, { sums, context, facts, groupBy, named, monthShare }: Making): { amount: number; listed: number } {
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

function addLine({ lines }: Sums, kind: BillLine['kind'], name: string, amount: number): void {
  const key = `${kind} ${name}`;
  lines.set(key, { kind, name, amount: (lines.get(key)?.amount ?? 0) + amount });
}

function factsOf(system: SystemSpec, windows: readonly UsageWindow[], choice: Parameters<typeof nodeFacts>[2]): Map<string, NodeFacts> {
  const names = new Set(windows.flatMap(({ nodes }) => [...nodes.keys()]));
  return new Map([...names].flatMap((name) => {
    const found = nodeFacts(system, name, choice);
    return found === null ? [] : [[name, found] as const];
  }));
}

/** A service `namespace/name` stands in its namespace; others say it in a label, or stand in `default`. */
function identityOf(pod: string, service: ServiceSpec | undefined): PodIdentity {
  const workload = service?.name ?? pod;
  const labels = service?.pod?.labels ?? {};
  const slash = workload.indexOf('/');
  return { pod, workload, namespace: slash > 0 ? workload.slice(0, slash) : (labels['namespace'] ?? 'default'), labels };
}

const ownersOf = ({ owners, millijoules }: Sums): Bill['owners'] =>
  [...owners].map(([owner, row]) => ({ ...row, owner, total: totalCost(row), efficiency: efficiencyOfRow(row), millijoules: millijoules.get(owner) ?? 0 })).sort((x, y) => y.total - x.total || (x.owner < y.owner ? -1 : x.owner > y.owner ? 1 : 0));

function energyOf(windows: readonly (WindowEnergy | null)[]): Pick<Bill, 'energy' | 'carbon'> {
  const known = windows.flatMap((each) => each ?? []);
  if (known.length === 0) return { energy: null, carbon: null };
  const sum = (of: (each: WindowEnergy) => number) => known.reduce((total, each) => total + of(each), 0);
  return {
    energy: { nodes: sum((e) => e.nodes), volumes: sum((e) => e.volumes), network: sum((e) => e.network), overhead: sum((e) => e.overhead), total: sum((e) => e.total), idle: sum((e) => e.idle), basis: known.some(({ estimated }) => estimated) ? 'estimated' : 'power models' },
    carbon: { operationalG: sum((e) => e.operationalG), embodiedG: sum((e) => e.embodiedG), basis: [...new Set(known.flatMap(({ basis }) => basis))] },
  };
}
