/**
 * Right-sizing as a spreadsheet does it: requests at the 95th percentile of everything that was read. The CPU limit keeps
 * its ratio to the request; memory cannot be throttled, so its limit is its request, and one reading in twenty lay above it.
 */
import { sampleQuantile } from '@/engine/kernel';
import type { ServiceUsage } from '../usage/usage-history';
import { proportionalLimit, type Sizing } from './sizing';

const QUANTILE = 0.95;
const MIB = 1_048_576;
/** The shortest quota of the kernel's bandwidth control: 1 ms of 100 ms. */
export const CPU_MIN_MILLICORES = 10;
/** The smallest memory limit a container runtime takes (moby `linuxMinMemory`). */
export const MEMORY_MIN_MIB = 6;

export function recommendPercentile({ pods }: ServiceUsage, now: Sizing): Sizing {
  const cpu = Math.max(CPU_MIN_MILLICORES, Math.ceil(sampleQuantile(pods.flatMap(({ cpuMillicores }) => cpuMillicores), QUANTILE)));
  const memory = Math.max(MEMORY_MIN_MIB, Math.ceil(sampleQuantile(pods.flatMap(({ memoryBytes }) => memoryBytes), QUANTILE) / MIB));
  return { cpuRequestMillicores: cpu, cpuLimitMillicores: proportionalLimit(now.cpuLimitMillicores, now.cpuRequestMillicores, cpu), memoryRequestMib: memory, memoryLimitMib: memory };
}
