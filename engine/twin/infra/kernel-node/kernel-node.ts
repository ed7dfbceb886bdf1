/**
 * A node whose CPUs are played by the kernel's own rules (`cpuModel: 'kernel'`) instead of fair shares: a control group per
 * replica with its weight and quota, a thread per lane. What a quota or a neighbour does to latency comes out of EEVDF,
 * balancing and bandwidth slices. As on a Kubernetes node pods are in one group, `kubepods`, with 1024 shares per CPU, and what
 * the node runs besides (a hog) is in `system.slice` with 1024 (kubelet: cgroup_manager, node allocatable; systemd: CPUWeight 100).
 * State of the node beside the world's own; absent on nodes of the fair-share model.
 */
import { addCpuGroup, createCpuHost, weightOfShares, type CpuHost } from '../../os/cpu';

export type KernelLane = { task: number; /** −1: free. */ span: number; /** Of the span when it was begun: its number may be used again. */ generation: number };

export type KernelReplica = {
  readonly group: number;
  quotaMillicores: number | null;
  lanes: KernelLane[];
  /** The group's accounts when they were last taken over. */
  seen: { cpuUs: number; periods: number; throttledPeriods: number };
};

/** `pods` and `system` are groups, `replicas` go by their index in the world; `hogs` are tasks of a CPU-hog fault. */
export type KernelNode = { readonly cpu: CpuHost; readonly pods: number; readonly system: number; readonly replicas: Map<number, KernelReplica>; hogs: number[] };

const SHARES = 1_024;

export function kernelNode(cpuMillicores: number, seed: number): KernelNode {
  const cpus = Math.max(1, Math.round(cpuMillicores / 1_000));
  const cpu = createCpuHost({ cpus, seed });
  const pods = addCpuGroup(cpu, { name: 'kubepods', weight: weightOfShares(cpus * SHARES) });
  const system = addCpuGroup(cpu, { name: 'system.slice', weight: weightOfShares(SHARES) });
  return { cpu, pods, system, replicas: new Map(), hogs: [] };
}
