/**
 * The two allocation scores of a node from the columns, through the same arithmetic as the plain plugins.
 * They change only when a pod comes or goes there, so they are kept per class until the node's version moves.
 */
import type { SchedulerProfile } from '../profile';
import { isScalarResource, podRequests, podRequestsWithDefaults } from '../resources';
import { balanceOfTwo, balanceScore, changeScore } from '../scores/balanced-allocation';
import { allocationRating, leastAllocated, mostAllocated, type Weighed } from '../scores/resource-allocation';
import { columnOf, type NodeColumns } from './columns';
import type { PodClass } from './pod-class';

type Source = { readonly capacity: Float64Array; readonly requested: Float64Array; readonly podRequest: number; readonly weight: number };
type Sources = { readonly fit: readonly Source[]; readonly balanced: readonly Source[]; readonly skips: boolean };

export type AllocationScorer = (podClass: PodClass, node: number) => void;

/** Brings `fit` and `balanced` of a class up to date for a node; where the numbers lie is found once per class. */
export function allocationScorer(columns: NodeColumns, { settings }: SchedulerProfile): AllocationScorer {
  const rate = fitRating(settings.fit);
  const byChange = settings.rules.balancedScores === 'change';
  const sourcesOf = new Map<PodClass, Sources>();
  return (podClass, node) => {
    let sources = sourcesOf.get(podClass);
    if (sources === undefined) sourcesOf.set(podClass, (sources = sourcesFor(podClass, columns, settings)));
    podClass.fit[node] = rate(sources.fit, node);
    podClass.balanced[node] = sources.skips ? 0 : balance(sources.balanced, node, byChange);
    podClass.scoredVersion[node] = columns.version[node]!;
  };
}

function sourcesFor({ pod }: PodClass, columns: NodeColumns, settings: SchedulerProfile['settings']): Sources {
  const assumed = podRequestsWithDefaults(pod);
  const requests = podRequests(pod);
  const fit = settings.fit.resources.flatMap(({ name, weight }) => {
    const podRequest = assumed[name] ?? 0;
    if (podRequest === 0 && isScalarResource(name)) return [];
    const column = columns.resources[columnOf(columns, name)]!;
    const requested = name === 'cpu' ? columns.cpuWithDefaults : name === 'memory' ? columns.memoryWithDefaults : column.requested;
    return [{ capacity: column.allocatable, requested, podRequest, weight }];
  });
  const balanced = settings.balancedResources.flatMap(({ name, weight }) => {
    const podRequest = requests[name] ?? 0;
    if (podRequest === 0 && isScalarResource(name)) return [];
    const column = columns.resources[columnOf(columns, name)]!;
    return [{ capacity: column.allocatable, requested: column.requested, podRequest, weight }];
  });
  const bestEffort = settings.balancedResources.every(({ name }) => (requests[name] ?? 0) === 0);
  return { fit, balanced, skips: bestEffort && settings.rules.balancedSkipsBestEffort };
}

function fitRating(fit: SchedulerProfile['settings']['fit']): (sources: readonly Source[], node: number) => number {
  if (fit.type === 'LeastAllocated') return (sources, node) => weightedMean(sources, node, leastAllocated);
  if (fit.type === 'MostAllocated') return (sources, node) => weightedMean(sources, node, mostAllocated);
  const rate = allocationRating(fit);
  return (sources, node) => rate(weighed(sources, node));
}

function weightedMean(sources: readonly Source[], node: number, scoreOf: (requested: number, capacity: number) => number): number {
  let sum = 0;
  let weights = 0;
  for (let i = 0; i < sources.length; i += 1) {
    const { capacity, requested, podRequest, weight } = sources[i]!;
    if (capacity[node] === 0) continue;
    sum += scoreOf(requested[node]! + podRequest, capacity[node]!) * weight;
    weights += weight;
  }
  return weights === 0 ? 0 : Math.trunc(sum / weights);
}

function weighed(sources: readonly Source[], node: number): Weighed[] {
  return sources
    .filter(({ capacity }) => capacity[node] !== 0)
    .map(({ capacity, requested, podRequest, weight }) => ({ requested: requested[node]! + podRequest, capacity: capacity[node]!, weight }));
}

function balance(sources: readonly Source[], node: number, byChange: boolean): number {
  const withPod = balanceWith(sources, node, 1);
  return byChange ? changeScore(withPod, balanceWith(sources, node, 0)) : withPod;
}

function balanceWith(sources: readonly Source[], node: number, pods: 0 | 1): number {
  const [first, second] = sources;
  const two = sources.length === 2 && first!.capacity[node] !== 0 && second!.capacity[node] !== 0;
  if (two) return balanceOfTwo(share(first!, node, pods), share(second!, node, pods));
  return balanceScore(sources.filter(({ capacity }) => capacity[node] !== 0).map((source) => share(source, node, pods)));
}

const share = ({ capacity, requested, podRequest }: Source, node: number, pods: 0 | 1) => Math.min(1, (requested[node]! + pods * podRequest) / capacity[node]!);
