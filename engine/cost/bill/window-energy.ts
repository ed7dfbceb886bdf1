/**
 * Energy of a window in whole millijoules, and its carbon in grams. Nodes draw what the frames say, else what a mean cloud
 * vCPU draws (Cloud Carbon Footprint) if an estimate is wanted; volumes and traffic by its coefficients; the overhead of
 * the data centre comes on top once. Making the machines is shared out over their lives.
 */
import type { SystemSpec } from '@/engine/twin';
import { gridOf, meanGrams } from '../energy/grid';
import { CCF_AWS, CCF_STORAGE } from '../energy/energy';
import { splitEnergy, type EnergyUser } from '../energy/split-energy';
import type { NodeFacts } from './node-facts';
import type { NodeUsage, UsageWindow } from './usage-window';

const HOURS_PER_YEAR = 8_760;
const LIFETIME_YEARS = 4;
const MILLIJOULES_PER_KWH = 3.6e9;
const GB_PER_GIB = 1.073741824;
const KIB_PER_GIB = 1_048_576;

export type WindowEnergy = {
  readonly nodes: number; readonly volumes: number; readonly network: number; readonly overhead: number; readonly total: number; readonly idle: number;
  readonly byOwner: ReadonlyMap<string, number>;
  readonly operationalG: number; readonly embodiedG: number; readonly gramsPerKwh: number;
  readonly basis: readonly string[];
  readonly estimated: boolean;
};

export type EnergyQuestion = { readonly system: SystemSpec; readonly estimate: boolean; readonly ownerOf: (pod: string, service: string) => string; readonly runStartsSeconds: number };

/** Null when no node's power is known and no estimate is wanted. */
export function windowEnergy(window: UsageWindow, facts: ReadonlyMap<string, NodeFacts>, { system, estimate, ownerOf, runStartsSeconds }: EnergyQuestion): WindowEnergy | null {
  const { carbon, prices } = system;
  const pue = carbon?.pue ?? 1;
  const [from, to] = [runStartsSeconds + window.fromSeconds, runStartsSeconds + window.fromSeconds + window.hours * 3_600];
  const sums = { nodes: 0, idle: 0, operationalG: 0, embodiedG: 0 };
  const byOwner = new Map<string, number>();
  const basis = new Set<string>();
  let known = false;
  let estimated = false;
  for (const node of window.nodes.values()) {
    const fact = facts.get(node.node);
    if (fact === undefined) continue;
    sums.embodiedG += embodiedG(system, fact, node);
    if (node.joules === null && !estimate) continue;
    known = true;
    estimated ||= node.joules === null;
    const idleWatts = node.joules === null ? fact.cores * CCF_AWS.minWattsPerVcpu : (fact.idleWatts ?? 0);
    const millijoules = Math.round(1_000 * (node.joules ?? estimatedJoules(fact, node)));
    const users = [...node.pods.values()].map(({ pod, service, cpuSeconds, charged }): EnergyUser => ({ owner: ownerOf(pod, service.name), cpuSeconds, holds: charged.cpu }));
    const { parts, idleMillijoules } = splitEnergy(millijoules, Math.round(idleWatts * node.upHours * 3.6e6), users);
    for (const { owner, activeMillijoules } of parts) byOwner.set(owner, (byOwner.get(owner) ?? 0) + activeMillijoules);
    const grid = gridOf(carbon, fact.zone);
    basis.add(grid.basis);
    sums.nodes += millijoules;
    sums.idle += idleMillijoules;
    sums.operationalG += (millijoules / MILLIJOULES_PER_KWH) * pue * meanGrams(grid, from, to);
  }
  if (!known) return null;
  const volumes = Math.round((prices?.volumes ?? []).reduce((sum, { gib, media = 'ssd' }) => sum + ((gib * GB_PER_GIB) / 1_000) * (media === 'ssd' ? CCF_STORAGE.ssdWattsPerTb : CCF_STORAGE.hddWattsPerTb) * CCF_STORAGE.volumeCopies, 0) * window.hours * 3.6e6);
  const network = Math.round((prices?.transfers ?? []).reduce((sum, { service, kibPerRequest }) => sum + (((window.served.get(service) ?? 0) * kibPerRequest) / KIB_PER_GIB) * GB_PER_GIB * CCF_STORAGE.kwhPerGbMoved, 0) * MILLIJOULES_PER_KWH);
  const elsewhere = gridOf(carbon, '');
  if (volumes + network > 0) basis.add(elsewhere.basis);
  const overhead = Math.round((pue - 1) * (sums.nodes + volumes + network));
  const total = sums.nodes + volumes + network + overhead;
  const operationalG = sums.operationalG + ((volumes + network) / MILLIJOULES_PER_KWH) * pue * meanGrams(elsewhere, from, to);
  return { nodes: sums.nodes, volumes, network, overhead, total, idle: sums.idle, byOwner, operationalG, embodiedG: sums.embodiedG, gramsPerKwh: total === 0 ? meanGrams(elsewhere, from, to) : operationalG / (total / MILLIJOULES_PER_KWH), basis: [...basis], estimated };
}

/** Mean of the window: watts are linear in use, so the mean use gives the mean power. */
function estimatedJoules({ cores }: NodeFacts, { upHours, cpuSeconds }: NodeUsage): number {
  const { minWattsPerVcpu, maxWattsPerVcpu } = CCF_AWS;
  return cores * minWattsPerVcpu * upHours * 3_600 + Math.min(cpuSeconds, cores * upHours * 3_600) * (maxWattsPerVcpu - minWattsPerVcpu);
}

function embodiedG({ carbon }: SystemSpec, { cores }: NodeFacts, { paidHours }: NodeUsage): number {
  if (carbon?.embodied === undefined) return 0;
  const { machineKg, machineCores, lifetimeYears = LIFETIME_YEARS } = carbon.embodied;
  return machineKg * 1_000 * Math.min(1, cores / machineCores) * (paidHours / (lifetimeYears * HOURS_PER_YEAR));
}
