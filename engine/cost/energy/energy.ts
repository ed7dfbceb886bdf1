/**
 * Power of a machine from its utilization, and what energy costs the climate. Power models as in OpenDC:
 * idle + (max − idle)·f(u). PUE multiplies once, where the data centre is entered, and never again.
 */
import { machineWatts, type PowerModelSpec, type PowerShape } from '@/engine/twin';
import type { GridIntensity } from './grid-intensities';

export type PowerModel = PowerShape;

export type Machine = { readonly idleWatts: number; readonly maxWatts: number; readonly model: PowerModel | PowerModelSpec };

/** Watts at utilization 0..1 (clipped). */
export const wattsAt = ({ idleWatts, maxWatts, model }: Machine, utilization: number) => machineWatts({ idleWatts, maxWatts, model: typeof model === 'string' ? { kind: model } : model }, utilization);

/** Cloud Carbon Footprint's defaults for AWS (2024): watts of one vCPU idle and full, PUE. */
export const CCF_AWS = { minWattsPerVcpu: 0.74, maxWattsPerVcpu: 3.5, pue: 1.135, memoryKwhPerGibHour: 0.000392 } as const;

/** Watts of storage per TB, kWh of a gigabyte moved, and how many copies a provider keeps of a volume (CCF, AWS). */
export const CCF_STORAGE = { ssdWattsPerTb: 1.2, hddWattsPerTb: 0.65, kwhPerGbMoved: 0.001, volumeCopies: 2 } as const;

export type VcpuHours = { readonly vcpuHours: number; readonly utilization: number; readonly extraMemoryGibHours?: number; readonly replication?: number };

/** kWh of rented vCPUs by the CCF method; memory counts only above what the processor's share includes. */
export const cloudEnergyKwh = ({ vcpuHours, utilization, extraMemoryGibHours = 0, replication = 1 }: VcpuHours, { minWattsPerVcpu, maxWattsPerVcpu, pue, memoryKwhPerGibHour } = CCF_AWS) =>
  ((vcpuHours * (minWattsPerVcpu + Math.min(1, Math.max(0, utilization)) * (maxWattsPerVcpu - minWattsPerVcpu))) / 1_000 + extraMemoryGibHours * memoryKwhPerGibHour) * pue * replication;

export const carbonKg = (kwh: number, { gramsPerKwh }: Pick<GridIntensity, 'gramsPerKwh'>) => (kwh * gramsPerKwh) / 1_000;

/** Share of making the machine that falls on the time and vCPUs used; a server lives four years. */
export const embodiedKg = ({ totalKg, hours, vcpus, vcpusOfMachine }: { readonly totalKg: number; readonly hours: number; readonly vcpus: number; readonly vcpusOfMachine: number }) =>
  totalKg * (hours / (4 * 8_760)) * (vcpus / vcpusOfMachine);
