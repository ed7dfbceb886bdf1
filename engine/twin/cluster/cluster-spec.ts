/** A whole cluster for planning at scale: pools of equal nodes, workloads with the load on them, and who scales what. */
import type { ScalingBehavior } from '../infra/kubernetes/autoscaling/hpa';

export type NodePoolSpec = {
  readonly name: string;
  readonly zones: readonly string[];
  /** Nodes at the start, and the most the autoscaler may run. */
  readonly count: number;
  readonly countMax: number;
  readonly cpuMillicores: number;
  readonly memoryMib: number;
  readonly podsMax: number;
  readonly usdPerHour: number;
  /** From the order to a node that takes pods. */
  readonly bootSeconds: number;
};

export type WorkloadSpec = {
  readonly name: string;
  readonly replicas: number;
  readonly cpuMillicores: number;
  /** What one pod may use at most; default twice the request. */
  readonly cpuLimitMillicores?: number;
  readonly memoryMib: number;
  readonly imageMib: number;
  /** From the container's start to ready. */
  readonly startSeconds: number;
  /** Time a pod takes to stop; its room is free only then. */
  readonly stopSeconds: number;
  readonly cpuMsPerRequest: number;
  readonly load: WorkloadLoad;
  readonly hpa?: HpaSpec;
  /** Pods that a drain may take away at once (the budget of the eviction API), default one. */
  readonly maxUnavailable?: number;
};

/** A day as a sine around the mean; `noise` is the relative deviation of each step. */
export type WorkloadLoad = { readonly meanRps: number; readonly dayAmplitude: number; readonly peakHour: number; readonly noise: number };
export type HpaSpec = { readonly min: number; readonly max: number; readonly utilizationPercent: number; readonly behavior?: ScalingBehavior };

export type ClusterSpec = {
  readonly pools: readonly NodePoolSpec[];
  readonly workloads: readonly WorkloadSpec[];
  /** Whether nodes are added for pending pods and taken away when little is requested. */
  readonly autoscalesNodes: boolean;
  /** Mean time between failures of one node; absent: none fail. */
  readonly nodeFailureHours?: number;
};
