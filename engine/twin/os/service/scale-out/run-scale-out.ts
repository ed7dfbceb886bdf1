/**
 * The twin of a scale-out record. The speed of the host comes from the probe of one replica where the record tells its
 * capacity; the twin plays the same probe. Backlog, drain and latencies around the scale-out follow from the mechanism.
 */
import { drawWorkMs, mulberry32 } from '../../cpu/lab/lab-arrivals';
import { drawRequests } from '../draw-requests';
import { round } from '../summarize-load';
import type { OfferedRequest } from '../service-scenario';
import { playScaleOut, type PlayedScaleOut } from './play-scale-out';
import type { PhaseSummary, ReplicaMarks, ScaleOutRecord, ScaleOutRepeat, ScaleOutRun } from './scale-out-scenario';

const PROBE = { concurrency: 3, durationS: 2, seed: 5, works: 20_000 } as const;
/** A nominal millisecond on the project's recording host without any calibration: mean of the D records. */
const SPEED_DEFAULT = 1.008;
const SEEDS_PER_RUN = 1_000;
const FEW = 2;

export function runScaleOut(record: ScaleOutRecord, seed: number): ScaleOutRun[] {
  return record.repeats.map((repeat) => {
    const at = { scenario: record.scenario, facts: record.host, seed: seed * SEEDS_PER_RUN + repeat.rep };
    const own = probed(record, at.seed, SPEED_DEFAULT);
    const workScale = repeat.capacityRps === undefined ? SPEED_DEFAULT : (SPEED_DEFAULT * own) / repeat.capacityRps;
    const played = playScaleOut({ ...at, offer: { requests: repeat.offered ?? drawn(record, repeat) }, workScale });
    return summarize(record, repeat, played, repeat.capacityRps ?? own);
  });
}

function drawn({ scenario }: ScaleOutRecord, { rep }: ScaleOutRepeat): OfferedRequest[] {
  const { profile, durationS, loadgen, work, seed } = scenario;
  return drawRequests({ profile, durationS, arrival: loadgen.arrival ?? 'poisson', works: [work], seed: 100 * rep + seed }).map(({ atUs, worksUs }) => ({ atUs, workUs: worksUs[0]! }));
}

/** Requests per second of one replica in a closed loop. */
function probed({ scenario, host }: ScaleOutRecord, seed: number, workScale: number): number {
  const unit = mulberry32(PROBE.seed);
  const worksUs = Array.from({ length: PROBE.works }, () => drawWorkMs(unit, scenario.work) * 1_000);
  const { run } = playScaleOut({ scenario, facts: host, seed, workScale, offer: { concurrency: PROBE.concurrency, durationS: PROBE.durationS, worksUs } });
  const lastUs = Math.max(...run.requests.map(({ endUs }) => endUs));
  return run.requests.length / ((lastUs - run.startUs) / 1e6);
}

function summarize({ scenario }: ScaleOutRecord, { rep }: ScaleOutRepeat, { run, starts }: PlayedScaleOut, capacityRps: number): ScaleOutRun {
  const seconds = (us: number) => (us - run.startUs) / 1e6;
  const requests = run.requests.map(({ dueUs, endUs }, id) => ({ atS: seconds(dueUs), endS: seconds(endUs), server: run.balancer!.serverOf[id] }));
  const marks = Object.fromEntries(starts.flatMap((start, i): [string, ReplicaMarks][] => {
    if (start === undefined || !(start.healthyUs <= Infinity)) return [];
    const first = Math.min(...requests.filter(({ server }) => server === i).map(({ endS }) => endS));
    const at = (us: number) => round(seconds(us), 4);
    return [[`r${i + 1}`, { decidedS: at(start.decidedUs), spawnedS: at(start.spawnedUs), listeningS: at(start.listeningUs), healthyS: at(start.healthyUs), enabledS: at(start.healthyUs), inRotationS: at(start.healthyUs), firstAnswerS: first < Infinity ? round(first, 4) : null }]];
  }));
  const lastIn = Math.max(0, ...Object.values(marks).map(({ firstAnswerS }) => firstAnswerS ?? 0));
  const base = scenario.scaleAtS[0] ?? scenario.durationS;
  const { drainedS, maxInFlight } = backlog(requests, lastIn);
  const phase = (fromS: number, toS: number) => phaseSummary(requests, fromS, toS);
  return {
    rep, oneReplicaCapacityRps: round(capacityRps, 2), marks, drainedS, maxInFlight, before: phase(1, base), during: phase(base, lastIn),
    after: phase(Math.min(scenario.durationS - 5, Math.max(lastIn + 5, (drainedS ?? lastIn) + 1)), scenario.durationS), notOk: requests.filter(({ endS }) => !(endS <= Infinity)).length,
  };
}

type Answered = { readonly atS: number; readonly endS: number };

/** When, after `fromS`, first no more than a few requests were open, and the most that ever were. */
function backlog(requests: readonly Answered[], fromS: number): { readonly drainedS: number | null; readonly maxInFlight: number } {
  const changes = requests.flatMap(({ atS, endS }, id) => [{ atS, by: 1, id }, ...(endS <= Infinity ? [{ atS: endS, by: -1, id }] : [])]).sort((a, b) => a.atS - b.atS || a.id - b.id);
  let open = 0;
  let maxInFlight = 0;
  let drainedS: number | null = null;
  for (const { atS, by } of changes) {
    open += by;
    maxInFlight = Math.max(maxInFlight, open);
    if (drainedS === null && atS > fromS && open <= FEW) drainedS = round(atS, 3);
  }
  return { drainedS, maxInFlight };
}

function phaseSummary(requests: readonly Answered[], fromS: number, toS: number): PhaseSummary {
  const latencies = requests.filter(({ atS, endS }) => atS >= fromS && atS < toS && endS <= Infinity).map(({ atS, endS }) => (endS - atS) * 1_000).sort((a, b) => a - b);
  const done = requests.filter(({ endS }) => endS >= fromS && endS < toS).length;
  const rank = (q: number) => round(latencies[Math.min(latencies.length - 1, Math.max(0, Math.ceil(q * latencies.length) - 1))] ?? 0, 2);
  const mean = latencies.length === 0 ? 0 : latencies.reduce((sum, ms) => sum + ms, 0) / latencies.length;
  return { fromS: round(fromS, 2), toS: round(toS, 2), n: latencies.length, throughputRps: toS > fromS ? round(done / (toS - fromS), 2) : 0, meanMs: round(mean, 2), p50Ms: rank(0.5), p95Ms: rank(0.95), p99Ms: rank(0.99) };
}
