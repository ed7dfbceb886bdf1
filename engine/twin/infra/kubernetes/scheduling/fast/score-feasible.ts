/**
 * The scores of one cycle over the columns: raw values per plugin, normalised and weighed as in the plain
 * version, summed into `total`. Returns the best total.
 */
import { log } from '@/engine/kernel';
import { MAX_NODE_SCORE, type ScoreWeights } from '../score';
import { HOSTNAME } from '../spread-constraint';
import type { AllocationScorer } from './allocation-score';
import type { NodeColumns } from './columns';
import type { Search } from './find-feasible';
import type { PodClass } from './pod-class';
import type { SpreadTally } from './spread-tally';

export type Scratch = {
  readonly total: Float64Array;
  readonly raw: Float64Array;
};

export const scratchFor = (nodeCount: number): Scratch => ({ total: new Float64Array(nodeCount), raw: new Float64Array(nodeCount) });

export function scoreFeasible(search: Search, podClass: PodClass, columns: NodeColumns, weights: ScoreWeights, scorer: AllocationScorer, scratch: Scratch): number {
  addAllocation(search, podClass, columns, weights, scorer, scratch);
  addTaints(search, podClass.taints, weights.TaintToleration, scratch);
  if (podClass.preferences !== null) addPreferences(search, podClass.preferences, weights.NodeAffinity, scratch);
  if (podClass.softSpread.length > 0) addSpread(search, podClass, weights.PodTopologySpread, scratch);
  if (podClass.affinity.weights.length > 0) addAffinity(search, podClass, weights.InterPodAffinity, scratch);
  let best = -Infinity;
  for (let i = 0; i < search.found; i += 1) if (scratch.total[i]! > best) best = scratch.total[i]!;
  return best;
}

function addAllocation({ feasible, found }: Search, podClass: PodClass, { version }: NodeColumns, weights: ScoreWeights, scorer: AllocationScorer, { total }: Scratch): void {
  const { fit, balanced, images, scoredVersion } = podClass;
  for (let i = 0; i < found; i += 1) {
    const node = feasible[i]!;
    if (scoredVersion[node] !== version[node]) scorer(podClass, node);
    total[i] = fit[node]! * weights.NodeResourcesFit + balanced[node]! * weights.NodeResourcesBalancedAllocation + images[node]! * weights.ImageLocality;
  }
}

function largestOf({ feasible, found }: Search, raw: Int32Array): number {
  let largest = 0;
  for (let i = 0; i < found; i += 1) if (raw[feasible[i]!]! > largest) largest = raw[feasible[i]!]!;
  return largest;
}

function addTaints(search: Search, raw: Int32Array, weight: number, { total }: Scratch): void {
  const largest = largestOf(search, raw);
  for (let i = 0; i < search.found; i += 1) {
    const scaled = largest === 0 ? 0 : Math.trunc((MAX_NODE_SCORE * raw[search.feasible[i]!]!) / largest);
    total[i] = total[i]! + (MAX_NODE_SCORE - scaled) * weight;
  }
}

function addPreferences(search: Search, raw: Int32Array, weight: number, { total }: Scratch): void {
  const largest = largestOf(search, raw);
  if (largest === 0) return;
  for (let i = 0; i < search.found; i += 1) total[i] = total[i]! + Math.trunc((MAX_NODE_SCORE * raw[search.feasible[i]!]!) / largest) * weight;
}

function addSpread(search: Search, { softSpread, softIgnores }: PodClass, weight: number, { total, raw }: Scratch): void {
  const { feasible, found } = search;
  let candidates = 0;
  for (let i = 0; i < found; i += 1) candidates += 1 - softIgnores[feasible[i]!]!;
  const sizes = softSpread.map((tally) => log((tally.constraint.topologyKey === HOSTNAME ? candidates : distinctDomains(search, tally, softIgnores)) + 2));
  let least = Infinity;
  let most = 0;
  for (let i = 0; i < found; i += 1) {
    if (softIgnores[feasible[i]!] === 1) continue;
    const score = rawSpread(softSpread, sizes, feasible[i]!);
    raw[i] = score;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  for (let i = 0; i < found; i += 1) {
    if (softIgnores[feasible[i]!] === 1) continue;
    const score = most === 0 ? MAX_NODE_SCORE : Math.trunc((MAX_NODE_SCORE * (most + least - raw[i]!)) / most);
    total[i] = total[i]! + score * weight;
  }
}

function rawSpread(tallies: readonly SpreadTally[], sizes: readonly number[], node: number): number {
  let score = 0;
  for (let k = 0; k < tallies.length; k += 1) {
    const { constraint, domains, inDomain, matcher } = tallies[k]!;
    const domain = domains.ofNode[node]!;
    if (domain < 0) continue;
    const count = constraint.topologyKey === HOSTNAME ? matcher.onNode[node]! : inDomain[domain]!;
    score += count * sizes[k]! + (constraint.maxSkew - 1);
  }
  return Math.round(score);
}

/** A node without the label is in the domain of the empty value. */
function distinctDomains({ feasible, found }: Search, { domains }: SpreadTally, ignores: Uint8Array): number {
  const seen = new Uint8Array(domains.count);
  let distinct = 0;
  for (let i = 0; i < found; i += 1) {
    if (ignores[feasible[i]!] === 1) continue;
    const domain = Math.max(0, domains.ofNode[feasible[i]!]!);
    distinct += 1 - seen[domain]!;
    seen[domain] = 1;
  }
  return distinct;
}

function addAffinity({ feasible, found }: Search, { affinity }: PodClass, weight: number, { total, raw }: Scratch): void {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < found; i += 1) {
    let score = 0;
    for (const { domains, inDomain } of affinity.weights) {
      const domain = domains.ofNode[feasible[i]!]!;
      if (domain >= 0) score += inDomain[domain]!;
    }
    raw[i] = score;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  const range = most - least;
  if (!(range > 0)) return;
  for (let i = 0; i < found; i += 1) total[i] = total[i]! + Math.trunc(MAX_NODE_SCORE * ((raw[i]! - least) / range)) * weight;
}
