/**
 * Who caused which part of a node's bill, as OpenCost does it: the price of the node is split into CPU,
 * memory and GPUs, a container is charged max(request, usage) of each for the hours it ran, and what nobody asked for
 * is idle cost, shown on its own or shared. Parts add up to the bill exactly. Where the sum of max(request,
 * usage) exceeds the node (bursts), all are scaled down to it and nothing is idle.
 */
import { invariant, type MicroUsd } from '@/engine/kernel';
import type { IdleSharing } from '@/engine/twin';
import { allocateHours } from './allocate-hours';
import { splitAmount } from './split-amount';

export type NodeBill = { readonly node: string; readonly cpuCores: number; readonly memoryGib: number; readonly gpus?: number; readonly microUsdPerHour: number; readonly hours: number };

/** Means over the hours it ran on the node. */
export type Consumer = {
  readonly owner: string;
  readonly hours: number;
  readonly cpuRequestCores: number;
  readonly cpuUsedCores: number;
  readonly memoryRequestGib: number;
  readonly memoryUsedGib: number;
  /** Whole devices, which nobody else can use. */
  readonly gpus?: number;
};

export type ResourcePrices = { readonly coreHour: number; readonly gibHour: number; readonly gpuHour: number };
export type AllocatedCost = { readonly owner: string; readonly cpu: MicroUsd; readonly memory: MicroUsd; readonly gpu: MicroUsd; readonly sharedIdle: MicroUsd; readonly total: MicroUsd; /** Usage / request, weighted by cost; null without a request and without use. */ readonly efficiency: number | null };
export type Allocation = { readonly bill: MicroUsd; readonly owners: readonly AllocatedCost[]; /** Not caused by any owner and not shared. */ readonly idle: MicroUsd; readonly idleShare: number };

/** OpenCost's default prices, which only set the ratio of CPU to memory and GPUs in a node's price. */
export const DEFAULT_RATES: ResourcePrices = { coreHour: 31_611, gibHour: 4_237, gpuHour: 950_000 };

/** `owners` come in the order of the consumers. */
export function allocateNode(bill: NodeBill, consumers: readonly Consumer[], sharing: IdleSharing = 'separate', prices = DEFAULT_RATES): Allocation {
  invariant(bill.cpuCores > 0 && bill.memoryGib >= 0 && bill.hours >= 0 && bill.microUsdPerHour >= 0, 'a bill has capacity, hours and a price');
  const amount = Math.round(bill.microUsdPerHour * bill.hours);
  const charged = consumers.map((one) => ({
    cpu: Math.max(one.cpuRequestCores, one.cpuUsedCores) * one.hours,
    memory: Math.max(one.memoryRequestGib, one.memoryUsedGib) * one.hours,
    gpu: (one.gpus ?? 0) * one.hours,
  }));
  const { parts, idle: idleOf } = allocateHours(amount, { cpu: bill.cpuCores * bill.hours, memory: bill.memoryGib * bill.hours, gpu: (bill.gpus ?? 0) * bill.hours }, charged, prices);
  const idle = idleOf.cpu + idleOf.memory + idleOf.gpu;
  const own = parts.map(({ cpu, memory, gpu }) => cpu + memory + gpu);
  const shares = sharing === 'separate' ? own.map(() => 0) : splitAmount(idle, sharing === 'evenly' ? own.map(() => 1) : own);
  const shared = shares.reduce((sum, part) => sum + part, 0);
  const owners = consumers.map((one, i) => ({
    owner: one.owner,
    cpu: parts[i]!.cpu as MicroUsd,
    memory: parts[i]!.memory as MicroUsd,
    gpu: parts[i]!.gpu as MicroUsd,
    sharedIdle: shares[i]! as MicroUsd,
    total: (own[i]! + shares[i]!) as MicroUsd,
    efficiency: efficiencyOf(one, prices),
  }));
  return { bill: amount as MicroUsd, owners, idle: (idle - shared) as MicroUsd, idleShare: amount === 0 ? 0 : idle / amount };
}

/** Use without any request counts as fully efficient, as OpenCost has it. */
function efficiencyOf({ cpuRequestCores, cpuUsedCores, memoryRequestGib, memoryUsedGib }: Consumer, { coreHour, gibHour }: ResourcePrices): number | null {
  const parts = [
    { used: cpuUsedCores, asked: cpuRequestCores, weight: Math.max(cpuRequestCores, cpuUsedCores) * coreHour },
    { used: memoryUsedGib, asked: memoryRequestGib, weight: Math.max(memoryRequestGib, memoryUsedGib) * gibHour },
  ];
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  return weight === 0 ? null : parts.reduce((sum, { used, asked, weight: share }) => sum + (share / weight) * (asked > 0 ? used / asked : used > 0 ? 1 : 0), 0);
}
