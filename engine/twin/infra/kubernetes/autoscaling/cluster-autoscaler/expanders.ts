/**
 * Which node group grows. Expanders filter in a chain; what the last one cannot tell apart is drawn. The
 * default is least-waste since 1.36 (random before). Waste is measured against the capacity of the nodes, not
 * against what is allocatable.
 */
import { exp, nextBelow, type Random } from '@/engine/kernel';
import { podRequests } from '../../scheduling/resources';
import type { ScaleUpOption } from './estimate';

export type Expander = (options: readonly ScaleUpOption[]) => readonly ScaleUpOption[];

function best(options: readonly ScaleUpOption[], cost: (option: ScaleUpOption) => number): readonly ScaleUpOption[] {
  const costs = options.map(cost);
  const least = costs.reduce((x, y) => Math.min(x, y), Infinity);
  return options.filter((_, i) => costs[i] === least);
}

const requested = ({ pods }: ScaleUpOption, resource: string) => pods.reduce((sum, pod) => sum + (podRequests(pod)[resource] ?? 0), 0);

/** Share of cpu plus share of memory that would stay unused on the new nodes. */
export function wastedShare(option: ScaleUpOption, capacityOf: (option: ScaleUpOption) => { readonly cpu: number; readonly memory: number }): number {
  const capacity = capacityOf(option);
  const waste = (total: number, used: number) => (total === 0 ? 0 : (total - used) / total);
  return waste(capacity.cpu * option.nodeCount, requested(option, 'cpu')) + waste(capacity.memory * option.nodeCount, requested(option, 'memory'));
}

export type NodeCapacity = (option: ScaleUpOption) => { readonly cpu: number; readonly memory: number };

export const leastWaste = (capacityOf: NodeCapacity): Expander => (options) => best(options, (option) => wastedShare(option, capacityOf));
export const leastNodes: Expander = (options) => best(options, ({ nodeCount }) => nodeCount);
export const mostPods: Expander = (options) => best(options, ({ pods }) => -pods.length);

/** Priorities by regular expression on the group's name; the highest with a match wins. Without a match all stay. */
export const priorityExpander =
  (priorities: readonly { readonly priority: number; readonly pattern: RegExp }[]): Expander =>
  (options) => {
    const rank = ({ group }: ScaleUpOption) => priorities.reduce((most, { priority, pattern }) => (pattern.test(group.name) ? Math.max(most, priority) : most), -Infinity);
    return best(options, (option) => -rank(option));
  };

export type PriceSettings = {
  /** Price of an hour of 500 millicores and 500 MiB: keeps tiny differences between cheap options from deciding. */
  readonly baseUsd: number;
  readonly podUsdPerHour: (option: ScaleUpOption) => number;
  readonly clusterSize: number;
  readonly hasGpu: (option: ScaleUpOption) => boolean;
  readonly exists: (option: ScaleUpOption) => boolean;
};

const PREFERRED_CORES = [
  { upToNodes: 2, cores: 1 },
  { upToNodes: 6, cores: 2 },
  { upToNodes: 20, cores: 4 },
  { upToNodes: 60, cores: 8 },
  { upToNodes: 200, cores: 16 },
];
const LARGEST_PREFERRED_CORES = 32;
const GPU_UNFITNESS = 1_000;

export const preferredCores = (clusterSize: number) => PREFERRED_CORES.find(({ upToNodes }) => clusterSize <= upToNodes)?.cores ?? LARGEST_PREFERRED_CORES;

const tanh = (x: number) => {
  const e = exp(2 * x);
  return (e - 1) / (e + 1);
};

/** Unfitness loses its weight as the group grows: many nodes of an odd size are a size of their own. */
export const dampedUnfitness = (unfitness: number, nodeCount: number) => (unfitness - 1) * (1 - tanh((nodeCount - 1) / 15)) + 1;

/** Price against the price of the pods, times how odd the machine is for a cluster of this size. */
export function priceScore(option: ScaleUpOption, { baseUsd, podUsdPerHour, clusterSize, hasGpu, exists }: PriceSettings): number {
  const { group, nodeCount } = option;
  const price = (group.usdPerHour * nodeCount + baseUsd) / (podUsdPerHour(option) + baseUsd);
  const cores = (group.template.allocatable['cpu'] ?? 0) / 1_000;
  const preferred = preferredCores(clusterSize);
  const odd = cores === 0 ? 1 : Math.max(preferred / cores, cores / preferred);
  const unfitness = hasGpu(option) ? GPU_UNFITNESS : dampedUnfitness(odd, nodeCount);
  return price * unfitness * (exists(option) ? 1 : 2);
}

export const priceExpander = (settings: PriceSettings): Expander => (options) => best(options, (option) => priceScore(option, settings));

/** Runs the chain; null without options. */
export function chooseOption(options: readonly ScaleUpOption[], expanders: readonly Expander[], random: Random): ScaleUpOption | null {
  const left = expanders.reduce((now, expander) => (now.length < 2 ? now : expander(now)), options);
  return left.length === 0 ? null : left[left.length === 1 ? 0 : nextBelow(random, left.length)]!;
}
