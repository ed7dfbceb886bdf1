/**
 * The twin of a service record: every repeat and load, with the recorded arrivals and works or, without a recording,
 * with those that the laboratory would draw. The CPU's speed comes from the repeat's closed-loop probe; where there is
 * none, the twin plays the probe itself to learn the capacity that the loads are shares of.
 */
import { drawWorkMs, mulberry32 } from '../cpu/lab/lab-arrivals';
import { drawRequests } from './draw-requests';
import { medianLoad } from './median-load';
import { playLoad, type LoadSpec } from './play-load';
import { RUNTIME } from './runtime-costs';
import { round, summarizeLoad, type LoadSummary } from './summarize-load';
import type { OfferedRequest, ServiceRecord, ServiceRepeat } from './service-scenario';

export type ServiceLoadRun = LoadSummary & { readonly rep: number; readonly load: number; readonly itersPerMs?: number; readonly capacityRps: number; readonly durationS: number; readonly offeredRps: number };

const SEEDS_PER_REPEAT = 1_000;
const PROBE_WARM_S = 0.5;
const PROBE_SEED = 50;
const LOADS_PER_REPEAT = 100;
const SEEDS_PER_DRAW = 1_000_000_000;
/** Draws of a load: more where the phase of a quota's period decides who waits. */
const DRAWS = 3;
const DRAWS_LIMITED = 9;
const PROBE_LOAD = 99;
/** More than a probe sends; after them it begins again. */
const PROBE_WORKS = 50_000;

export function runServiceExperiment(record: ServiceRecord, seed: number): ServiceLoadRun[] {
  const speeds = new Map(record.repeats.flatMap((repeat) => probedSpeed(record, repeat, seed)));
  return record.repeats.flatMap((repeat) => {
    const workScale = speedOf(speeds, repeat);
    const capacityRps = repeat.probe?.throughputRps ?? playProbe(record, repeat, seed, workScale).throughputRps;
    return record.scenario.loads.map((load, i): ServiceLoadRun => {
      const durationS = record.scenario.durationsS[i]!;
      const offeredRps = capacityRps * load;
      const requests = repeat.offered[i] ?? drawn(record, repeat, i, offeredRps);
      return { rep: repeat.rep, load, ...(repeat.itersPerMs === undefined ? {} : { itersPerMs: repeat.itersPerMs }), capacityRps, durationS, offeredRps: round(offeredRps, 3), ...drawnOften(record, { offer: { requests }, warmS: record.scenario.warmS, durationS, workScale, seed: seedOf(seed, repeat, i) }) };
    });
  });
}

type Play = Pick<LoadSpec, 'offer' | 'warmS' | 'durationS' | 'workScale' | 'seed'>;

const seedOf = (seed: number, { rep }: ServiceRepeat, load: number) => (seed * SEEDS_PER_REPEAT + rep) * LOADS_PER_REPEAT + load;

function play({ scenario, host }: ServiceRecord, spec: Play): LoadSummary {
  return summarizeLoad(playLoad({ scenario, facts: host, ...spec }), { ...spec, quota: scenario.server.quotaUs !== undefined });
}

function drawnOften(record: ServiceRecord, spec: Play): LoadSummary {
  const draws = record.scenario.server.quotaUs === undefined ? DRAWS : DRAWS_LIMITED;
  return medianLoad(Array.from({ length: draws }, (_, draw) => play(record, { ...spec, seed: spec.seed + draw * SEEDS_PER_DRAW })));
}

function playProbe(record: ServiceRecord, repeat: ServiceRepeat, seed: number, workScale: number): LoadSummary {
  return play(record, { offer: closedLoop(record, repeat), warmS: PROBE_WARM_S, durationS: record.scenario.probe.durationS, workScale, seed: seedOf(seed, repeat, PROBE_LOAD) });
}

function drawn({ scenario }: ServiceRecord, { rep }: ServiceRepeat, i: number, rps: number): OfferedRequest[] {
  const durationS = scenario.durationsS[i]!;
  return drawRequests({ profile: [[0, rps], [durationS, rps]], durationS, arrival: scenario.loadgen.arrival ?? 'poisson', works: [scenario.work], seed: 1_000 * rep + 10 * i }).map(({ atUs, worksUs }) => ({ atUs, workUs: worksUs[0]! }));
}

function closedLoop({ scenario }: ServiceRecord, { rep }: ServiceRepeat) {
  const unit = mulberry32(PROBE_SEED + rep);
  return { concurrency: scenario.probe.concurrency, worksUs: Array.from({ length: PROBE_WORKS }, () => Math.round(drawWorkMs(unit, scenario.work) * 1_000)) };
}

/** CPU time per nominal work: the probe's, drawn towards the mean of all repeats as far as such differences pass. */
function speedOf(speeds: ReadonlyMap<number, number>, { rep }: ServiceRepeat): number {
  const own = speeds.get(rep);
  if (own === undefined) return 1;
  const mean = [...speeds.values()].reduce((sum, speed) => sum + speed, 0) / speeds.size;
  return mean + RUNTIME.speedPersistence * (own - mean);
}

/** The probe's CPU per request less what the twin's own probe spends beside the work. */
function probedSpeed(record: ServiceRecord, repeat: ServiceRepeat, seed: number): [number, number][] {
  const { probe } = repeat;
  if (probe === undefined) return [];
  const own = playProbe(record, repeat, seed, 1);
  return [[repeat.rep, (probe.cpuPerReqMs - (own.cpuPerReqMs - own.meanWorkMs)) / probe.meanWorkMs]];
}
