/** A scheduler profile: which filters judge, how scores are weighed, and what the plugins are set to. */
import { DEFAULT_KUBERNETES_VERSION, rulesOf, type KubernetesVersion } from '../version';
import { FILTER_NAMES, type FilterName, type FilterSettings } from './filter';
import { DEFAULT_WEIGHTS, type FitStrategy, type ScoreSettings, type ScoreWeights } from './score';

const CPU_AND_MEMORY = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
];

export type SchedulerProfile = {
  readonly filters: readonly FilterName[];
  readonly weights: ScoreWeights;
  readonly settings: FilterSettings & ScoreSettings;
};

export const LEAST_ALLOCATED: FitStrategy = { type: 'LeastAllocated', resources: CPU_AND_MEMORY };

/** The default profile of a release. */
export const defaultProfile = (version: KubernetesVersion = DEFAULT_KUBERNETES_VERSION): SchedulerProfile => ({
  filters: FILTER_NAMES,
  weights: DEFAULT_WEIGHTS,
  settings: {
    rules: rulesOf(version),
    fit: LEAST_ALLOCATED,
    balancedResources: CPU_AND_MEMORY,
    hardPodAffinityWeight: 1,
    ignorePreferredTermsOfExistingPods: false,
    spreadDefaulting: 'System',
  },
});
