/** The control plane of a world: settings, queues and what its loops remember. Plain data, part of the world's state. */
import { mebibytes, microUsd, randomStream, seconds, type Random, type TimeUs } from '@/engine/kernel';
import type { SystemSpec } from '../../../system-spec';
import { DEFAULT_KUBERNETES_VERSION, type KubernetesVersion } from '../../kubernetes';
import { CLUSTER_DEFAULTS, type NodeAutoscalerSpec, type VolumeSpec } from '../spec';
import type { Evictions } from './eviction-state';

export type NodeGroup = { readonly name: string; readonly min: number; readonly max: number; readonly bootUs: number; readonly microUsdPerHour: number };

export type ClusterSettings = {
  readonly version: KubernetesVersion;
  readonly scrapeUs: number;
  readonly hpaSyncUs: number;
  readonly vpaSyncUs: number;
  /** From a node's death to NotReady, and to the eviction of its pods. */
  readonly notReadyUs: TimeUs;
  readonly evictUs: TimeUs;
  /** Nodes that are not ready are emptied at the pace of their zone; left out where the system itself says when its replicas move. */
  readonly pacesEvictions?: true;
  /** 0 where no cluster is described: then the balancer is told at once. */
  readonly endpointRemovalUs: number;
  readonly evictionHardBytes: number;
  /** The most all nodes together may cost; left out where nobody said. */
  readonly budgetMicroUsdPerHour?: number;
  readonly pullBytesPerSecond: number;
};

export type ClusterState = {
  readonly settings: ClusterSettings;
  readonly volumes: readonly VolumeSpec[];
  readonly groups: readonly NodeGroup[];
  readonly autoscaler: NodeAutoscalerSpec | null;
  schedulerStream: Random;
  /** Where the next scheduling cycle starts to look. */
  nextStart: number;
  /** Replicas without a node, and when the next pass over them is due (−1: nothing is due). */
  pending: number[];
  passAtUs: number;
  /** Nodes that go as soon as the one that replaces them is there; −1: none. */
  replacement: number;
  replaced: number[];
  /** What the node autoscaler did last (−1: never). */
  lastAddUs: number;
  lastRemoveUs: number;
  /** Only where there is a budget: whether the spend is above it, and whether it keeps a group from growing. */
  overBudget?: boolean;
  heldByBudget?: boolean;
  /** Only once a node was lost. */
  evictions?: Evictions;
};

/** The grace of the node lifecycle controller: 40 s until 1.31, 50 s since. */
const graceSeconds = (version: KubernetesVersion) => (version === '1.30' ? 40 : 50);

export function clusterState({ cluster: described, nodeLoss, prices }: Pick<SystemSpec, 'cluster' | 'nodeLoss' | 'prices'>, seed: number): ClusterState {
  const cluster = described ?? {};
  const version = cluster.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
  const setting = <K extends keyof typeof CLUSTER_DEFAULTS>(key: K): number => cluster[key] ?? CLUSTER_DEFAULTS[key];
  const grace = nodeLoss?.endpointSeconds ?? cluster.nodeMonitorGraceSeconds ?? graceSeconds(version);
  return {
    settings: {
      version,
      scrapeUs: seconds(setting('scrapeSeconds')),
      hpaSyncUs: seconds(setting('hpaSyncSeconds')),
      vpaSyncUs: seconds(setting('vpaSyncSeconds')),
      notReadyUs: seconds(grace),
      evictUs: seconds(nodeLoss?.rescheduleSeconds ?? grace + setting('notReadyTolerationSeconds')),
      ...(nodeLoss === undefined ? { pacesEvictions: true } : {}),
      endpointRemovalUs: described === undefined ? 0 : Math.round(setting('endpointRemovalMs') * 1_000),
      evictionHardBytes: mebibytes(setting('evictionHardMib')),
      pullBytesPerSecond: mebibytes(setting('imagePullMibPerSecond')),
      ...(prices?.budget === undefined ? {} : { budgetMicroUsdPerHour: microUsd(prices.budget.usdPerHourMax) }),
    },
    volumes: cluster.volumes ?? [],
    groups: (cluster.nodeGroups ?? []).map(({ name, min, max, bootSeconds, usdPerHour }) => ({ name, min, max, bootUs: seconds(bootSeconds), microUsdPerHour: microUsd(usdPerHour) })),
    autoscaler: cluster.nodeAutoscaler ?? null,
    schedulerStream: randomStream(seed, 'scheduler'),
    nextStart: 0,
    pending: [],
    passAtUs: -1,
    replacement: -1,
    replaced: [],
    lastAddUs: -1,
    lastRemoveUs: -1,
  };
}
