/** The filters of one cycle over the columns, in rounds of nodes from a start, until enough have been found. */
import type { SchedulerProfile } from '../profile';
import type { AffinityTables } from './affinity-tally';
import type { NodeColumns } from './columns';
import type { PodClass } from './pod-class';
import { leastInDomains, type SpreadTally } from './spread-tally';

const ANY_ADDRESS = '0.0.0.0';

export type Search = {
  /** Feasible nodes in the order found; the first `found` entries count. */
  readonly feasible: Int32Array;
  found: number;
  looked: number;
};

type Enabled = { readonly fit: boolean; readonly ports: boolean; readonly spread: boolean; readonly affinity: boolean };

export const enabledFilters = ({ filters }: SchedulerProfile): Enabled => ({
  fit: filters.includes('NodeResourcesFit'),
  ports: filters.includes('NodePorts'),
  spread: filters.includes('PodTopologySpread'),
  affinity: filters.includes('InterPodAffinity'),
});

export function findFeasible(search: Search, podClass: PodClass, columns: NodeColumns, enabled: Enabled, start: number, wanted: number): void {
  search.found = 0;
  search.looked = 0;
  const count = columns.nodes.length;
  const { hardSpread, affinity, admitted, load } = podClass;
  if ((enabled.spread && hardSpread === null) || (enabled.affinity && affinity.terms.invalid)) {
    search.looked = count;
    return;
  }
  const spread = enabled.spread ? (hardSpread ?? []) : [];
  const least = spread.map(leastInDomains);
  const alone = affinity.selfMeant && affinity.required.every(({ total }) => total === 0);
  const checksPorts = enabled.ports && load.ports.length > 0;
  const { freeSlots } = columns;
  const free = podClass.neededColumns.map((column) => columns.resources[column]!.free);
  const needed = podClass.neededAmounts;
  let node = start;
  for (; search.looked < count && search.found < wanted; search.looked += 1) {
    const here = node;
    node = node + 1 === count ? 0 : node + 1;
    if (admitted[here] === 0) continue;
    if (enabled.fit && (freeSlots[here]! < 1 || !fits(free, needed, here))) continue;
    if (checksPorts && !portsFree(podClass, columns, here)) continue;
    if (spread.length > 0 && !spreads(spread, least, here)) continue;
    if (enabled.affinity && !suits(affinity, alone, here)) continue;
    search.feasible[search.found] = here;
    search.found += 1;
  }
}

function fits(free: readonly Float64Array[], needed: readonly number[], node: number): boolean {
  for (let i = 0; i < needed.length; i += 1) if (needed[i]! > free[i]![node]!) return false;
  return true;
}

function portsFree({ load }: PodClass, { ports }: NodeColumns, node: number): boolean {
  const taken = ports[node]!;
  return !load.ports.some(({ address, slot }) => taken.some((other) => other.slot === slot && (other.address === address || address === ANY_ADDRESS || other.address === ANY_ADDRESS)));
}

function spreads(tallies: readonly SpreadTally[], least: readonly number[], node: number): boolean {
  for (let i = 0; i < tallies.length; i += 1) {
    const { domains, inDomain, self, constraint } = tallies[i]!;
    const domain = domains.ofNode[node]!;
    if (domain < 0 || inDomain[domain]! + self - least[i]! > constraint.maxSkew) return false;
  }
  return true;
}

function suits({ required, avoided, keptAway }: AffinityTables, alone: boolean, node: number): boolean {
  for (const { domains, inDomain } of required) {
    const domain = domains.ofNode[node]!;
    if (domain < 0 || (inDomain[domain] === 0 && !alone)) return false;
  }
  return !occupied(avoided, node) && !occupied(keptAway, node);
}

function occupied(tables: AffinityTables['avoided'], node: number): boolean {
  for (const { domains, inDomain } of tables) {
    const domain = domains.ofNode[node]!;
    if (domain >= 0 && inDomain[domain] !== 0) return true;
  }
  return false;
}
