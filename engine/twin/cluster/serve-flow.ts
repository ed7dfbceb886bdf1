/**
 * Requests as a flow: over one step the load of a workload meets its ready pods as an M/M/c queue. What they cannot
 * do waits and is done later; what waited longer than clients do has failed. Utilisation is what the metrics
 * server reads next. Flow and single requests agree while a step is long against a request (see the tests).
 */
import { addValue, erlangC, log, nextNormal, sineOfTurns, US_PER_HOUR, US_PER_SECOND } from '@/engine/kernel';
import { NodePhase, type ClusterRun, type Workload } from './cluster-run';

const PATIENCE_SECONDS = 30;
const HOURS_PER_DAY = 24;
/** Latencies are entered once a minute per workload, at these quantiles: each stands for its share of the requests. */
const ENTERED = [0.125, 0.375, 0.625, 0.875, 0.97] as const;
const ENTERED_EVERY_STEPS = 4;

export function serveFlow(run: ClusterRun): void {
  const now = run.queue.now;
  const seconds = (now - run.lastFlowUs) / US_PER_SECOND;
  run.lastFlowUs = now;
  for (const workload of run.workloads) serveWorkload(run, workload, now, seconds);
  payNodes(run, seconds);
}

export function offeredRps({ spec: { load }, noise }: Workload, nowUs: number): number {
  const turns = (nowUs / US_PER_HOUR - load.peakHour) / HOURS_PER_DAY + 0.25;
  return Math.max(0, load.meanRps * (1 + load.dayAmplitude * sineOfTurns(turns - Math.floor(turns))) * (1 + load.noise * nextNormal(noise)));
}

function serveWorkload(run: ClusterRun, workload: Workload, now: number, seconds: number): void {
  const { spec, ready } = workload;
  const { totals } = run;
  const rps = offeredRps(workload, now);
  const limitMillicores = spec.cpuLimitMillicores ?? 2 * spec.cpuMillicores;
  const rpsPerPod = limitMillicores / spec.cpuMsPerRequest; // millicores over ms of CPU are requests a second
  const demand = rps * seconds + workload.backlog;
  const served = Math.min(demand, ready * rpsPerPod * seconds);
  const patience = ready * rpsPerPod * PATIENCE_SECONDS;
  const left = demand - served;
  workload.backlog = Math.min(left, patience);
  totals.requests += served;
  totals.failed += left - workload.backlog;
  totals.podSeconds += ready * seconds;
  totals.cpuCoreSeconds += (served * spec.cpuMsPerRequest) / 1_000;
  workload.scrapedMillicores = ready === 0 ? 0 : (served / seconds) * (spec.cpuMsPerRequest / ready);
  workload.scrapedReady = ready;
  workload.scrapedAtUs = now;
  if (ready > 0 && served > 0 && (workload.index + Math.round(now / (seconds * US_PER_SECOND))) % ENTERED_EVERY_STEPS === 0) enterLatencies(run, workload, Math.min(rps, served / seconds), rpsPerPod);
}

/** Service at the pod's speed, plus the wait of M/M/c, plus the backlog in front. */
function enterLatencies({ totals }: ClusterRun, { ready, backlog }: Workload, rps: number, rpsPerPod: number): void {
  const spare = ready * rpsPerPod - rps;
  const serviceUs = US_PER_SECOND / rpsPerPod;
  const waits = spare <= 0 ? 1 : erlangC(rps / rpsPerPod, ready);
  const behindUs = (backlog * US_PER_SECOND) / (ready * rpsPerPod);
  for (const q of ENTERED) {
    const waitUs = spare <= 0 || 1 - q >= waits ? 0 : (log(waits / (1 - q)) / spare) * US_PER_SECOND;
    addValue(totals.latency, -log(1 - q) * serviceUs + waitUs + behindUs);
  }
}

function payNodes({ nodes, pools, totals }: ClusterRun, seconds: number): void {
  for (let node = 0; node < nodes.phase.length; node += 1) {
    const phase = nodes.phase[node]!;
    if (phase === NodePhase.absent) continue;
    totals.usd += (pools[nodes.pool[node]!]!.usdPerHour * seconds) / 3_600;
    totals.nodeSeconds += seconds;
  }
}
