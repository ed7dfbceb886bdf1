/**
 * NodeResourcesBalancedAllocation: how even the requested shares of the resources are on the node.
 * `100 × (1 − deviation)`, truncated; deviation is half the difference for two resources, the population
 * standard deviation for more. Real requests count, without the defaults of the other allocation score.
 *
 * Since 1.36 the score is the change the pod makes: 75 when the balance stays as it was.
 */
import type { ResourceList } from '../../api/pod';
import { podRequests } from '../resources';
import { MAX_NODE_SCORE, type ScorePlugin, type WeightedResource } from '../score';
import type { NodeInfo } from '../snapshot';
import { allocationOf } from './resource-allocation';

export const balancedAllocation: ScorePlugin = (pod, _snapshot, _feasible, { rules, balancedResources }) => {
  const requests = podRequests(pod);
  const bestEffort = balancedResources.every(({ name }) => (requests[name] ?? 0) === 0);
  if (bestEffort && rules.balancedSkipsBestEffort) return null;
  const scoreState = (info: NodeInfo, withPod: boolean) => balanceScore(shares(info, requests, balancedResources, withPod));
  if (rules.balancedScores === 'state') return { score: (info) => scoreState(info, true) };
  return { score: (info) => changeScore(scoreState(info, true), scoreState(info, false)) };
};

/** 75 when the pod leaves the balance as it was. */
export const changeScore = (withPod: number, without: number) => 50 + Math.trunc((50 + withPod - without) / 2);

function shares(info: NodeInfo, requests: ResourceList, resources: readonly WeightedResource[], withPod: boolean): readonly number[] {
  return resources.flatMap(({ name }) => {
    const allocation = allocationOf(info, name, requests[name] ?? 0, (resource) => info.requested[resource] ?? 0);
    if (allocation === null) return [];
    const requested = withPod ? allocation.requested : allocation.requested - (requests[name] ?? 0);
    return [Math.min(1, requested / allocation.capacity)];
  });
}

/** Floating point as upstream: the order of operations is part of the rule. */
export function balanceScore(fractions: readonly number[]): number {
  return Math.trunc((1 - deviation(fractions)) * MAX_NODE_SCORE);
}

const deviationOfTwo = (x: number, y: number) => Math.abs((x - y) / 2);

/** `balanceScore` of exactly two fractions. */
export const balanceOfTwo = (x: number, y: number) => Math.trunc((1 - deviationOfTwo(x, y)) * MAX_NODE_SCORE);

function deviation(fractions: readonly number[]): number {
  if (fractions.length < 2) return 0;
  if (fractions.length === 2) return deviationOfTwo(fractions[0]!, fractions[1]!);
  let total = 0;
  for (const fraction of fractions) total += fraction;
  const mean = total / fractions.length;
  let sum = 0;
  for (const fraction of fractions) sum += (fraction - mean) * (fraction - mean);
  return Math.sqrt(sum / fractions.length);
}
