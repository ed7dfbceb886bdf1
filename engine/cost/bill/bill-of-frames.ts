/**
 * The bill of what was seen, window by window: nodes at list price or under commitments, what stands beside them, all of
 * it allocated to its owners; energy and carbon beside the money. Every line, and owners + idle + unallocated, add up to
 * the total exactly.
 */
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import { efficiencyOfRow, totalCost } from '../allocation/cost-rows';
import { ownerKey, type GroupBy } from '../allocation/owner-key';
import { bookNamed } from '../prices/books';
import { bookDay, LATEST_DAY, type PriceBook } from '../prices/price-book';
import type { Bill, BillWindow } from './bill';
import { nodeFacts, type NodeFacts } from './node-facts';
import { identityOf, settleWindow, type BillSums } from './settle-window';
import { usageWindows, type UsageWindow } from './usage-window';
import type { ChargeContext } from './window-charges';
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
  const sums: BillSums = { lines: new Map(), owners: new Map(), idle: { cpu: 0, memory: 0, gpu: 0, volume: 0, commitment: 0 }, unallocated: 0, commitments: new Map(), millijoules: new Map(), eligible: 0, covered: 0 };
  const runHours = windows.reduce((sum, { hours }) => sum + hours, 0);
  const monthShare = (node: string) => (runHours === 0 ? 0 : windows.reduce((sum, { nodes }) => sum + (nodes.get(node)?.paidHours ?? 0), 0) / runHours);
  const energies: (WindowEnergy | null)[] = [];
  const made = windows.map((window): BillWindow => {
    const { amount, listed } = settleWindow(window, { sums, context, facts, groupBy, named, monthShare: prices.sustainedUse === true ? monthShare : null });
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

function factsOf(system: SystemSpec, windows: readonly UsageWindow[], choice: Parameters<typeof nodeFacts>[2]): Map<string, NodeFacts> {
  const names = new Set(windows.flatMap(({ nodes }) => [...nodes.keys()]));
  return new Map([...names].flatMap((name) => {
    const found = nodeFacts(system, name, choice);
    return found === null ? [] : [[name, found] as const];
  }));
}

const ownersOf = ({ owners, millijoules }: BillSums): Bill['owners'] =>
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
