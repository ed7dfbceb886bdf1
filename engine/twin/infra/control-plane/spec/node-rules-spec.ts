/** What the scheduler and the node autoscaler must know of a node, in the words of the Kubernetes API. */
import { member, note, onlyKeys, optional, readChoice, readFlag, readList, readNumber, readText, type SpecReader } from '../../../spec-reader';
import type { Labels } from '../../kubernetes/api/labels';
import { labelsAt } from '../../kubernetes/api/manifest/cursor';
import type { Taint } from '../../kubernetes/api/node';
import type { ResourceList } from '../../kubernetes/api/pod';

export type NodeRulesSpec = {
  /** Beside host name, zone, instance type, architecture and operating system, which follow from the other fields. */
  readonly labels?: Labels;
  readonly taints?: readonly Taint[];
  /** Pods the kubelet runs at most, default 110. */
  readonly podsMax?: number;
  /** What pods may request; default all of the node. */
  readonly allocatable?: { readonly cpuMillicores: number; readonly memoryMib: number };
  /** Devices and other resources pods may ask for by name, in pieces. */
  readonly resources?: ResourceList;
  readonly instanceType?: string;
  /** `kubernetes.io/arch`, default amd64. */
  readonly architecture?: string;
  /** May be reclaimed with two minutes of notice. */
  readonly spot?: boolean;
  /** The node group it belongs to: the node autoscaler counts it there and may take it away. */
  readonly group?: string;
};

export const NODE_RULES_KEYS = ['labels', 'taints', 'podsMax', 'allocatable', 'resources', 'instanceType', 'architecture', 'spot', 'group'];
export const PODS_MAX_DEFAULT = 110;

export function readNodeRules(at: SpecReader): NodeRulesSpec {
  return {
    labels: optional(at, 'labels', readLabels),
    taints: optional(at, 'taints', (m) => readList(m, readTaint, { max: 100 })),
    podsMax: optional(at, 'podsMax', (m) => readNumber(m, { min: 1, max: 10_000, integer: true })),
    allocatable: optional(at, 'allocatable', (m) => {
      onlyKeys(m, ['cpuMillicores', 'memoryMib']);
      return { cpuMillicores: readNumber(member(m, 'cpuMillicores'), { min: 0, max: 1_000_000 }), memoryMib: readNumber(member(m, 'memoryMib'), { min: 0, max: 100_000_000 }) };
    }),
    resources: optional(at, 'resources', readPieces),
    instanceType: optional(at, 'instanceType', readText),
    architecture: optional(at, 'architecture', readText),
    spot: optional(at, 'spot', readFlag),
    group: optional(at, 'group', readText),
  };
}

const LABELS_MAX = 200;

/** Texts by name. */
export function readLabels(at: SpecReader): Labels {
  const labels = labelsAt(at) ?? {};
  if (Object.keys(labels).length > LABELS_MAX) note(at, 'out-of-range', `${Object.keys(labels).length} labels`, `give at most ${LABELS_MAX}`);
  return labels;
}

/** Whole numbers by resource name; cpu and memory have fields of their own. */
export function readPieces(at: SpecReader): ResourceList {
  if (!onlyKeys(at, Object.keys(Object(at.value) as object))) return {};
  return Object.fromEntries(
    Object.keys(at.value as object).map((name) => {
      if (name === 'cpu' || name === 'memory' || name === 'pods') note(member(at, name), 'unknown-key', `"${name}" has a field of its own`, 'use cpuMillicores, memoryMib or podsMax');
      return [name, readNumber(member(at, name), { min: 0, max: 1e15, integer: true })] as const;
    }),
  );
}

export function readTaint(at: SpecReader): Taint {
  onlyKeys(at, ['key', 'value', 'effect']);
  const value = optional(at, 'value', readText);
  return { key: readText(member(at, 'key')), ...(value === undefined ? {} : { value }), effect: readChoice(member(at, 'effect'), ['NoSchedule', 'PreferNoSchedule', 'NoExecute']) };
}
