/**
 * The contract of a score plugin. `prepare` sees the pod, the cluster and the nodes that passed the filters
 * (upstream's PreScore); null means the plugin takes no part. Raw scores are integers; `normalize` brings
 * them into 0..100 once all nodes are known. Without it the raw score counts as it is.
 */
import type { NodeAffinity, Pod, TopologySpreadConstraint } from '../api/pod';
import type { KubernetesRules } from '../version';
import type { SpreadDefaulting } from './filter';
import type { NodeInfo, Snapshot } from './snapshot';

export const MAX_NODE_SCORE = 100;

export type WeightedResource = { readonly name: string; readonly weight: number };
/** Points (utilization in %, score 0..10) of the requested-to-capacity shape, ascending. */
export type ShapePoint = { readonly utilization: number; readonly score: number };
export type FitStrategy =
  | { readonly type: 'LeastAllocated' | 'MostAllocated'; readonly resources: readonly WeightedResource[] }
  | { readonly type: 'RequestedToCapacityRatio'; readonly resources: readonly WeightedResource[]; readonly shape: readonly ShapePoint[] };

export type ScoreSettings = {
  readonly rules: KubernetesRules;
  readonly fit: FitStrategy;
  readonly balancedResources: readonly WeightedResource[];
  readonly hardPodAffinityWeight: number;
  readonly ignorePreferredTermsOfExistingPods: boolean;
  readonly spreadDefaulting: SpreadDefaulting;
  readonly spreadDefaults?: readonly TopologySpreadConstraint[];
  readonly addedAffinity?: NodeAffinity;
};

export const SCORE_NAMES = ['TaintToleration', 'NodeAffinity', 'PodTopologySpread', 'InterPodAffinity', 'NodeResourcesFit', 'NodeResourcesBalancedAllocation', 'ImageLocality'] as const;
export type ScoreName = (typeof SCORE_NAMES)[number];
export type ScoreWeights = Readonly<Record<ScoreName, number>>;

/** Weights of the default profile (`default_plugins.go`). */
export const DEFAULT_WEIGHTS: ScoreWeights = {
  TaintToleration: 3,
  NodeAffinity: 2,
  PodTopologySpread: 2,
  InterPodAffinity: 2,
  NodeResourcesFit: 1,
  NodeResourcesBalancedAllocation: 1,
  ImageLocality: 1,
};

export type Scorer = {
  score(info: NodeInfo): number;
  /** Raw scores in the order of the feasible nodes → scores 0..100. */
  normalize?(raw: readonly number[]): readonly number[];
};
export type ScorePlugin = (pod: Pod, snapshot: Snapshot, feasible: readonly NodeInfo[], settings: ScoreSettings) => Scorer | null;
