/**
 * A node whose CPUs are played by the kernel's own rules (`cpuModel: 'kernel'`) instead of fair shares: a control group per
 * replica with its weight and quota, a thread per lane. What a quota or a neighbour does to latency comes out of EEVDF,
 * balancing and bandwidth slices. State of the node beside the world's own; absent on nodes of the fair-share model.
 */
import { createCpuHost, type CpuHost } from '../../os/cpu';

export type KernelLane = { task: number; /** −1: free. */ span: number; /** Of the span when it was begun: its number may be used again. */ generation: number };

export type KernelReplica = {
  readonly group: number;
  quotaMillicores: number | null;
  lanes: KernelLane[];
  /** The group's accounts when they were last taken over. */
  seen: { cpuUs: number; periods: number; throttledPeriods: number };
};

/** `replicas` by their index in the world; `hogs` are tasks of a CPU-hog fault. */
export type KernelNode = { readonly cpu: CpuHost; readonly replicas: Map<number, KernelReplica>; hogs: number[] };

export const kernelNode = (cpuMillicores: number, seed: number): KernelNode => ({ cpu: createCpuHost({ cpus: Math.max(1, Math.round(cpuMillicores / 1_000)), seed }), replicas: new Map(), hogs: [] });
