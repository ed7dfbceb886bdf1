/**
 * One scheduling cycle: filter, score, pick. With more than 100 nodes only a share is looked at
 * (`nodesToFind`), starting where the last cycle stopped. One fitting node is taken without scoring. Ties
 * are broken at random upstream (reservoir); here by draws from a stream the caller owns.
 */
import { nextBelow, type Random } from '@/engine/kernel';
import type { Pod } from '../api/pod';
import { judgementWithNominated, type NamedRejection } from './judge';
import type { SchedulerProfile } from './profile';
import { SCORES } from './scores';
import { SCORE_NAMES, type ScoreName } from './score';
import type { NodeInfo, Snapshot } from './snapshot';

const MIN_FEASIBLE_NODES = 100;
const MIN_PERCENTAGE = 5;

/** How many fitting nodes are enough: all below 100, then 50 % falling to 5 %, never fewer than 100. */
export function nodesToFind(nodeCount: number, percentage = 0): number {
  if (nodeCount < MIN_FEASIBLE_NODES) return nodeCount;
  const adaptive = Math.max(MIN_PERCENTAGE, 50 - Math.trunc(nodeCount / 125));
  const share = percentage === 0 ? adaptive : percentage;
  return share >= 100 ? nodeCount : Math.max(MIN_FEASIBLE_NODES, Math.trunc((nodeCount * share) / 100));
}

export type NodeScores = {
  readonly perPlugin: Readonly<Record<ScoreName, readonly number[]>>;
  readonly raw: Readonly<Record<ScoreName, readonly number[] | null>>;
  readonly total: readonly number[];
};

/** Scores of the nodes that fit, plugin by plugin, in their order; raw is null where a plugin takes no part. */
export function scoreNodes(pod: Pod, snapshot: Snapshot, feasible: readonly NodeInfo[], { settings, weights }: SchedulerProfile): NodeScores {
  const perPlugin = {} as Record<ScoreName, readonly number[]>;
  const raw = {} as Record<ScoreName, readonly number[] | null>;
  const total = feasible.map(() => 0);
  for (const name of SCORE_NAMES) {
    const scorer = SCORES[name](pod, snapshot, feasible, settings);
    raw[name] = scorer === null ? null : feasible.map((info) => scorer.score(info));
    perPlugin[name] = raw[name] === null ? feasible.map(() => 0) : (scorer?.normalize?.(raw[name]) ?? raw[name]);
    perPlugin[name].forEach((score, i) => (total[i] = total[i]! + score * weights[name]));
  }
  return { perPlugin, raw, total };
}

export type Decision = {
  readonly feasible: readonly NodeInfo[];
  readonly rejected: readonly { readonly info: NodeInfo; readonly rejection: NamedRejection }[];
  /** Null with fewer than two fitting nodes: nothing is scored then. */
  readonly scores: NodeScores | null;
  /** All nodes with the best total: any of them is right. */
  readonly best: readonly NodeInfo[];
  /** Where the next cycle starts looking. */
  readonly nextStart: number;
};

/** One whole cycle; `start` is the round-robin index of the last one. */
export function decide(pod: Pod, snapshot: Snapshot, profile: SchedulerProfile, start = 0, percentage = 0): Decision {
  const judgement = judgementWithNominated(pod, snapshot, profile);
  const wanted = nodesToFind(snapshot.nodes.length, percentage);
  const feasible: NodeInfo[] = [];
  const rejected: { info: NodeInfo; rejection: NamedRejection }[] = [];
  const count = snapshot.nodes.length;
  let looked = 0;
  for (; looked < count && feasible.length < wanted; looked += 1) {
    const info = snapshot.nodes[(start + looked) % count]!;
    const rejection = judgement.first(info);
    if (rejection === null) feasible.push(info);
    else rejected.push({ info, rejection });
  }
  const nextStart = count === 0 ? 0 : (start + looked) % count;
  if (feasible.length < 2) return { feasible, rejected, scores: null, best: feasible, nextStart };
  const scores = scoreNodes(pod, snapshot, feasible, profile);
  return { feasible, rejected, scores, best: highest(feasible, scores.total), nextStart };
}

function highest(feasible: readonly NodeInfo[], total: readonly number[]): readonly NodeInfo[] {
  const most = total.reduce((largest, score) => Math.max(largest, score), -Infinity);
  return feasible.filter((_, i) => total[i] === most);
}

/** The node a pod goes to; null when none fits. */
export const pickNode = ({ best }: Decision, random: Random): NodeInfo | null => (best.length === 0 ? null : best[best.length === 1 ? 0 : nextBelow(random, best.length)]!);
