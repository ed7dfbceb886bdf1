/**
 * Right-sizing as Robusta KRR does it (strategies `simple` and `simple_limit`). `simple`: CPU request is a
 * high percentile of each pod, and the largest of the pods; no CPU limit; memory request = limit = the peak
 * plus 15 %, or the limit at which a container died plus 25 %. `simple_limit`: request and limit are two
 * percentiles of all samples together. CPU in millicores, memory in bytes; results are rounded up to
 * 1 millicore and 1 MiB and are never below 10 m and 100 MiB.
 */
import { err, ok, type Result } from '@/engine/kernel';

const MIB = 1024 * 1024;

export type KrrSettings = {
  /** Percent. */
  readonly cpuPercentile: number;
  readonly memoryBufferPercent: number;
  readonly oomBufferPercent: number;
  readonly pointsRequired: number;
  readonly allowHpa: boolean;
  readonly cpuMinMillicores: number;
  readonly memoryMinMib: number;
};

export const KRR_SIMPLE: KrrSettings = { cpuPercentile: 95, memoryBufferPercent: 15, oomBufferPercent: 25, pointsRequired: 100, allowHpa: false, cpuMinMillicores: 10, memoryMinMib: 100 };

/** KRR looks at 14 days, one value each 75 s. */
export const KRR_HISTORY_HOURS = 336;
export const KRR_STEP_SECONDS = 75;

export type PodUsage = { readonly cpuMillicores: readonly number[]; readonly memoryBytes: readonly number[] };
export type KrrWorkload = {
  readonly pods: readonly PodUsage[];
  readonly hpa: { readonly cpu: boolean; readonly memory: boolean };
  /** The largest memory limit at which a container was killed, if any was. */
  readonly oomLimitBytes: number | null;
};

export type KrrRefusal = 'no-data' | 'not-enough-data' | 'hpa';
export type KrrProposal = { readonly request: number; readonly limit: number | null };
export type KrrRecommendation = { readonly cpu: Result<KrrProposal, KrrRefusal>; readonly memory: Result<KrrProposal, KrrRefusal> };

/** PromQL `quantile_over_time`: linear between the two samples around rank q·(n − 1). NaN when empty. */
export function quantileOverTime(values: readonly number[], q: number): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((x, y) => x - y);
  const rank = q * (sorted.length - 1);
  const below = Math.max(0, Math.floor(rank));
  const above = Math.min(sorted.length - 1, below + 1);
  const weight = rank - Math.floor(rank);
  return sorted[below]! * (1 - weight) + sorted[above]! * weight;
}

export function recommendSimple(workload: KrrWorkload, settings: KrrSettings = KRR_SIMPLE): KrrRecommendation {
  return { cpu: simpleCpu(workload, settings), memory: simpleMemory(workload, settings) };
}

function simpleCpu({ pods, hpa }: KrrWorkload, settings: KrrSettings): Result<KrrProposal, KrrRefusal> {
  const series = pods.map(({ cpuMillicores }) => cpuMillicores).filter(({ length }) => length > 0);
  const refusal = refusalOf(series, hpa.cpu, settings);
  if (refusal !== null) return err(refusal);
  const largest = series.reduce((most, values) => Math.max(most, quantileOverTime(values, settings.cpuPercentile / 100)), 0);
  return ok({ request: roundCpu(largest, settings), limit: null });
}

function simpleMemory({ pods, hpa, oomLimitBytes }: KrrWorkload, settings: KrrSettings): Result<KrrProposal, KrrRefusal> {
  const series = pods.map(({ memoryBytes }) => memoryBytes).filter(({ length }) => length > 0);
  const refusal = refusalOf(series, hpa.memory, settings);
  if (refusal !== null) return err(refusal);
  const peak = series.reduce((most, values) => values.reduce((x, y) => Math.max(x, y), most), 0);
  const bought = Math.max((peak * (100 + settings.memoryBufferPercent)) / 100, ((oomLimitBytes ?? 0) * (100 + settings.oomBufferPercent)) / 100);
  const bytes = roundMemory(bought, settings);
  return ok({ request: bytes, limit: bytes });
}

export type KrrLimitSettings = KrrSettings & { readonly cpuRequestPercentile: number; readonly cpuLimitPercentile: number };
export const KRR_SIMPLE_LIMIT: KrrLimitSettings = { ...KRR_SIMPLE, cpuRequestPercentile: 66, cpuLimitPercentile: 96 };

/** Request and limit of CPU from the samples of all pods in one pool; memory as in `simple`. */
export function recommendSimpleLimit(workload: KrrWorkload, settings: KrrLimitSettings = KRR_SIMPLE_LIMIT): KrrRecommendation {
  const pooled = workload.pods.flatMap(({ cpuMillicores }) => cpuMillicores);
  const refusal = refusalOf(pooled.length === 0 ? [] : [pooled], workload.hpa.cpu, settings);
  const at = (percentile: number) => roundCpu(quantileOverTime(pooled, percentile / 100), settings);
  const cpu = refusal === null ? ok({ request: at(settings.cpuRequestPercentile), limit: at(settings.cpuLimitPercentile) }) : err(refusal);
  return { cpu, memory: simpleMemory(workload, settings) };
}

function refusalOf(series: readonly (readonly number[])[], underHpa: boolean, { pointsRequired, allowHpa }: KrrSettings): KrrRefusal | null {
  const points = series.reduce((sum, { length }) => sum + length, 0);
  if (points === 0) return 'no-data';
  if (points < pointsRequired) return 'not-enough-data';
  return underHpa && !allowHpa ? 'hpa' : null;
}

const roundCpu = (millicores: number, { cpuMinMillicores }: KrrSettings) => Math.max(cpuMinMillicores, Math.ceil(millicores));
const roundMemory = (bytes: number, { memoryMinMib }: KrrSettings) => Math.max(memoryMinMib, Math.ceil(bytes / MIB)) * MIB;
