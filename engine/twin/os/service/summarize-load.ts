/** The laboratory's summary of one load: latencies of requests that arrived after the warm-up, rates and CPU over [warm, end]. */
import type { PlayedLoad } from './play-load';

export type LoadSummary = {
  readonly arrivalRps: number;
  readonly throughputRps: number;
  readonly n: number;
  readonly notOk: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly meanInFlight: number;
  readonly littleLawL: number;
  readonly meanWorkMs: number;
  readonly meanSvcMs: number;
  readonly meanQueueMs: number;
  readonly serverCpu: number;
  readonly cpuPerReqMs: number;
  readonly ctlCpu: number;
  readonly nrPeriods?: number;
  readonly nrThrottled?: number;
  readonly throttledS?: number;
};

export function summarizeLoad({ run, opened, closed }: PlayedLoad, { warmS, durationS, quota }: { readonly warmS: number; readonly durationS: number; readonly quota: boolean }): LoadSummary {
  const fromUs = run.startUs + warmS * 1e6;
  const toUs = run.startUs + durationS * 1e6;
  const spanS = durationS - warmS;
  const done = run.requests.filter(({ endUs }) => endUs <= Infinity);
  const seen = done.filter(({ dueUs }) => dueUs >= fromUs);
  const latencies = seen.map(({ dueUs, endUs }) => (endUs - dueUs) / 1_000);
  const arrivalRps = run.requests.filter(({ dueUs }) => dueUs >= fromUs).length / spanS;
  const throughputRps = done.filter(({ endUs }) => endUs >= fromUs && endUs < toUs).length / spanS;
  const inFlightUs = done.reduce((sum, { dueUs, endUs }) => sum + Math.max(0, Math.min(toUs, endUs) - Math.max(fromUs, dueUs)), 0);
  const serverCpu = (closed.server.cpuUs - opened.server.cpuUs) / (closed.atUs - opened.atUs);
  const meanMs = meanOf(latencies);
  const quantile = quantiles(latencies);
  return {
    arrivalRps: round(arrivalRps, 3), throughputRps: round(throughputRps, 3), n: seen.length, notOk: run.requests.length - done.length,
    meanMs: round(meanMs, 3), p50Ms: quantile(0.5), p90Ms: quantile(0.9), p95Ms: quantile(0.95), p99Ms: quantile(0.99), maxMs: quantile(1),
    meanInFlight: round(inFlightUs / (toUs - fromUs), 4), littleLawL: round((arrivalRps * meanMs) / 1_000, 4),
    meanWorkMs: round(meanOf(seen.map(({ workUs }) => workUs / 1_000)), 4),
    meanSvcMs: round(meanOf(seen.map(({ burnUs, burntUs }) => (burntUs - burnUs) / 1_000)), 4),
    meanQueueMs: round(meanOf(seen.map(({ readUs, burnUs }) => (burnUs - readUs) / 1_000)), 4),
    serverCpu: round(serverCpu, 4), cpuPerReqMs: throughputRps > 0 ? round((serverCpu * 1_000) / throughputRps, 4) : 0,
    ctlCpu: round((closed.clientUs - opened.clientUs) / (closed.atUs - opened.atUs), 4),
    ...(quota
      ? { nrPeriods: closed.server.periods - opened.server.periods, nrThrottled: closed.server.throttledPeriods - opened.server.throttledPeriods, throttledS: round((closed.server.throttledUs - opened.server.throttledUs) / 1e6, 4) }
      : {}),
  };
}

const meanOf = (values: readonly number[]) => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);

/** Nearest rank, as the laboratory has it. */
function quantiles(values: readonly number[]): (q: number) => number {
  const sorted = Float64Array.from(values).sort((a, b) => a - b);
  return (q) => round(sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0, 3);
}

export function round(value: number, digits: number): number {
  let scale = 1;
  for (let i = 0; i < digits; i += 1) scale *= 10;
  return Math.round(value * scale) / scale;
}
