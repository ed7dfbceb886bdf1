/**
 * Who caused which part of a node's bill, as OpenCost does it: the price of the node is split into CPU and
 * memory, a container is charged max(request, usage) of each for the hours it ran, and what nobody asked for
 * is idle cost, shown on its own or shared. Parts add up to the bill exactly. Where the sum of max(request,
 * usage) exceeds the node (bursts), all are scaled down to it and nothing is idle.
 */
import { invariant, type MicroUsd } from '@/engine/kernel';
import { splitAmount } from './split-amount';

export type NodeBill = { readonly node: string; readonly cpuCores: number; readonly memoryGib: number; readonly microUsdPerHour: number; readonly hours: number };

/** Means over the hours it ran on the node. */
export type Consumer = {
  readonly owner: string;
  readonly hours: number;
  readonly cpuRequestCores: number;
  readonly cpuUsedCores: number;
  readonly memoryRequestGib: number;
  readonly memoryUsedGib: number;
};

export type ResourcePrices = { readonly coreHour: number; readonly gibHour: number };
export type AllocatedCost = { readonly owner: string; readonly cpu: MicroUsd; readonly memory: MicroUsd; readonly sharedIdle: MicroUsd; readonly total: MicroUsd; /** Usage / request, weighted by cost; null without a request and without use. */ readonly efficiency: number | null };
export type Allocation = { readonly bill: MicroUsd; readonly owners: readonly AllocatedCost[]; /** Not caused by any owner and not shared. */ readonly idle: MicroUsd; readonly idleShare: number };

export type IdleSharing = 'separate' | 'by-cost' | 'evenly';

/** OpenCost's default prices, which only set the ratio of CPU to memory in a node's price. */
const DEFAULT_PRICES: ResourcePrices = { coreHour: 31_611, gibHour: 4_237 };

/** `owners` come in the order of the consumers. */
export function allocateNode(bill: NodeBill, consumers: readonly Consumer[], sharing: IdleSharing = 'separate', prices = DEFAULT_PRICES): Allocation {
  invariant(bill.cpuCores > 0 && bill.memoryGib >= 0 && bill.hours >= 0 && bill.microUsdPerHour >= 0, 'a bill has capacity, hours and a price');
  const amount = Math.round(bill.microUsdPerHour * bill.hours);
  const [cpuBill, memoryBill] = splitAmount(amount, [bill.cpuCores * prices.coreHour, bill.memoryGib * prices.gibHour]) as [number, number];
  const cpuHours = consumers.map((one) => Math.max(one.cpuRequestCores, one.cpuUsedCores) * one.hours);
  const memoryHours = consumers.map((one) => Math.max(one.memoryRequestGib, one.memoryUsedGib) * one.hours);
  const cpu = chargedWithIdle(cpuBill, cpuHours, bill.cpuCores * bill.hours);
  const memory = chargedWithIdle(memoryBill, memoryHours, bill.memoryGib * bill.hours);
  const idle = cpu.idle + memory.idle;
  const own = consumers.map((_, i) => cpu.parts[i]! + memory.parts[i]!);
  const shares = sharing === 'separate' ? own.map(() => 0) : splitAmount(idle, sharing === 'evenly' ? own.map(() => 1) : own);
  const shared = shares.reduce((sum, part) => sum + part, 0);
  const owners = consumers.map((one, i) => ({
    owner: one.owner,
    cpu: cpu.parts[i]! as MicroUsd,
    memory: memory.parts[i]! as MicroUsd,
    sharedIdle: shares[i]! as MicroUsd,
    total: (own[i]! + shares[i]!) as MicroUsd,
    efficiency: efficiencyOf(one, prices),
  }));
  return { bill: amount as MicroUsd, owners, idle: (idle - shared) as MicroUsd, idleShare: amount === 0 ? 0 : idle / amount };
}

function chargedWithIdle(amount: number, hours: readonly number[], capacityHours: number): { parts: number[]; idle: number } {
  const asked = hours.reduce((sum, value) => sum + value, 0);
  const parts = splitAmount(amount, [...hours, Math.max(0, capacityHours - asked)]);
  return { parts: parts.slice(0, -1), idle: amount - parts.slice(0, -1).reduce((sum, part) => sum + part, 0) };
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
