/**
 * NodeResourcesFit scoring: how much of each resource would be requested with the pod on the node, weighted.
 * Every step truncates as int64 does. A resource the node does not have drops out; so does a device the pod
 * does not ask for.
 */
import type { ResourceList } from '../../api/pod';
import { interpolate, type Point } from '../interpolate';
import { isScalarResource, podRequestsWithDefaults, scaledDivision } from '../resources';
import { MAX_NODE_SCORE, type FitStrategy, type ScorePlugin } from '../score';
import type { NodeInfo } from '../snapshot';

const MAX_UTILIZATION = 100;
/** Shape scores run to 10, node scores to 100. */
const SHAPE_SCALE = 10;

export type Allocation = { readonly requested: number; readonly capacity: number };

/** Requested (pod included) and allocatable; null when the resource takes no part. */
export function allocationOf(info: NodeInfo, resource: string, podRequest: number, requestedOnNode: (resource: string) => number): Allocation | null {
  if (podRequest === 0 && isScalarResource(resource)) return null;
  const capacity = info.node.allocatable[resource] ?? 0;
  return capacity === 0 ? null : { requested: requestedOnNode(resource) + podRequest, capacity };
}

export const nodeResourcesFitScore: ScorePlugin = (pod, _snapshot, _feasible, { fit }) => {
  const requests = podRequestsWithDefaults(pod);
  const rate = allocationRating(fit);
  return { score: (info) => rate(weighed(info, requests, fit)) };
};

export type Weighed = Allocation & { readonly weight: number };

function weighed(info: NodeInfo, requests: ResourceList, fit: FitStrategy): readonly Weighed[] {
  const requestedOnNode = (resource: string) =>
    resource === 'cpu' || resource === 'memory' ? info.requestedWithDefaults[resource] : (info.requested[resource] ?? 0);
  return fit.resources.flatMap(({ name, weight }) => {
    const allocation = allocationOf(info, name, requests[name] ?? 0, requestedOnNode);
    return allocation === null ? [] : [{ ...allocation, weight }];
  });
}

/** The score of a set of allocations under a strategy. */
export function allocationRating(fit: FitStrategy): (resources: readonly Weighed[]) => number {
  if (fit.type !== 'RequestedToCapacityRatio') {
    const scoreOf = fit.type === 'LeastAllocated' ? leastAllocated : mostAllocated;
    return (resources) => weightedMean(resources, scoreOf);
  }
  const points = fit.shape.map(({ utilization, score }): Point => ({ x: utilization, y: score * SHAPE_SCALE }));
  return (resources) => ratioScore(resources, points);
}

/** Share of the capacity that stays free, 0..100. */
export const leastAllocated = (requested: number, capacity: number) => (requested > capacity ? 0 : scaledDivision(capacity - requested, MAX_NODE_SCORE, capacity));

/** Share of the capacity that is requested, 0..100. */
export const mostAllocated = (requested: number, capacity: number) => scaledDivision(Math.min(requested, capacity), MAX_NODE_SCORE, capacity);

function weightedMean(resources: readonly Weighed[], scoreOf: (requested: number, capacity: number) => number): number {
  let sum = 0;
  let weights = 0;
  for (const { requested, capacity, weight } of resources) {
    sum += scoreOf(requested, capacity) * weight;
    weights += weight;
  }
  return weights === 0 ? 0 : Math.trunc(sum / weights);
}

/** Resources that score 0 stay out of the mean, and the mean is rounded (unlike the other two strategies). */
function ratioScore(resources: readonly Weighed[], points: readonly Point[]): number {
  let sum = 0;
  let weights = 0;
  for (const { requested, capacity, weight } of resources) {
    const score = interpolate(points, requested > capacity ? MAX_UTILIZATION : scaledDivision(requested, MAX_UTILIZATION, capacity));
    if (score <= 0) continue;
    sum += score * weight;
    weights += weight;
  }
  return weights === 0 ? 0 : Math.round(sum / weights);
}
