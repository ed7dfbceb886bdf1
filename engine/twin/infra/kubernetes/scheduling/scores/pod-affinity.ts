/**
 * InterPodAffinity scoring: every running pod adds or takes weight in its topology domain: for the preferred
 * terms of the incoming pod, for its own preferred terms that mean the incoming pod, and a fixed weight for
 * its required affinity. Normalised so that the worst node has 0 and the best 100, truncated.
 */
import { labelOf } from '../../api/labels';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { meansExisting, meansIncoming, podTermsOf, type PodTerms } from '../affinity-term';
import { MAX_NODE_SCORE, type ScorePlugin } from '../score';
import type { Snapshot } from '../snapshot';

type DomainWeights = Map<string, Map<string, number>>;

export const podAffinityScore: ScorePlugin = (pod, snapshot, _feasible, { hardPodAffinityWeight, ignorePreferredTermsOfExistingPods }) => {
  const terms = podTermsOf(pod);
  const hasPreferences = terms.preferredAffinity.length > 0 || terms.preferredAntiAffinity.length > 0;
  if (ignorePreferredTermsOfExistingPods && !hasPreferences) return null;
  const weights = weighDomains(pod, terms, snapshot, hardPodAffinityWeight);
  if (weights.size === 0) return null;
  return { score: ({ node }) => weightOf(node, weights), normalize: normalizeAffinity };
};

function weighDomains(pod: Pod, terms: PodTerms, snapshot: Snapshot, hardWeight: number): DomainWeights {
  const weights: DomainWeights = new Map();
  const labels = snapshot.namespaces.get(pod.namespace) ?? {};
  for (const { node, pods } of snapshot.nodes) {
    for (const other of pods) {
      for (const term of terms.preferredAffinity) if (meansExisting(term, other, snapshot.namespaces)) add(weights, node, term.topologyKey, term.weight);
      for (const term of terms.preferredAntiAffinity) if (meansExisting(term, other, snapshot.namespaces)) add(weights, node, term.topologyKey, -term.weight);
      if (!other.affinity) continue;
      const theirs = podTermsOf(other);
      if (hardWeight > 0) for (const term of theirs.requiredAffinity) if (meansIncoming(term, pod, labels)) add(weights, node, term.topologyKey, hardWeight);
      for (const term of theirs.preferredAffinity) if (meansIncoming(term, pod, labels)) add(weights, node, term.topologyKey, term.weight);
      for (const term of theirs.preferredAntiAffinity) if (meansIncoming(term, pod, labels)) add(weights, node, term.topologyKey, -term.weight);
    }
  }
  return weights;
}

function add(weights: DomainWeights, node: Node, key: string, weight: number): void {
  const value = labelOf(node.labels, key);
  if (value === undefined) return;
  const domains = weights.get(key) ?? new Map<string, number>();
  weights.set(key, domains.set(value, (domains.get(value) ?? 0) + weight));
}

function weightOf(node: Node, weights: DomainWeights): number {
  let sum = 0;
  for (const [key, domains] of weights) {
    const value = labelOf(node.labels, key);
    if (value !== undefined) sum += domains.get(value) ?? 0;
  }
  return sum;
}

export function normalizeAffinity(raw: readonly number[]): readonly number[] {
  let least = Infinity;
  let most = -Infinity;
  for (const score of raw) {
    least = Math.min(least, score);
    most = Math.max(most, score);
  }
  const range = most - least;
  return raw.map((score) => (range > 0 ? Math.trunc(MAX_NODE_SCORE * ((score - least) / range)) : 0));
}
