/** The median of every number over several draws of one load: what nobody can know (phase of the period, other processes) is drawn, and the middle errs least. */
import type { LoadSummary } from './summarize-load';

export function medianLoad(draws: readonly LoadSummary[]): LoadSummary {
  const [first] = draws;
  if (first === undefined || draws.length === 1) return first!;
  const median = (read: (draw: LoadSummary) => number) => draws.map(read).sort((a, b) => a - b)[(draws.length - 1) >> 1]!;
  const limited = first.nrPeriods === undefined ? {} : { nrPeriods: median((draw) => draw.nrPeriods ?? 0), nrThrottled: median((draw) => draw.nrThrottled ?? 0), throttledS: median((draw) => draw.throttledS ?? 0) };
  return {
    arrivalRps: first.arrivalRps, n: first.n, meanWorkMs: first.meanWorkMs,
    throughputRps: median((draw) => draw.throughputRps), notOk: median((draw) => draw.notOk),
    meanMs: median((draw) => draw.meanMs), p50Ms: median((draw) => draw.p50Ms), p90Ms: median((draw) => draw.p90Ms), p95Ms: median((draw) => draw.p95Ms), p99Ms: median((draw) => draw.p99Ms), maxMs: median((draw) => draw.maxMs),
    meanInFlight: median((draw) => draw.meanInFlight), littleLawL: median((draw) => draw.littleLawL), meanSvcMs: median((draw) => draw.meanSvcMs), meanQueueMs: median((draw) => draw.meanQueueMs),
    serverCpu: median((draw) => draw.serverCpu), cpuPerReqMs: median((draw) => draw.cpuPerReqMs), ctlCpu: median((draw) => draw.ctlCpu), ...limited,
  };
}
