/**
 * What the recommender learns about one container. CPU: every sample. Memory: one peak per window (a day),
 * corrected upwards while the window lasts. Running out of memory counts as a peak of what was requested
 * or used, plus 20 % and at least 100 MiB. Source: VPA recommender `container.go`.
 */
import { addSample, histogramOf, subtractSample, type Histogram } from './histogram';
import { CPU_BUCKETS, MEMORY_BUCKETS } from './buckets';

export type UsageSettings = {
  readonly windowSeconds: number;
  readonly cpuHalfLifeSeconds: number;
  readonly memoryHalfLifeSeconds: number;
  readonly cpuSampleWeight: number;
  readonly oomRatio: number;
  readonly oomMinBumpBytes: number;
};

const DAY_SECONDS = 86_400;
export const DEFAULT_USAGE_SETTINGS: UsageSettings = {
  windowSeconds: DAY_SECONDS,
  cpuHalfLifeSeconds: DAY_SECONDS,
  memoryHalfLifeSeconds: DAY_SECONDS,
  cpuSampleWeight: 0.1,
  oomRatio: 1.2,
  oomMinBumpBytes: 100 * 1024 * 1024,
};

/** The largest amount the recommender knows: 10^14 millicores or bytes. */
export const MAX_AMOUNT = 1e14;

/** A whole amount, truncated, between 0 and the largest one. */
export const amountOf = (value: number) => (value > 0 ? Math.min(MAX_AMOUNT, Math.trunc(value)) : 0);

export type PeakChange = { readonly change: 'add' | 'sub'; readonly bytes: number; readonly windowEndSeconds: number };

export type ContainerUsage = {
  readonly settings: UsageSettings;
  readonly cpu: Histogram;
  readonly memory: Histogram;
  /** Every change of the memory histogram, in order. */
  readonly peakLog: PeakChange[];
  firstCpuSeconds: number | null;
  lastCpuSeconds: number | null;
  cpuSampleCount: number;
  lastMemorySeconds: number | null;
  windowEndSeconds: number | null;
  usagePeakBytes: number;
  oomPeakBytes: number;
};

export const containerUsage = (settings: UsageSettings = DEFAULT_USAGE_SETTINGS): ContainerUsage => ({
  settings,
  cpu: histogramOf(CPU_BUCKETS, settings.cpuHalfLifeSeconds),
  memory: histogramOf(MEMORY_BUCKETS, settings.memoryHalfLifeSeconds),
  peakLog: [],
  firstCpuSeconds: null,
  lastCpuSeconds: null,
  cpuSampleCount: 0,
  lastMemorySeconds: null,
  windowEndSeconds: null,
  usagePeakBytes: 0,
  oomPeakBytes: 0,
});

/** False when the sample is dropped: negative, or not newer than the last one. */
export function recordCpu(usage: ContainerUsage, atSeconds: number, millicores: number): boolean {
  if (millicores < 0 || (usage.lastCpuSeconds !== null && atSeconds <= usage.lastCpuSeconds)) return false;
  addSample(usage.cpu, millicores / 1_000, usage.settings.cpuSampleWeight, atSeconds);
  usage.firstCpuSeconds ??= atSeconds;
  usage.lastCpuSeconds = atSeconds;
  usage.cpuSampleCount += 1;
  return true;
}

/** False when the sample is dropped: negative, or older than the last one. */
export function recordMemory(usage: ContainerUsage, atSeconds: number, bytes: number): boolean {
  return recordPeak(usage, atSeconds, bytes, false);
}

/**
 * False when the container died more than a window before its last reading (autoscaler issue 8548: not before the window at
 * hand, whose start may be seconds ago). `requestedBytes` is what it asked for; no estimate goes above `maxBytes`.
 */
export function recordOutOfMemory(usage: ContainerUsage, atSeconds: number, requestedBytes: number, maxBytes = Infinity): boolean {
  const { windowSeconds, oomMinBumpBytes, oomRatio } = usage.settings;
  if (usage.lastMemorySeconds !== null && atSeconds < usage.lastMemorySeconds - windowSeconds) return false;
  const used = Math.min(maxBytes, Math.max(requestedBytes, usage.usagePeakBytes));
  return recordPeak(usage, atSeconds, Math.min(maxBytes, Math.max(used + amountOf(oomMinBumpBytes), amountOf(used * oomRatio))), true);
}

function recordPeak(usage: ContainerUsage, atSeconds: number, bytes: number, outOfMemory: boolean): boolean {
  const outdated = usage.lastMemorySeconds !== null && atSeconds < usage.lastMemorySeconds;
  if (bytes < 0 || (outdated && !outOfMemory)) return false;
  usage.lastMemorySeconds = atSeconds;
  usage.windowEndSeconds ??= atSeconds;
  if (atSeconds >= usage.windowEndSeconds) startWindow(usage, atSeconds);
  else {
    const peak = Math.max(usage.usagePeakBytes, usage.oomPeakBytes);
    if (peak === 0 || bytes <= peak) return true;
    subtractSample(usage.memory, peak, 1, usage.windowEndSeconds);
    usage.peakLog.push({ change: 'sub', bytes: peak, windowEndSeconds: usage.windowEndSeconds });
  }
  addSample(usage.memory, bytes, 1, usage.windowEndSeconds);
  usage.peakLog.push({ change: 'add', bytes, windowEndSeconds: usage.windowEndSeconds });
  if (outOfMemory) usage.oomPeakBytes = bytes;
  else usage.usagePeakBytes = bytes;
  return true;
}

function startWindow(usage: ContainerUsage, atSeconds: number): void {
  const { windowSeconds } = usage.settings;
  const end = usage.windowEndSeconds ?? atSeconds;
  usage.windowEndSeconds = end + (Math.trunc((atSeconds - end) / windowSeconds) + 1) * windowSeconds;
  usage.usagePeakBytes = 0;
  usage.oomPeakBytes = 0;
}
