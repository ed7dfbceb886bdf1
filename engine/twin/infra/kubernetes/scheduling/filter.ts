/**
 * The contract of a filter plugin. `prepare` reads pod and cluster once (upstream's PreFilter) and returns
 * the judgement of a single node: null when the pod fits, otherwise why not. `never` means that removing
 * pods cannot help (UnschedulableAndUnresolvable), `no` that it might.
 */
import type { NodeAffinity, Pod, TopologySpreadConstraint } from '../api/pod';
import type { KubernetesRules } from '../version';
import type { NodeInfo, Snapshot } from './snapshot';

export type Shortage = { readonly resource: string; readonly requested: number; readonly used: number; readonly capacity: number };
export type Rejection = { readonly verdict: 'no' | 'never'; readonly reason: string; readonly short?: readonly Shortage[] };
export type Judge = (info: NodeInfo) => Rejection | null;

export type SpreadDefaulting = 'System' | 'List';

/** What a scheduler profile may set; the defaults are upstream's. */
export type FilterSettings = {
  readonly rules: KubernetesRules;
  readonly addedAffinity?: NodeAffinity;
  readonly ignoredResources?: readonly string[];
  readonly ignoredResourceGroups?: readonly string[];
  readonly spreadDefaulting?: SpreadDefaulting;
  /** Constraints for pods without any, when defaulting is `List`. */
  readonly spreadDefaults?: readonly TopologySpreadConstraint[];
};

export const FILTER_NAMES = ['NodeUnschedulable', 'NodeName', 'TaintToleration', 'NodeAffinity', 'NodePorts', 'NodeResourcesFit', 'VolumeZone', 'PodTopologySpread', 'InterPodAffinity'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

export type FilterPlugin = (pod: Pod, snapshot: Snapshot, settings: FilterSettings) => Judge;

export const no = (reason: string): Rejection => ({ verdict: 'no', reason });
export const never = (reason: string): Rejection => ({ verdict: 'never', reason });
