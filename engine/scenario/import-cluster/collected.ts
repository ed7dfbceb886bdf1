/** What the readers have found so far, before pods find their workloads. */
import type { kubernetes } from '@/engine/twin';
import type { ImportedAutoscaler, ImportedBudget, ImportedNode, ImportedNodeGroup, ImportedRollout, ImportedService, MeasuredUse, PodLife, WorkloadKind } from './cluster-import';
import { newLedger, type Ledger } from './fit-card/ledger';

export type Owner = { readonly kind: string; readonly name: string };

export type FoundWorkload = {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  readonly owner: Owner | null;
  readonly planned: boolean;
  readonly replicas: number;
  readonly template: kubernetes.Pod;
  readonly priorityClass: string;
  readonly reaches: readonly string[];
  readonly published: boolean;
  readonly rollout: ImportedRollout | null;
  readonly life: PodLife | null;
  readonly readinessDelaySeconds: number;
};

export type FoundPod = {
  readonly pod: kubernetes.Pod;
  readonly reaches: readonly string[];
  /** From start to ready; null when it was restarted or never ready. */
  readonly startSeconds: number | null;
  readonly life: PodLife;
};

export type Collected = {
  readonly ledger: Ledger;
  readonly nodes: Map<string, ImportedNode>;
  readonly groups: ImportedNodeGroup[];
  readonly workloads: Map<string, FoundWorkload>;
  readonly pods: Map<string, FoundPod>;
  readonly autoscalers: Map<string, ImportedAutoscaler>;
  readonly budgets: Map<string, ImportedBudget>;
  readonly services: Map<string, ImportedService>;
  readonly volumes: Map<string, kubernetes.PersistentVolume>;
  /** Claim → name of its volume, and volume → its claim, as either side says. */
  readonly boundTo: Map<string, string>;
  readonly claims: Set<string>;
  readonly ingressed: Set<string>;
  readonly namespaces: Map<string, kubernetes.Labels>;
  readonly priorities: Map<string, number>;
  globalPriority: number;
  readonly use: Map<string, MeasuredUse>;
};

export const newCollected = (): Collected => ({
  ledger: newLedger(),
  nodes: new Map(),
  groups: [],
  workloads: new Map(),
  pods: new Map(),
  autoscalers: new Map(),
  budgets: new Map(),
  services: new Map(),
  volumes: new Map(),
  boundTo: new Map(),
  claims: new Set(),
  ingressed: new Set(),
  namespaces: new Map(),
  priorities: new Map(),
  globalPriority: 0,
  use: new Map(),
});

export const workloadKey = (kind: string, namespace: string, name: string) => `${kind} ${namespace}/${name}`;
