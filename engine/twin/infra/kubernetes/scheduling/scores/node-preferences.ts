/** The scores of one node's own marks: preferred node affinity, and taints of the kind PreferNoSchedule. */
import type { NodeAffinity, Pod } from '../../api/pod';
import { nodeTermOf, termMatches, type NodeTerm } from '../node-affinity';
import { normalizeScores } from '../normalize';
import { MAX_NODE_SCORE, type ScorePlugin } from '../score';
import { isTolerated } from '../taint';

/** Sum of the weights of matching preferred terms; terms that are empty, invalid or weigh 0 never count. */
export const nodeAffinityScore: ScorePlugin = (pod, _snapshot, _feasible, { addedAffinity }) => {
  if (preferencesOf(pod.affinity?.nodeAffinity) === null && (preferencesOf(addedAffinity) ?? []).length === 0) return null;
  const terms = [...preferredTerms(addedAffinity), ...preferredTerms(pod.affinity?.nodeAffinity)];
  return {
    score: ({ node }) => terms.reduce((sum, { term, weight }) => (termMatches(term, node) ? sum + weight : sum), 0),
    normalize: (raw) => normalizeScores(raw, MAX_NODE_SCORE, false),
  };
};

/** On a pod even an empty list counts as said, in a profile it does not. */
const preferencesOf = (affinity: NodeAffinity | null | undefined) => affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? null;

export function preferredTerms(affinity: NodeAffinity | null | undefined): readonly { readonly term: NodeTerm; readonly weight: number }[] {
  return (affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(({ weight, preference }) => {
    const term = weight === 0 ? null : nodeTermOf(preference);
    return term === null ? [] : [{ term, weight }];
  });
}

/** Fewer untolerated PreferNoSchedule taints are better; only tolerations that can mean that effect count. */
export const taintTolerationScore: ScorePlugin = (pod) => {
  const tolerations = preferringTolerations(pod);
  return {
    score: ({ node }) => (node.taints ?? []).filter((taint) => taint.effect === 'PreferNoSchedule' && !isTolerated(taint, tolerations)).length,
    normalize: (raw) => normalizeScores(raw, MAX_NODE_SCORE, true),
  };
};

export const preferringTolerations = (pod: Pod) => (pod.tolerations ?? []).filter(({ effect = '' }) => effect === '' || effect === 'PreferNoSchedule');
