/** The cluster's own settings: which Kubernetes it runs, how quick its loops are, what nodes it can buy. Everything has upstream's default. */
import { member, note, onlyKeys, optional, readChoice, readList, readNumber, readText, type SpecReader } from '../../../spec-reader';
import { readPower, type PowerSpec } from '../../../pricing';
import { KUBERNETES_VERSIONS, type KubernetesVersion } from '../../kubernetes/version';
import { readNodeAutoscaler, type NodeAutoscalerSpec } from './node-autoscaler-spec';
import { NODE_RULES_KEYS, readNodeRules, type NodeRulesSpec } from './node-rules-spec';

/** Machines that can be bought: nodes of the system belong to a group by their `group`, further ones are added as they are needed. */
export type NodeGroupSpec = Omit<NodeRulesSpec, 'group'> & {
  readonly name: string;
  readonly zone?: string;
  readonly cpuMillicores: number;
  readonly memoryMib: number;
  readonly usdPerHour: number;
  readonly idleWatts?: number;
  readonly maxWatts?: number;
  readonly power?: PowerSpec;
  /** Nodes the autoscaler keeps at least and runs at most. */
  readonly min: number;
  readonly max: number;
  /** From the order to a node that takes pods. */
  readonly bootSeconds: number;
};

/** A bound volume: pods that mount it run in its zone, or on its node. */
export type VolumeSpec = { readonly name: string; readonly zone?: string; readonly node?: string };

export type ClusterSettingsSpec = {
  readonly kubernetesVersion?: KubernetesVersion;
  readonly nodeGroups?: readonly NodeGroupSpec[];
  readonly nodeAutoscaler?: NodeAutoscalerSpec;
  readonly volumes?: readonly VolumeSpec[];
  /** How old a reading of CPU and memory may be: the metrics server's resolution, default 15. */
  readonly scrapeSeconds?: number;
  /** Between two rounds of the horizontal autoscaler, default 15. */
  readonly hpaSyncSeconds?: number;
  /** Between two rounds of the vertical autoscaler's recommender and updater, default 60. */
  readonly vpaSyncSeconds?: number;
  /** Without a heartbeat for so long a node turns NotReady: default 50, 40 before 1.32. */
  readonly nodeMonitorGraceSeconds?: number;
  /** How long pods bear a node that is NotReady, unless they say otherwise; default 300. */
  readonly notReadyTolerationSeconds?: number;
  /** From the deletion of a pod until the last proxy sends it nothing any more: default 1 000, as kube-proxy rewrites its rules at most once a second. */
  readonly endpointRemovalMs?: number;
  /** Free memory below which the kubelet evicts, default 100 MiB. */
  readonly evictionHardMib?: number;
  /** Registry and disk together. */
  readonly imagePullMibPerSecond?: number;
};

export const CLUSTER_DEFAULTS = { scrapeSeconds: 15, hpaSyncSeconds: 15, vpaSyncSeconds: 60, notReadyTolerationSeconds: 300, endpointRemovalMs: 1_000, evictionHardMib: 100, imagePullMibPerSecond: 60 } as const;

const GROUP_KEYS = [...NODE_RULES_KEYS.filter((key) => key !== 'group'), 'name', 'zone', 'cpuMillicores', 'memoryMib', 'usdPerHour', 'idleWatts', 'maxWatts', 'power', 'min', 'max', 'bootSeconds'];
const CLUSTER_KEYS = ['kubernetesVersion', 'nodeGroups', 'nodeAutoscaler', 'volumes', ...Object.keys(CLUSTER_DEFAULTS), 'nodeMonitorGraceSeconds'];
/** Nodes all groups may have together: each has a place in the world from the start. */
export const GROUP_NODES_MAX = 5_000;

export function readClusterSettings(at: SpecReader): ClusterSettingsSpec {
  onlyKeys(at, CLUSTER_KEYS);
  const seconds = (key: string, min: number, max: number) => optional(at, key, (m) => readNumber(m, { min, max }));
  const settings: ClusterSettingsSpec = {
    kubernetesVersion: optional(at, 'kubernetesVersion', (m) => readChoice(m, KUBERNETES_VERSIONS)),
    nodeGroups: optional(at, 'nodeGroups', (m) => readList(m, readNodeGroup, { max: 500 })),
    nodeAutoscaler: optional(at, 'nodeAutoscaler', readNodeAutoscaler),
    volumes: optional(at, 'volumes', (m) => readList(m, readVolume, { max: 20_000 })),
    scrapeSeconds: seconds('scrapeSeconds', 1, 3_600),
    hpaSyncSeconds: seconds('hpaSyncSeconds', 1, 3_600),
    vpaSyncSeconds: seconds('vpaSyncSeconds', 1, 86_400),
    nodeMonitorGraceSeconds: seconds('nodeMonitorGraceSeconds', 0, 3_600),
    notReadyTolerationSeconds: seconds('notReadyTolerationSeconds', 0, 86_400),
    endpointRemovalMs: optional(at, 'endpointRemovalMs', (m) => readNumber(m, { min: 0, max: 600_000 })),
    evictionHardMib: optional(at, 'evictionHardMib', (m) => readNumber(m, { min: 0, max: 10_000_000 })),
    imagePullMibPerSecond: optional(at, 'imagePullMibPerSecond', (m) => readNumber(m, { min: 0.001, max: 1_000_000 })),
  };
  const most = (settings.nodeGroups ?? []).reduce((sum, { max }) => sum + max, 0);
  if (most > GROUP_NODES_MAX) note(member(at, 'nodeGroups'), 'out-of-range', `the groups may have ${most} nodes together; ${GROUP_NODES_MAX} is the limit`, 'lower max');
  return settings;
}

function readNodeGroup(at: SpecReader): NodeGroupSpec {
  onlyKeys(at, GROUP_KEYS);
  const { group: _, ...rules } = readNodeRules(at);
  const min = readNumber(member(at, 'min'), { min: 0, max: GROUP_NODES_MAX, integer: true });
  const max = readNumber(member(at, 'max'), { min: 0, max: GROUP_NODES_MAX, integer: true });
  if (max < min) note(member(at, 'max'), 'out-of-range', `max ${max} is below min ${min}`, 'raise max or lower min');
  return {
    ...rules,
    name: readText(member(at, 'name'), 100),
    zone: optional(at, 'zone', readText),
    cpuMillicores: readNumber(member(at, 'cpuMillicores'), { min: 1, max: 1_000_000 }),
    memoryMib: readNumber(member(at, 'memoryMib'), { min: 1, max: 100_000_000 }),
    usdPerHour: readNumber(member(at, 'usdPerHour'), { min: 0, max: 100_000 }),
    idleWatts: optional(at, 'idleWatts', (m) => readNumber(m, { min: 0, max: 100_000 })),
    maxWatts: optional(at, 'maxWatts', (m) => readNumber(m, { min: 0, max: 100_000 })),
    power: optional(at, 'power', readPower),
    min,
    max,
    bootSeconds: readNumber(member(at, 'bootSeconds'), { min: 0, max: 86_400 }),
  };
}

function readVolume(at: SpecReader): VolumeSpec {
  onlyKeys(at, ['name', 'zone', 'node']);
  return { name: readText(member(at, 'name')), zone: optional(at, 'zone', readText), node: optional(at, 'node', readText) };
}
