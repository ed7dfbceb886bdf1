/** A node as the scheduler sees it. `allocatable` is what pods may request, not the capacity of the machine. */
import type { Labels } from './labels';
import type { ResourceList } from './pod';

export type Taint = { readonly key: string; readonly value?: string; readonly effect: string };

export type ContainerImage = { readonly names: readonly string[]; readonly sizeBytes: number };

export type Node = {
  readonly name: string;
  readonly labels: Labels;
  readonly taints?: readonly Taint[];
  readonly unschedulable?: boolean;
  /** cpu in millicores, memory and ephemeral-storage in bytes, pods and devices in pieces. */
  readonly allocatable: ResourceList;
  readonly images?: readonly ContainerImage[];
};
