/**
 * Weighted max-min division, from the root down: at every level the members get by weight, who wants less than that
 * gets what it wants, and the rest is divided again. Groups confined to fewer CPUs than they could use together are
 * capped first, the smallest sets of CPUs before larger ones.
 */
import type { FairHost } from './fair-host';

const ENOUGH = 1e-12;

/** Fills `taskCores` and `groupCores` from `wantedCores`. */
export function divideCpu(host: FairHost): void {
  wantOfGroups(host, undefined);
  giveGroup(host, 0, Math.min(host.cpus, host.groupWanted[0]!));
  const caps = capsOfConfined(host);
  if (caps === undefined) return;
  wantOfGroups(host, caps);
  giveGroup(host, 0, Math.min(host.cpus, host.groupWanted[0]!));
}

/** What groups want: the sum below them, at most their quota and their CPUs. Children come after parents. */
function wantOfGroups(host: FairHost, caps: Float64Array | undefined): void {
  const { groupWanted, quotaCores, parents, memberStart, members, wantedCores, masks } = host;
  for (let g = parents.length - 1; g >= 0; g -= 1) groupWanted[g] = 0;
  for (let g = parents.length - 1; g >= 0; g -= 1) {
    let sum = groupWanted[g]!;
    for (let i = memberStart[g]!; i < memberStart[g + 1]!; i += 1) sum += wantedCores[members[i]!]!;
    let cap = Math.min(quotaCores[g]!, cpusIn(masks[g]!));
    if (caps !== undefined) cap = Math.min(cap, caps[g]!);
    groupWanted[g] = Math.min(sum, cap);
    if (g > 0) groupWanted[parents[g]!]! += groupWanted[g]!;
  }
}

function cpusIn(mask: string): number {
  let count = 0;
  for (let i = 0; i < mask.length; i += 1) if (mask.charCodeAt(i) === 49) count += 1;
  return count;
}

function giveGroup(host: FairHost, group: number, cores: number): void {
  const { memberStart, members, childStart, childGroups, taskWeights, wantedCores, taskCores, groupWeights, groupWanted, groupCores } = host;
  groupCores[group] = cores;
  const [firstTask, lastTask, firstGroup, lastGroup] = [memberStart[group]!, memberStart[group + 1]!, childStart[group]!, childStart[group + 1]!];
  const level = waterLevel(host, group, cores);
  for (let i = firstTask; i < lastTask; i += 1) {
    const task = members[i]!;
    taskCores[task] = Math.min(wantedCores[task]!, level * taskWeights[task]!);
  }
  for (let i = firstGroup; i < lastGroup; i += 1) {
    const child = childGroups[i]!;
    giveGroup(host, child, Math.min(groupWanted[child]!, level * groupWeights[child]!));
  }
}

/** Cores per weight at which the members of a group use up `cores`; Infinity when all get what they want. */
function waterLevel(host: FairHost, group: number, cores: number): number {
  const { memberStart, members, childStart, childGroups, taskWeights, wantedCores, groupWeights, groupWanted } = host;
  let level = 0;
  for (;;) {
    let left = cores;
    let weight = 0;
    for (let i = memberStart[group]!; i < memberStart[group + 1]!; i += 1) {
      const task = members[i]!;
      if (wantedCores[task]! <= level * taskWeights[task]! + ENOUGH) left -= wantedCores[task]!;
      else weight += taskWeights[task]!;
    }
    for (let i = childStart[group]!; i < childStart[group + 1]!; i += 1) {
      const child = childGroups[i]!;
      if (groupWanted[child]! <= level * groupWeights[child]! + ENOUGH) left -= groupWanted[child]!;
      else weight += groupWeights[child]!;
    }
    if (weight === 0) return Infinity;
    const next = Math.max(level, left / weight);
    if (next <= level * (1 + ENOUGH)) return next;
    level = next;
  }
}

/** Caps for groups of one set of CPUs that together got more than it has; undefined when none did. */
function capsOfConfined(host: FairHost): Float64Array | undefined {
  const everywhere = host.masks[0]!;
  const sets = [...new Set(host.masks)].filter((mask) => mask !== everywhere).sort((a, b) => cpusIn(a) - cpusIn(b) || (a < b ? -1 : 1));
  if (sets.length === 0) return undefined;
  const caps = new Float64Array(host.parents.length).fill(Infinity);
  let any = false;
  for (const set of sets) {
    const confined = topmost(host, set);
    const got = confined.reduce((sum, g) => sum + host.groupCores[g]!, 0);
    if (got <= cpusIn(set) + ENOUGH) continue;
    any = true;
    fillCaps(host, confined, cpusIn(set), caps);
  }
  return any ? caps : undefined;
}

const topmost = (host: FairHost, mask: string) => [...host.parents.keys()].filter((g) => isWithin(host.masks[g]!, mask) && !isWithin(host.masks[Math.max(0, host.parents[g]!)]!, mask));

const isWithin = (mask: string, set: string) => [...mask].every((bit, cpu) => bit === '0' || set[cpu] === '1');

function fillCaps(host: FairHost, groups: readonly number[], cores: number, caps: Float64Array): void {
  let open = [...groups];
  let left = cores;
  for (;;) {
    const weight = open.reduce((sum, g) => sum + host.groupWeights[g]!, 0);
    const content = open.filter((g) => host.groupWanted[g]! <= (left * host.groupWeights[g]!) / weight);
    if (content.length === 0) {
      for (const g of open) caps[g] = (left * host.groupWeights[g]!) / weight;
      return;
    }
    for (const g of content) left -= caps[g] = host.groupWanted[g]!;
    open = open.filter((g) => !content.includes(g));
    if (open.length === 0) return;
  }
}
