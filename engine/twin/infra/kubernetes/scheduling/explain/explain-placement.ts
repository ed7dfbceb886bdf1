/**
 * Why a pod goes where it goes: for the chosen node what it scored, for every other one which filters refuse
 * it and why, or by how many points it loses and to which plugin most, and the smallest change that would
 * bring the pod there.
 */
import type { Pod } from '../../api/pod';
import { judgementWithNominated, type NamedRejection } from '../judge';
import type { SchedulerProfile } from '../profile';
import { decide, type NodeScores } from '../schedule';
import { SCORE_NAMES, type ScoreName } from '../score';
import type { Snapshot } from '../snapshot';
import { smallestFlip, type Flip } from './flip';

export type ScoreLine = { readonly plugin: ScoreName; readonly score: number; readonly weighted: number };

export type NodeExplanation =
  | { readonly node: string; readonly outcome: 'chosen'; readonly total: number | null; readonly scores: readonly ScoreLine[] }
  | { readonly node: string; readonly outcome: 'refused'; readonly refusals: readonly NamedRejection[]; readonly flip: Flip | null }
  | { readonly node: string; readonly outcome: 'outscored'; readonly total: number; readonly scores: readonly ScoreLine[]; readonly behindBy: number; readonly decisivePlugin: ScoreName; readonly flip: Flip | null };

export type PlacementExplanation = {
  readonly chosen: string | null;
  /** Nodes that would have been as good; one of them was drawn. */
  readonly tiedWith: readonly string[];
  readonly nodes: readonly NodeExplanation[];
};

/** Explains the decision for `pod`; flips are searched for the first `maxFlips` nodes that lost (each is a dozen runs). */
export function explainPlacement(pod: Pod, snapshot: Snapshot, profile: SchedulerProfile, chosenNode: string | null = null, maxFlips = 20): PlacementExplanation {
  const { feasible, scores, best } = decide(pod, snapshot, profile, 0, 100);
  const judgement = judgementWithNominated(pod, snapshot, profile);
  const chosen = best.find(({ node }) => node.name === chosenNode)?.node.name ?? best[0]?.node.name ?? null;
  let flips = 0;
  const flipFor = (node: string) => ((flips += 1) <= maxFlips ? smallestFlip({ pod, snapshot }, node, profile) : null);
  const nodes = snapshot.nodes.map((info): NodeExplanation => {
    const node = info.node.name;
    const at = feasible.indexOf(info);
    if (at < 0) return { node, outcome: 'refused', refusals: judgement.all(info), flip: flipFor(node) };
    if (node === chosen || scores === null) return { node, outcome: 'chosen', total: scores?.total[at] ?? null, scores: linesOf(scores, at, profile) };
    const winner = feasible.findIndex((other) => other.node.name === chosen);
    return { node, outcome: 'outscored', total: scores.total[at]!, scores: linesOf(scores, at, profile), behindBy: scores.total[winner]! - scores.total[at]!, decisivePlugin: decisive(scores, winner, at, profile), flip: flipFor(node) };
  });
  return { chosen, tiedWith: best.map(({ node }) => node.name).filter((name) => name !== chosen), nodes };
}

function linesOf(scores: NodeScores | null, at: number, { weights }: SchedulerProfile): readonly ScoreLine[] {
  if (scores === null) return [];
  return SCORE_NAMES.map((plugin) => ({ plugin, score: scores.perPlugin[plugin][at]!, weighted: scores.perPlugin[plugin][at]! * weights[plugin] }));
}

/** The plugin that sets the winner apart most. */
function decisive({ perPlugin }: NodeScores, winner: number, loser: number, { weights }: SchedulerProfile): ScoreName {
  const lead = (plugin: ScoreName) => (perPlugin[plugin][winner]! - perPlugin[plugin][loser]!) * weights[plugin];
  return SCORE_NAMES.reduce((most, plugin) => (lead(plugin) > lead(most) ? plugin : most));
}
