/**
 * PodTopologySpread, ScheduleAnyway. Raw = round(Σ count × ln(domains + 2) + maxSkew − 1): the weight ln(domains + 2)
 * keeps constraints over few domains from being drowned by those over many. Counts are taken over all nodes
 * of a domain that has a feasible node, per node for the hostname. Fewer is better:
 * 100 × (max + min − raw) ÷ max, truncated. Nodes without all keys are ignored and score 0, unless the
 * constraints are the profile's defaults.
 */
import { log } from '@/engine/kernel';
import { labelOf } from '../../api/labels';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { MAX_NODE_SCORE, type ScorePlugin } from '../score';
import type { NodeInfo, Snapshot } from '../snapshot';
import { countMatching, hasAllKeys, hasOwnConstraints, HOSTNAME, inclusionOf, spreadConstraintsOf, type SpreadConstraint } from '../spread-constraint';

export const topologySpreadScore: ScorePlugin = (pod, snapshot, feasible, settings) => {
  const constraints = spreadConstraintsOf(pod, snapshot, 'ScheduleAnyway', settings) ?? [];
  if (constraints.length === 0) return null;
  const needsAllKeys = hasOwnConstraints(pod) || settings.spreadDefaulting !== 'System';
  const ignored = new Set(needsAllKeys ? feasible.filter(({ node }) => !hasAllKeys(node, constraints)) : []);
  const candidates = feasible.filter((info) => !ignored.has(info));
  const counts = countAll(pod, snapshot, constraints, candidates, needsAllKeys);
  const weights = constraints.map(({ topologyKey }, i) => log((topologyKey === HOSTNAME ? candidates.length : counts[i]!.size) + 2));
  return {
    score: (info) => (ignored.has(info) ? 0 : rawScore(info, pod, constraints, counts, weights)),
    normalize: (raw) => normalizeSpread(raw, feasible.map((info) => ignored.has(info))),
  };
};

const domainOf = (node: Node, { topologyKey }: SpreadConstraint) => labelOf(node.labels, topologyKey) ?? '';

function countAll(pod: Pod, snapshot: Snapshot, constraints: readonly SpreadConstraint[], candidates: readonly NodeInfo[], needsAllKeys: boolean): readonly Map<string, number>[] {
  const includes = inclusionOf(pod);
  const counted = needsAllKeys ? snapshot.nodes.filter(({ node }) => hasAllKeys(node, constraints)) : snapshot.nodes;
  return constraints.map((constraint) => {
    if (constraint.topologyKey === HOSTNAME) return new Map<string, number>();
    const counts = new Map(candidates.map(({ node }) => [domainOf(node, constraint), 0]));
    for (const info of counted) {
      const domain = domainOf(info.node, constraint);
      const count = counts.get(domain);
      if (count !== undefined && includes(constraint, info.node)) counts.set(domain, count + countMatching(info, constraint.selector, pod.namespace));
    }
    return counts;
  });
}

function rawScore(info: NodeInfo, pod: Pod, constraints: readonly SpreadConstraint[], counts: readonly ReadonlyMap<string, number>[], weights: readonly number[]): number {
  let score = 0;
  constraints.forEach((constraint, i) => {
    const domain = labelOf(info.node.labels, constraint.topologyKey);
    if (domain === undefined) return;
    const count = constraint.topologyKey === HOSTNAME ? countMatching(info, constraint.selector, pod.namespace) : (counts[i]!.get(domain) ?? 0);
    score += count * weights[i]! + (constraint.maxSkew - 1);
  });
  return Math.round(score);
}

export function normalizeSpread(raw: readonly number[], ignored: readonly boolean[]): readonly number[] {
  let least = Infinity;
  let most = 0;
  raw.forEach((score, i) => {
    if (ignored[i]) return;
    least = Math.min(least, score);
    most = Math.max(most, score);
  });
  return raw.map((score, i) => {
    if (ignored[i]) return 0;
    return most === 0 ? MAX_NODE_SCORE : Math.trunc((MAX_NODE_SCORE * (most + least - score)) / most);
  });
}
