/**
 * A pod as the scheduler and the kubelet see it: metadata, spec and status flattened into one object, with
 * the field names of the Kubernetes API. Resources are integers: cpu in millicores, everything else in its
 * base unit (bytes, devices).
 */
import type { LabelSelector, Labels, NodeSelector, NodeSelectorTerm } from './labels';

export type ResourceList = Readonly<Record<string, number>>;

export type ContainerPort = { readonly hostIP?: string; readonly hostPort?: number; readonly protocol?: string };

export type Container = {
  readonly name?: string;
  readonly image?: string;
  readonly requests?: ResourceList;
  readonly limits?: ResourceList;
  readonly ports?: readonly ContainerPort[];
  /** Only on init containers: `Always` makes it a sidecar. */
  readonly restartPolicy?: 'Always';
};

export type Toleration = { readonly key?: string; readonly operator?: string; readonly value?: string; readonly effect?: string };

export type PodAffinityTerm = {
  readonly labelSelector?: LabelSelector | null;
  readonly namespaceSelector?: LabelSelector | null;
  readonly namespaces?: readonly string[] | null;
  readonly topologyKey: string;
  readonly matchLabelKeys?: readonly string[] | null;
  readonly mismatchLabelKeys?: readonly string[] | null;
};
export type WeightedPodAffinityTerm = { readonly weight: number; readonly podAffinityTerm: PodAffinityTerm };
export type PodAffinity = {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] | null;
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedPodAffinityTerm[] | null;
};
export type NodeAffinity = {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector | null;
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly { readonly weight: number; readonly preference: NodeSelectorTerm }[] | null;
};
export type Affinity = { readonly nodeAffinity?: NodeAffinity | null; readonly podAffinity?: PodAffinity | null; readonly podAntiAffinity?: PodAffinity | null };

export type TopologySpreadConstraint = {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
  readonly labelSelector?: LabelSelector | null;
  readonly minDomains?: number | null;
  readonly matchLabelKeys?: readonly string[] | null;
  readonly nodeAffinityPolicy?: string | null;
  readonly nodeTaintsPolicy?: string | null;
};

export type Pod = {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Where it runs, or, for an incoming pod, the node it names. */
  readonly nodeName?: string;
  readonly nominatedNodeName?: string;
  readonly priority?: number;
  readonly preemptionPolicy?: string;
  /** Seconds since the epoch; absent = not started. */
  readonly startTime?: number;
  /** It has a deletion timestamp. */
  readonly terminating?: boolean;
  /** The controller that owns it (for default spread constraints and drains). */
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly overhead?: ResourceList;
  /** Requests and limits of the pod as a whole (1.34); they stand above those of its containers. */
  readonly resources?: { readonly requests?: ResourceList; readonly limits?: ResourceList };
  readonly nodeSelector?: Labels;
  readonly affinity?: Affinity | null;
  readonly tolerations?: readonly Toleration[];
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  /** Names of the persistent volume claims it mounts. */
  readonly claims?: readonly string[];
};

export const priorityOf = (pod: Pod): number => pod.priority ?? 0;
