/**
 * What the scrapes said about one service between two frames. Counters arrive as increases with the time
 * they took; a quantity that no series measured stays unmeasured.
 */
import { US_PER_SECOND } from '@/engine/kernel';
import type { ServiceSample } from '../frame';
import { histogramQuantile } from '../series/histogram-quantile';
import type { ServicePart } from './series-role';

export type ServiceWindow = {
  readonly service: string;
  /** Once measured, a service stays in every frame; before, it is in none. */
  seen: boolean;
  /** Sums over the series of a part: per second for rates, plain for gauges. Absent: not measured. */
  readonly sums: Map<ServicePart, number>;
  inFlightChangePerSecond: number;
  readonly replicas: Set<string>;
  readonly bounds: number[];
  readonly bucketIncreases: number[];
  latencySeconds: number;
  latencyCount: number;
};

export const serviceWindow = (service: string): ServiceWindow => ({
  service,
  seen: false,
  sums: new Map(),
  inFlightChangePerSecond: 0,
  replicas: new Set(),
  bounds: [],
  bucketIncreases: [],
  latencySeconds: 0,
  latencyCount: 0,
});

export function clearServiceWindow(window: ServiceWindow): void {
  window.sums.clear();
  window.replicas.clear();
  window.bucketIncreases.fill(0);
  window.inFlightChangePerSecond = window.latencySeconds = window.latencyCount = 0;
}

/** Gauges; everything else is a counter. */
const GAUGES: readonly ServicePart[] = ['in-flight', 'memory', 'group-cores', 'group-memory', 'replicas', 'replicas-ready', 'quota', 'group-quota', 'group-period', 'offered'];
/** Of one replica, as `cpu.max` has them: replicas do not add up. */
const SETTINGS: readonly ServicePart[] = ['quota', 'group-quota', 'group-period'];
/** µs; the kernel's default. */
const PERIOD_US = 100_000;

const addTo = (window: ServiceWindow, part: ServicePart, value: number) => window.sums.set(part, (window.sums.get(part) ?? 0) + value);

export const isServiceCounter = (part: ServicePart) => !GAUGES.includes(part);

export function addServiceGauge(window: ServiceWindow, part: ServicePart, value: number): void {
  if (SETTINGS.includes(part)) window.sums.set(part, value);
  else addTo(window, part, value);
}

/** `bucket` is the place of the series' bound in this window (`bucketPlace`). */
export function addServiceIncrease(window: ServiceWindow, part: ServicePart, bucket: number, increase: number, elapsedUs: number): void {
  if (part === 'latency-bucket') {
    window.bucketIncreases[bucket]! += increase;
    return;
  }
  if (part === 'latency-sum') window.latencySeconds += increase;
  if (part === 'latency-count') window.latencyCount += increase;
  addTo(window, part, (increase * US_PER_SECOND) / elapsedUs);
}

export function bucketPlace(window: ServiceWindow, bound: number): number {
  const known = window.bounds.indexOf(bound);
  if (known >= 0) return known;
  window.bucketIncreases.push(0);
  return window.bounds.push(bound) - 1;
}

export function serviceSample(window: ServiceWindow): ServiceSample {
  const of = (part: ServicePart) => window.sums.get(part) ?? null;
  const counted = window.sums.has('answered') || window.sums.has('failed');
  const servedRps = counted ? (of('answered') ?? 0) : of('latency-count');
  const errorRps = counted ? (of('failed') ?? 0) : null;
  const periods = of('periods');
  const quota = of('quota') ?? groupQuota(window);
  return {
    service: window.service,
    offeredRps: of('offered') ?? arrivals(window, servedRps, errorRps),
    servedRps,
    errorRps,
    ...latencies(window),
    cpuCores: of('cpu') ?? of('group-cpu') ?? of('group-cores'), // the processes' own word, else their cgroup's
    throttledShare: periods === null ? null : periods === 0 ? 0 : Math.min(1, (of('throttled') ?? 0) / periods),
    replicas: of('replicas') ?? (window.replicas.size > 0 ? window.replicas.size : null),
    replicasReady: of('replicas-ready'),
    quotaMillicores: quota === null || quota <= 0 ? null : quota,
    inFlight: of('in-flight'),
    memoryBytes: of('memory') ?? of('group-memory'),
  };
}

/** Thousandths of a core, from the limit of its cgroup. */
function groupQuota({ sums }: ServiceWindow): number | null {
  const quotaUs = sums.get('group-quota');
  const periodUs = sums.get('group-period') ?? PERIOD_US;
  return quotaUs === undefined || !(periodUs > 0) ? null : (quotaUs / periodUs) * 1_000;
}

/** What came in = what went out + what stayed: exact, because a process exposes both in one instant. */
function arrivals(window: ServiceWindow, servedRps: number | null, errorRps: number | null): number | null {
  if (servedRps === null || !window.sums.has('in-flight')) return null;
  return Math.max(0, servedRps + (errorRps ?? 0) + window.inFlightChangePerSecond);
}

const NO_LATENCY = { latencyMeanUs: null, latencyP50Us: null, latencyP95Us: null, latencyP99Us: null };

function latencies(window: ServiceWindow): Pick<ServiceSample, 'latencyMeanUs' | 'latencyP50Us' | 'latencyP95Us' | 'latencyP99Us'> {
  if (!(window.latencyCount > 0)) return NO_LATENCY;
  const order = window.bounds.map((_, place) => place).sort((x, y) => window.bounds[x]! - window.bounds[y]! || x - y);
  const bounds = order.map((place) => window.bounds[place]!);
  const counts = order.map((place) => window.bucketIncreases[place]!);
  if (bounds[bounds.length - 1] !== Infinity) {
    bounds.push(Infinity);
    counts.push(window.latencyCount);
  }
  const cumulative = Float64Array.from(counts);
  const quantileUs = (q: number) => {
    const seconds = histogramQuantile(q, bounds, cumulative);
    return Number.isNaN(seconds) ? null : seconds * US_PER_SECOND;
  };
  const meanUs = window.sums.has('latency-sum') ? (window.latencySeconds / window.latencyCount) * US_PER_SECOND : null;
  return { latencyMeanUs: meanUs, latencyP50Us: quantileUs(0.5), latencyP95Us: quantileUs(0.95), latencyP99Us: quantileUs(0.99) };
}
