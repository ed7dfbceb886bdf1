/**
 * A running cluster: thousands of nodes and pods as columns, a few hundred workloads as objects. Pods are slots
 * that are used again; `life` says which of a slot's pods a timer meant.
 */
import type { EventQueue, QuantileSketch, Random } from '@/engine/kernel';
import type { Pod } from '../infra/kubernetes/api/pod';
import type { ScaleHistory } from '../infra/kubernetes/autoscaling/hpa';
import type { FastScheduler } from '../infra/kubernetes/scheduling/fast/fast-scheduler';
import type { ClusterSpec, NodePoolSpec, WorkloadSpec } from './cluster-spec';

export const NodePhase = { absent: 0, booting: 1, ready: 2, draining: 3, lost: 4 } as const;
export const PodPhase = { free: 0, pending: 1, starting: 2, ready: 3, stopping: 4 } as const;

export type ClusterNodes = {
  readonly pool: Int32Array;
  readonly phase: Uint8Array;
  readonly life: Int32Array;
  /** Since when little is requested of it, −1 for never. */
  readonly unneededSinceUs: Float64Array;
  /** Pods that take room on it, by slot. */
  readonly pods: number[][];
  /** Which workloads' images it has, one bit each. */
  readonly images: Uint32Array;
};

export type ClusterPods = {
  used: number;
  readonly freeSlots: number[];
  workload: Int32Array;
  node: Int32Array;
  phase: Uint8Array;
  life: Int32Array;
  sinceUs: Float64Array;
};

export type Workload = {
  readonly index: number;
  readonly spec: WorkloadSpec;
  readonly template: Omit<Pod, 'name'>;
  /** Pods that are wanted: pending, starting and ready ones, oldest first. */
  pods: number[];
  stopping: number;
  ready: number;
  wanted: number;
  history: ScaleHistory;
  /** As the last scrape saw it: use of one ready pod, and how many were ready. */
  scrapedMillicores: number;
  scrapedReady: number;
  scrapedAtUs: number;
  /** Requests that wait because the ready pods cannot do more. */
  backlog: number;
  readonly noise: Random;
};

export type ClusterTotals = {
  requests: number;
  /** Requests that gave up after waiting too long. */
  failed: number;
  readonly latency: QuantileSketch;
  usd: number;
  nodeSeconds: number;
  podSeconds: number;
  pendingPodSeconds: number;
  cpuCoreSeconds: number;
  scaleUps: number;
  scaleDowns: number;
  nodesAdded: number;
  nodesRemoved: number;
  nodesFailed: number;
  placed: number;
  evicted: number;
};

export type ClusterRun = {
  readonly spec: ClusterSpec;
  readonly pools: readonly NodePoolSpec[];
  readonly queue: EventQueue;
  events: number;
  readonly scheduler: FastScheduler;
  readonly nodes: ClusterNodes;
  readonly pods: ClusterPods;
  readonly workloads: Workload[];
  /** Slots of pods without a node, in the order they came. */
  pending: number[];
  /** Something changed that may make room: pending pods are tried again. */
  tryAgain: boolean;
  scheduling: boolean;
  readonly random: Random;
  lastNodeAddedUs: number;
  lastNodeRemovedUs: number;
  lastFlowUs: number;
  readonly totals: ClusterTotals;
};

const IMAGE_WORD = 32;
export const imageWords = (workloads: number) => Math.ceil(workloads / IMAGE_WORD);

export function hasImage({ nodes, workloads }: Pick<ClusterRun, 'nodes' | 'workloads'>, node: number, workload: number): boolean {
  return ((nodes.images[node * imageWords(workloads.length) + Math.floor(workload / IMAGE_WORD)]! >>> (workload % IMAGE_WORD)) & 1) === 1;
}

export function keepImage({ nodes, workloads }: Pick<ClusterRun, 'nodes' | 'workloads'>, node: number, workload: number): void {
  const at = node * imageWords(workloads.length) + Math.floor(workload / IMAGE_WORD);
  nodes.images[at] = nodes.images[at]! | (1 << (workload % IMAGE_WORD));
}
