/** What the cluster worker offers the pages: a running cluster of a chosen size, as columns, that time is let go on in. */
import type { cluster } from '@/engine/twin';

export type ClusterSize = { readonly nodes: number; readonly pods: number };
export type ClusterView = { readonly moment: cluster.ClusterMoment; readonly report: cluster.ClusterReport };

export type ClusterApi = {
  open(size: ClusterSize, seed: number): Promise<ClusterView & { readonly shape: cluster.ClusterShape }>;
  /** Goes on for so long; null before `open`. */
  advance(seconds: number): Promise<ClusterView | null>;
  /** Cordon and drain; false when its pods find no other place or a disruption budget forbids it. */
  drain(node: number): Promise<(ClusterView & { readonly drained: boolean }) | null>;
  explainPending(pod: number): Promise<cluster.PendingExplanation | null>;
};
