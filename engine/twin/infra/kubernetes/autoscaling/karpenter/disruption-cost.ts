/**
 * What disrupting a node costs, in Karpenter's terms: the sum over its pods of an eviction cost made from the
 * deletion-cost annotation and the priority, one for a plain pod. Candidates come in the order of money saved
 * per disruption.
 */
import { priorityOf, type Pod } from '../../api/pod';

const DELETION_COST_SCALE = 2 ** 27;
const PRIORITY_SCALE = 2 ** 25;
const LARGEST_COST = 10;

/** −10..10; 1 for a pod without annotation and priority. */
export function evictionCost(pod: Pod, deletionCost = 0): number {
  const cost = 1 + deletionCost / DELETION_COST_SCALE + priorityOf(pod) / PRIORITY_SCALE;
  return Math.min(LARGEST_COST, Math.max(-LARGEST_COST, cost));
}

export const disruptionCost = (pods: readonly Pod[], deletionCostOf: (pod: Pod) => number = () => 0) => pods.reduce((sum, pod) => sum + Math.max(0, evictionCost(pod, deletionCostOf(pod))), 0);

export type RankedNode = { readonly name: string; readonly usdPerHour: number; readonly disruptionCost: number };

/** Most money per disruption first. */
export const rankCandidates = <T extends RankedNode>(nodes: readonly T[]): readonly T[] =>
  [...nodes].sort((x, y) => y.usdPerHour / (1 + y.disruptionCost) - x.usdPerHour / (1 + x.disruptionCost) || (x.name < y.name ? -1 : x.name > y.name ? 1 : 0));

export type PoolTotals = { readonly usdPerHour: number; readonly disruptionCost: number };
const BALANCED_SCORE_MIN = 0.5;

/** Share of the pool's cost that is saved, over the share of its pods that is disturbed. */
export function balancedScore(savedUsdPerHour: number, disruption: number, pool: PoolTotals): number {
  if (pool.usdPerHour <= 0) return 0;
  const saved = savedUsdPerHour / pool.usdPerHour;
  if (disruption <= 0 || pool.disruptionCost <= 0) return saved > 0 ? Infinity : 0;
  return saved / (disruption / pool.disruptionCost);
}

export const isWorthDisrupting = (score: number) => score >= BALANCED_SCORE_MIN;
