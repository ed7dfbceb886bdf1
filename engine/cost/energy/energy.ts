/**
 * Power of a machine from its utilization, and what energy costs the climate. Power models as in OpenDC:
 * idle + (max − idle)·f(u). PUE multiplies once, where the data centre is entered, and never again.
 */
export type PowerModel = 'linear' | 'sqrt' | 'square' | 'cubic';

export type Machine = { readonly idleWatts: number; readonly maxWatts: number; readonly model: PowerModel };

const SHAPE: Readonly<Record<PowerModel, (u: number) => number>> = { linear: (u) => u, sqrt: Math.sqrt, square: (u) => u * u, cubic: (u) => u * u * u };

/** Watts at utilization 0..1 (clipped). */
export const wattsAt = ({ idleWatts, maxWatts, model }: Machine, utilization: number) => idleWatts + (maxWatts - idleWatts) * SHAPE[model](Math.min(1, Math.max(0, utilization)));

/** Cloud Carbon Footprint's defaults for AWS (2024): watts of one vCPU idle and full, PUE. */
export const CCF_AWS = { minWattsPerVcpu: 0.74, maxWattsPerVcpu: 3.5, pue: 1.135, memoryKwhPerGibHour: 0.000392 } as const;

export type VcpuHours = { readonly vcpuHours: number; readonly utilization: number; readonly extraMemoryGibHours?: number; readonly replication?: number };

/** kWh of rented vCPUs by the CCF method; memory counts only above what the processor's share includes. */
export const cloudEnergyKwh = ({ vcpuHours, utilization, extraMemoryGibHours = 0, replication = 1 }: VcpuHours, { minWattsPerVcpu, maxWattsPerVcpu, pue, memoryKwhPerGibHour } = CCF_AWS) =>
  ((vcpuHours * (minWattsPerVcpu + Math.min(1, Math.max(0, utilization)) * (maxWattsPerVcpu - minWattsPerVcpu))) / 1_000 + extraMemoryGibHours * memoryKwhPerGibHour) * pue * replication;

/** Location-based grid intensity of a place, with the source it was taken from. */
export type GridIntensity = { readonly place: string; readonly gramsPerKwh: number; readonly source: string };

export const GRID_INTENSITIES: readonly GridIntensity[] = [
  { place: 'us-east-1', gramsPerKwh: 415.755, source: 'US EPA eGRID, as used by Cloud Carbon Footprint' },
  { place: 'us-west-2', gramsPerKwh: 350.861, source: 'US EPA eGRID, as used by Cloud Carbon Footprint' },
  { place: 'us-central1', gramsPerKwh: 479, source: 'Google, as used by Cloud Carbon Footprint' },
  { place: 'us-west1', gramsPerKwh: 117, source: 'Google, as used by Cloud Carbon Footprint' },
];

export const carbonKg = (kwh: number, { gramsPerKwh }: GridIntensity) => (kwh * gramsPerKwh) / 1_000;

/** Share of making the machine that falls on the time and vCPUs used; a server lives four years. */
export const embodiedKg = ({ totalKg, hours, vcpus, vcpusOfMachine }: { readonly totalKg: number; readonly hours: number; readonly vcpus: number; readonly vcpusOfMachine: number }) =>
  totalKg * (hours / (4 * 8_760)) * (vcpus / vcpusOfMachine);
