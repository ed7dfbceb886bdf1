/**
 * The core of the allocation: an amount is split into what CPU, memory and GPUs cost, each of these among those who are
 * charged hours of it, and the rest of the capacity is idle. Where more is charged than there is, nothing is idle and all
 * are scaled down. Whole micro-dollars; the parts and the idle cost add up to the amount exactly.
 */
import type { ResourcePrices } from './allocate-node';
import { splitAmount } from './split-amount';

export const RESOURCES = ['cpu', 'memory', 'gpu'] as const;
export type Resource = (typeof RESOURCES)[number];
/** Core-hours, GiB-hours, GPU-hours; or their cost. */
export type ByResource = Readonly<Record<Resource, number>>;

export type AllocatedHours = { readonly parts: readonly ByResource[]; readonly idle: ByResource };

export function allocateHours(amount: number, capacity: ByResource, charged: readonly ByResource[], { coreHour, gibHour, gpuHour }: ResourcePrices): AllocatedHours {
  const [cpu, memory, gpu] = splitAmount(amount, [capacity.cpu * coreHour, capacity.memory * gibHour, capacity.gpu * gpuHour]) as [number, number, number];
  const priced = { cpu, memory, gpu };
  // no capacity at all has no ratio: then the whole amount is paid for an idle CPU
  if (cpu + memory + gpu < amount) priced.cpu += amount - cpu - memory - gpu;
  const split = (resource: Resource) => {
    const hours = charged.map((each) => each[resource]);
    const asked = hours.reduce((sum, value) => sum + value, 0);
    const parts = splitAmount(priced[resource], [...hours, Math.max(0, capacity[resource] - asked)]).slice(0, -1);
    return { parts, idle: priced[resource] - parts.reduce((sum, part) => sum + part, 0) };
  };
  const by = { cpu: split('cpu'), memory: split('memory'), gpu: split('gpu') };
  return {
    parts: charged.map((_, i) => ({ cpu: by.cpu.parts[i]!, memory: by.memory.parts[i]!, gpu: by.gpu.parts[i]! })),
    idle: { cpu: by.cpu.idle, memory: by.memory.idle, gpu: by.gpu.idle },
  };
}
