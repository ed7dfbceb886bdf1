/**
 * Pods that the scheduler cannot tell apart form a class (in practice: the replicas of one template). What
 * depends on class and node alone is worked out once: which static filters refuse, raw scores of taints,
 * node affinity and images. Allocation scores are kept per node until the node changes.
 */
import type { Pod } from '../../api/pod';
import type { FilterName } from '../filter';
import { FILTERS } from '../filters';
import { neededResources } from '../filters/node-resources-fit';
import { podRequests } from '../resources';
import type { SchedulerProfile } from '../profile';
import { SCORES } from '../scores';
import type { ScoreName } from '../score';
import type { NodeInfo, Snapshot } from '../snapshot';
import type { AffinityEffect, AffinityTables } from './affinity-tally';
import { columnOf, podLoadOf, type NodeColumns, type PodLoad } from './columns';
import type { Matcher, SpreadTally } from './spread-tally';

const STATIC_FILTERS: readonly FilterName[] = ['NodeUnschedulable', 'NodeName', 'TaintToleration', 'NodeAffinity', 'VolumeZone'];

export type PodClass = {
  readonly pod: Pod;
  readonly load: PodLoad;
  /** What the fit filter checks: column and amount. */
  readonly neededColumns: readonly number[];
  readonly neededAmounts: readonly number[];
  /** 1 where no static filter refuses. */
  readonly admitted: Uint8Array;
  readonly taints: Int32Array;
  readonly preferences: Int32Array | null;
  readonly images: Uint8Array;
  readonly fit: Int16Array;
  readonly balanced: Int16Array;
  readonly scoredVersion: Uint32Array;
  /** Null: a constraint is invalid and the pod fits nowhere. */
  readonly hardSpread: readonly SpreadTally[] | null;
  readonly softSpread: readonly SpreadTally[];
  /** 1 where a node has not all keys that soft spreading needs. */
  readonly softIgnores: Uint8Array;
  readonly affinity: AffinityTables;
  /** What a pod of this class changes when it arrives. */
  readonly matchers: Matcher[];
  readonly effects: AffinityEffect[];
  /** How many pods of the class run on a node. */
  readonly onNode: Map<number, number>;
};

export type ClassSpread = Pick<PodClass, 'hardSpread' | 'softSpread' | 'softIgnores'>;

const CLASS_FIELDS = ['namespace', 'labels', 'containers', 'initContainers', 'overhead', 'resources', 'nodeSelector', 'affinity', 'tolerations', 'topologySpreadConstraints', 'claims', 'owner', 'terminating', 'nodeName'] as const;

/** Made from one template: every field the scheduler reads is the same object. Quicker than comparing texts. */
export const sharesTemplate = (x: Pod, y: Pod): boolean => CLASS_FIELDS.every((field) => x[field] === y[field]);

/** Two pods with the same text are treated alike. */
export const classKeyOf = (pod: Pod): string =>
  JSON.stringify(CLASS_FIELDS.map((field) => pod[field]));

export function podClassOf(pod: Pod, columns: NodeColumns, bare: Snapshot, { settings, filters }: SchedulerProfile, spread: ClassSpread, affinity: AffinityTables): PodClass {
  const judges = STATIC_FILTERS.filter((name) => filters.includes(name)).map((name) => FILTERS[name](pod, bare, settings));
  const requests = podRequests(pod);
  const needed = filters.includes('NodeResourcesFit') ? neededResources(requests, settings) : [];
  const rawOf = (name: ScoreName) => {
    const scorer = SCORES[name](pod, bare, bare.nodes, settings);
    return scorer === null ? null : Int32Array.from(bare.nodes, (info: NodeInfo) => scorer.score(info));
  };
  const count = columns.nodes.length;
  return {
    pod,
    load: podLoadOf(columns, pod, settings.rules.sidecarHostPorts),
    neededColumns: needed.map((name) => columnOf(columns, name)),
    neededAmounts: needed.map((name) => requests[name]!),
    admitted: Uint8Array.from(bare.nodes, (info) => (judges.every((judge) => judge(info) === null) ? 1 : 0)),
    taints: rawOf('TaintToleration') ?? new Int32Array(count),
    preferences: rawOf('NodeAffinity'),
    images: Uint8Array.from(rawOf('ImageLocality') ?? new Int32Array(count)),
    fit: new Int16Array(count),
    balanced: new Int16Array(count),
    scoredVersion: new Uint32Array(count),
    ...spread,
    affinity,
    matchers: [],
    effects: [],
    onNode: new Map(),
  };
}
