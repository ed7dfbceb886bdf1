/**
 * A node that does not run yet, from the size of its machine. What the system and the kubelet keep follows
 * the formula Google publishes for GKE (of CPU 6, 1, 0.5, 0.25 % of the first, second, next two and further
 * cores; of memory 25, 20, 10, 6, 2 % of the first 4, next 4, 8, 112 GiB and the rest; 100 MiB for eviction).
 */
import type { kubernetes } from '@/engine/twin';
import type { ImportedNode } from '../cluster-import';
import type { MachineSize } from './machine-size';

const MIB = 1_048_576;
const EVICTION_MIB = 100;
/** Of the kubelet and of GKE; EKS counts by network interfaces. */
const PODS_MAX = 110;

const MEMORY_STEPS = [[4_096, 0.25], [4_096, 0.2], [8_192, 0.1], [114_688, 0.06], [Infinity, 0.02]] as const;
const CPU_STEPS = [[1_000, 0.06], [1_000, 0.01], [2_000, 0.005], [Infinity, 0.0025]] as const;

function reserved(amount: number, steps: readonly (readonly [number, number])[]): number {
  let left = amount;
  let sum = 0;
  for (const [width, share] of steps) {
    const part = Math.min(left, width);
    sum += part * share;
    left -= part;
  }
  return Math.ceil(sum);
}

export const allocatableOf = ({ vcpus, memoryMib }: MachineSize): kubernetes.ResourceList => ({
  cpu: vcpus * 1_000 - reserved(vcpus * 1_000, CPU_STEPS),
  memory: Math.max(1, memoryMib - EVICTION_MIB - reserved(memoryMib, MEMORY_STEPS)) * MIB,
  pods: PODS_MAX,
});

export type PlannedMachine = { readonly name: string; readonly pool: string; readonly zone: string; readonly machineType: string; readonly size: MachineSize; readonly spot: boolean; readonly labels: kubernetes.Labels; readonly taints: readonly kubernetes.Taint[]; readonly origin: ImportedNode['origin'] };

export const plannedNode = ({ name, pool, zone, machineType, size, spot, labels, taints, origin }: PlannedMachine): ImportedNode => ({
  node: {
    name,
    labels: { ...labels, 'kubernetes.io/hostname': name, ...(zone === '' ? {} : { 'topology.kubernetes.io/zone': zone }), ...(machineType === '' ? {} : { 'node.kubernetes.io/instance-type': machineType }) },
    taints,
    unschedulable: false,
    allocatable: allocatableOf(size),
    images: [],
  },
  capacity: { cpu: size.vcpus * 1_000, memory: size.memoryMib * MIB, pods: PODS_MAX },
  pool,
  zone,
  machineType,
  spot,
  ready: true,
  origin,
});
