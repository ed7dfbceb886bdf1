/**
 * The textbook on services: CPU per request from the probe, a fixed client path (a low quantile of what the lightest
 * load measured beyond its work), an event simulation of the queue, under a quota with the phase that fits best. It is
 * told more than the twin is: the twin sees no latency.
 */
import type { OfferedRequest, ServiceRepeat, ServiceScenario } from '../../service';
import { latencyOf, responseTimes, type QueueJob, type QueueSpec } from './queue';

const PATH_QUANTILE = 0.1;
const PHASES = 20;
const SHARED_THREADS = 8;
const PERIOD_US = 100_000;

export type MeasuredLoad = { readonly latenciesMs: readonly number[]; readonly requests: readonly OfferedRequest[]; readonly meanMs: number };

/** Values by key for one repeat; `measured` by index of the load, undefined where nothing was recorded. */
export function predictService(scenario: ServiceScenario, repeat: ServiceRepeat, measured: readonly (MeasuredLoad | undefined)[]): Map<string, number> {
  const values = new Map<string, number>();
  const { probe } = repeat;
  const [light] = measured;
  if (probe === undefined || light === undefined) return values;
  const overheadMs = Math.max(0, probe.cpuPerReqMs - probe.meanWorkMs);
  const pathMs = Math.max(0, lowQuantile(light.requests.map(({ workUs }, i) => light.latenciesMs[i]! - workUs / 1_000)) - overheadMs);
  const speed = scenario.neighbors.length === 0 ? 1 : (probe.throughputRps / 1_000) * (probe.meanWorkMs + overheadMs);
  scenario.loads.forEach((load, i) => {
    const at = measured[i];
    if (at === undefined) return;
    const arrivals = at.requests.filter(({ atUs }) => atUs >= scenario.warmS * 1e6).length / (scenario.durationsS[i]! - scenario.warmS);
    values.set(`load ${load} throughputRps`, Math.min(arrivals, probe.throughputRps));
    const latency = bestLatency(scenario, at, overheadMs, pathMs, speed);
    for (const key of ['meanMs', 'p50Ms', 'p95Ms', 'p99Ms'] as const) values.set(`load ${load} ${key}`, latency[key] + pathMs);
  });
  return values;
}

function bestLatency(scenario: ServiceScenario, { requests, meanMs }: MeasuredLoad, overheadMs: number, pathMs: number, speed: number) {
  const jobs: QueueJob[] = requests.map(({ atUs, workUs }) => ({ atMs: atUs / 1_000, workMs: workUs / 1_000 + overheadMs }));
  const seen = requests.map(({ atUs }) => atUs >= scenario.warmS * 1e6);
  const played = specs(scenario, speed).map((spec) => latencyOf(responseTimes(jobs, spec).filter((_, i) => seen[i])));
  return played.reduce((best, one) => (Math.abs(one.meanMs + pathMs - meanMs) < Math.abs(best.meanMs + pathMs - meanMs) ? one : best));
}

function specs({ server }: ServiceScenario, speed: number): QueueSpec[] {
  const single = server.mode === 'loop' || server.mode === 'naive';
  const shared = !single && server.threads > SHARED_THREADS;
  const base: QueueSpec = { discipline: shared ? 'sharing' : server.mode === 'cluster' ? 'in-turn' : 'central', servers: single ? 1 : server.threads, speed };
  if (server.quotaUs === undefined) return [base];
  const periodMs = (server.periodUs ?? PERIOD_US) / 1_000;
  return Array.from({ length: PHASES }, (_, i) => ({ ...base, quota: { quotaMs: server.quotaUs! / 1_000, periodMs, phaseMs: (i * periodMs) / PHASES } }));
}

function lowQuantile(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(PATH_QUANTILE * sorted.length) - 1)] ?? 0;
}
