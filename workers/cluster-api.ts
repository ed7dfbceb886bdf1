/** What the cluster worker offers the pages: a running cluster of a chosen size, as columns, that time is let go on in; or one read from files, as it stands. */
import type { FitCard } from '@/engine/scenario';
import type { cluster } from '@/engine/twin';
import type { ImportFile } from './import/unpack';

export type ClusterSize = { readonly nodes: number; readonly pods: number };
export type ClusterView = { readonly moment: cluster.ClusterMoment; readonly report: cluster.ClusterReport };

export type ClusterApi = {
  open(size: ClusterSize, seed: number): Promise<ClusterView & { readonly shape: cluster.ClusterShape }>;
  /** What kubectl, Helm, Terraform or Compose say of a cluster; nothing runs in it. */
  openFiles(files: readonly ImportFile[]): Promise<cluster.ClusterPicture & { readonly card: FitCard }>;
  /** Goes on for so long; null where nothing runs. */
  advance(seconds: number): Promise<ClusterView | null>;
  /** Cordon and drain; false when its pods find no other place or a disruption budget forbids it. */
  drain(node: number): Promise<(ClusterView & { readonly drained: boolean }) | null>;
  explainPending(pod: number): Promise<cluster.PendingExplanation | null>;
};
