/**
 * A cluster as files describe it, before it is made into anything: nodes or groups of nodes to come, workloads
 * with their pod templates, the pods that run, and who scales and protects them. The pod and node shapes are
 * the scheduler's own, so what was read is what decides.
 */
import type { kubernetes } from '@/engine/twin';
import type { FitCard } from './fit-card/fit-card';

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet' | 'ReplicationController' | 'Job' | 'Pod' | 'Compose service';

export type ImportedNode = {
  readonly node: kubernetes.Node;
  /** Of the machine, in the units of `allocatable`. */
  readonly capacity: kubernetes.ResourceList;
  readonly pool: string;
  readonly zone: string;
  readonly machineType: string;
  readonly spot: boolean;
  readonly ready: boolean;
  /** Where it comes from: it runs, a plan makes it, or nothing says so and it had to be assumed. */
  readonly origin: 'running' | 'planned' | 'assumed';
};

export type ImportedNodeGroup = { readonly name: string; readonly count: number; readonly min: number; readonly max: number; readonly template: ImportedNode };

/** Use of all pods of a workload together, as metrics say. */
export type MeasuredUse = { readonly cpuMillicores: number; readonly memoryBytes: number; readonly pods: number };

export type ProbeRule = { readonly initialDelaySeconds: number; readonly periodSeconds: number; readonly timeoutSeconds: number; readonly failureThreshold: number; readonly successThreshold: number };
export type PodLife = { readonly graceSeconds: number; readonly preStopSeconds: number; readonly startup: ProbeRule | null; readonly readiness: ProbeRule | null; readonly liveness: ProbeRule | null };
export type ImportedRollout = { readonly recreates: boolean; readonly maxSurge: string; readonly maxUnavailable: string; readonly minReadySeconds: number };

export type ImportedWorkload = {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /** A manifest or plan asks for it; or it is in the cluster. */
  readonly planned: boolean;
  /** What the specification asks for, and how many pods there are (null: nothing about pods was read). */
  readonly replicasWanted: number;
  readonly podsFound: number | null;
  /** Of each pod found: the node that `spec.nodeName` names, null for one that waits. Pods that are being stopped are left out. */
  readonly standsOn: readonly (string | null)[];
  /** A pod of it, as the scheduler would meet the next one. */
  readonly template: kubernetes.Pod;
  /** Services (`namespace/name`) that its environment or its `depends_on` names, in order. */
  readonly reaches: readonly string[];
  /** Reachable from outside of the cluster: published ports, a load balancer, an ingress. */
  readonly published: boolean;
  readonly rollout: ImportedRollout | null;
  /** Null for containers that are no pods. */
  readonly life: PodLife | null;
  readonly readinessDelaySeconds: number;
  /** Median from start to ready over pods that were never restarted. */
  readonly startSeconds: { readonly median: number; readonly pods: number } | null;
  readonly use: MeasuredUse | null;
};

export type ImportedAutoscaler = {
  readonly namespace: string;
  readonly name: string;
  readonly target: { readonly kind: string; readonly name: string };
  readonly min: number;
  readonly max: number;
  /** What it scales on, of what the world measures: a share of the request in percent, or millicores and MiB of a pod. */
  readonly metrics: readonly { readonly resource: 'cpu' | 'memory'; readonly utilizationPercent: number | null; readonly averageValue: number | null }[];
  readonly currentCpuUtilizationPercent: number | null;
  readonly currentMemoryUtilizationPercent: number | null;
  readonly behavior: kubernetes.ScalingBehavior | null;
  readonly otherMetrics: number;
};

export type ImportedBudget = { readonly namespace: string; readonly name: string; readonly selector: kubernetes.LabelSelector | null; readonly minAvailable: string | null; readonly maxUnavailable: string | null; readonly disruptionsAllowed: number | null; readonly alwaysAllowsUnhealthy: boolean };

export type ImportedService = { readonly namespace: string; readonly name: string; readonly selector: kubernetes.Labels | null; readonly published: boolean };

export type ClusterImport = {
  readonly title: string;
  readonly nodes: readonly ImportedNode[];
  readonly groups: readonly ImportedNodeGroup[];
  readonly workloads: readonly ImportedWorkload[];
  /** Pods that hold room: running, starting, or waiting for a node. */
  readonly pods: readonly kubernetes.Pod[];
  readonly autoscalers: readonly ImportedAutoscaler[];
  readonly budgets: readonly ImportedBudget[];
  readonly services: readonly ImportedService[];
  /** Bound volumes by `namespace/claim`. */
  readonly volumes: ReadonlyMap<string, kubernetes.PersistentVolume>;
  readonly namespaces: ReadonlyMap<string, kubernetes.Labels>;
  readonly card: FitCard;
};
