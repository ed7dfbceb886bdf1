/**
 * The six figures beside the map, for the second the time cursor stands on: what it was, its range lately or
 * its predicted band, what the baseline has at the same second, and how it was worked out.
 */
import { formatCount } from '@/app/_lib/format/quantity';
import { frameAt, secondsOf, type Answer } from '@/app/_lib/live-world/live-world-state';
import type { ObjectiveSpec, ScenarioSpec } from '@/engine/scenario';
import type { Frame, ServiceSample } from '@/engine/telemetry';
import { rollingMean, SMOOTH_SECONDS } from './rolling-mean';

export type NowKpi = {
  readonly key: 'p99' | 'budget' | 'cost' | 'energy' | 'mesh' | 'replicas';
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  readonly digits: number;
  readonly band: { readonly lower: number; readonly upper: number } | null;
  readonly n: { readonly count: number; readonly of: string } | null;
  readonly ghost: number | null;
  readonly formula: string;
  readonly query: string;
  readonly recent: readonly (number | null)[];
  readonly tone: 'plain' | 'watch' | 'bad';
};

export const RECENT_SECONDS = 60;
const BUDGET_WINDOW_SECONDS = 300;

const clientOf = (frame: Frame) => frame.services.find((sample) => sample.service === 'client');
export const clientP99Ms = (frame: Frame): number | null => {
  const us = clientOf(frame)?.latencyP99Us;
  return us === null || us === undefined ? null : us / 1e3;
};

const routedOf = (spec: ScenarioSpec) => (frame: Frame) => {
  const gateways = new Set(spec.system.mesh?.routers.flatMap((router) => (router.gateway === true ? [router.name] : [])));
  return frame.mesh === null ? null : frame.mesh.routes.filter((route) => !gateways.has(route.router) && route.nextHop !== null).length;
};

/** Smallest and largest of what was measured lately; null before there is anything. */
function rangeOf(values: readonly (number | null)[]): { lower: number; upper: number } | null {
  const present = values.filter((value) => value !== null);
  return present.length < 2 ? null : { lower: Math.min(...present), upper: Math.max(...present) };
}

/** Share of the error budget that is left: 1 when nothing failed, 0 when it is used up, negative beyond. */
export function budgetLeft(frames: readonly Frame[], availabilityMin: number): { readonly left: number | null; readonly ended: number } {
  let [ended, failed] = [0, 0];
  for (const frame of frames) {
    const client = clientOf(frame);
    const seconds = frame.windowUs / 1e6;
    ended += ((client?.servedRps ?? 0) + (client?.errorRps ?? 0)) * seconds;
    failed += (client?.errorRps ?? 0) * seconds;
  }
  return { left: ended === 0 ? null : 1 - failed / ended / (1 - availabilityMin), ended: Math.round(ended) };
}

const objective = <Kind extends ObjectiveSpec['kind']>(spec: ScenarioSpec, kind: Kind) => spec.objectives?.find((o): o is Extract<ObjectiveSpec, { kind: Kind }> => o.kind === kind);

export function p99LimitMs(spec: ScenarioSpec): number | null {
  const found = spec.objectives?.find((o) => o.kind === 'latency' && o.quantile === 0.99);
  return found?.kind === 'latency' ? found.maxMs : null;
}

/** Sum over the services that know it; null when none does. */
function totalOf(frame: Frame, of: (sample: ServiceSample) => number | null): number | null {
  const known = frame.services.flatMap((sample) => of(sample) ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function predictedP99({ whatIf }: Answer, at: number) {
  const band = whatIf.bands.variant.find((candidate) => candidate.service === 'client');
  const i = band?.atSeconds.findIndex((second) => Math.abs(second - at) < 0.5) ?? -1;
  if (band === undefined || i < 0) return null;
  const last = (values: readonly (number | null)[]) => rollingMean(values.slice(0, i + 1)).at(-1) ?? null;
  const [lower, upper] = [last(band.lowerMs), last(band.upperMs)];
  return lower === null || upper === null ? null : { lower, upper };
}

export function readKpis(spec: ScenarioSpec, frames: readonly Frame[], frame: Frame, answer: Answer | null): readonly NowKpi[] {
  const at = secondsOf(frame);
  const until = frames.filter((candidate) => secondsOf(candidate) <= at + 1e-6);
  const recent = until.slice(-RECENT_SECONDS);
  const covered = answer !== null && at > answer.step.at && at <= secondsOf(answer.whatIf.baseline.at(-1) ?? frame);
  const before = covered ? frameAt(answer.whatIf.baseline, at) : null;
  const seconds = { count: recent.length, of: 's' };
  const availability = objective(spec, 'availability')?.min ?? 0.999;
  const [limitMs, limitUsd] = [p99LimitMs(spec), objective(spec, 'cost')?.maxUsdPerHour ?? Infinity];
  const budgetFrames = until.slice(-BUDGET_WINDOW_SECONDS);
  const budget = budgetLeft(budgetFrames, availability);
  const routed = routedOf(spec);
  const gateways = (spec.system.mesh?.routers ?? []).flatMap((router) => (router.gateway === true ? [`'${router.name.replaceAll("'", "''")}'`] : []));
  const exceptGateways = gateways.length === 0 ? '' : ` AND router NOT IN (${gateways.join(', ')})`;
  const routers = (spec.system.mesh?.routers ?? []).filter((router) => router.gateway !== true).length;
  const line = (of: (frame: Frame) => number | null) => ({ value: of(frame), recent: recent.map(of), ghost: before === null ? null : of(before) });
  const smooth = (values: readonly (number | null)[]) => rollingMean(values);
  const p99Recent = smooth(recent.map(clientP99Ms));
  const p99Before = before === null || answer === null ? null : (smooth(answer.whatIf.baseline.filter((f) => secondsOf(f) <= at + 1e-6).map(clientP99Ms)).at(-1) ?? null);
  const p99 = { value: p99Recent.at(-1) ?? null, recent: p99Recent, ghost: p99Before };
  const cost = line((f) => f.usdPerHour);
  const metered = spec.system.nodes.some((node) => node.maxWatts !== undefined);
  const energy = line((f) => (metered ? f.watts : null));
  const mesh = line(routed);
  const ready = line((f) => totalOf(f, (sample) => sample.replicasReady));
  const all: readonly NowKpi[] = [
    {
      key: 'p99', label: 'p99 latency', unit: 'ms', digits: 0, ...p99,
      band: covered ? predictedP99(answer, at) : rangeOf(p99.recent),
      n: covered ? { count: answer.whatIf.comparison.seeds.length, of: 'runs' } : { count: Math.round((clientOf(frame)?.servedRps ?? 0) * (frame.windowUs / 1e6)), of: 'requests' },
      formula: 'The response time that 99 of 100 requests of a second stayed below, seen by the clients, as the mean of the last 10 s. Its band is the lowest and highest of the paired runs; without a what-if, of the last minute.',
      query: `SELECT avg(latency_p99_us) / 1e3 FROM frame_service WHERE run_id = $run AND service = 'client' AND at_us > $at - ${SMOOTH_SECONDS}000000 AND at_us <= $at`,
      tone: p99.value !== null && limitMs !== null && p99.value > limitMs ? 'bad' : 'plain',
    },
    {
      key: 'budget', label: 'Error budget left', unit: '%', digits: 0, value: budget.left === null ? null : budget.left * 100, recent: [], ghost: null,
      band: null,
      n: { count: budget.ended, of: 'requests' },
      formula: `1 − failed ÷ ended ÷ (1 − ${availability}), over the last ${BUDGET_WINDOW_SECONDS / 60} minutes. Below 0 the objective of ${availability * 100} % is missed.`,
      query: `SELECT 100 * (1 - sum(error_rps) / sum(served_rps + error_rps) / (1 - ${availability})) FROM frame_service WHERE run_id = $run AND service = 'client' AND at_us > $at - ${BUDGET_WINDOW_SECONDS}000000 AND at_us <= $at`,
      tone: budget.left === null || budget.left > 0.5 ? 'plain' : budget.left > 0 ? 'watch' : 'bad',
    },
    {
      key: 'cost', label: 'Cost', unit: '$/h', digits: 3, ...cost, band: rangeOf(cost.recent), n: seconds,
      formula: 'Sum over the nodes on the bill of their price per hour. A node that died is still paid for; a removed one is not.',
      query: 'SELECT usd_per_hour FROM frame WHERE run_id = $run AND at_us = $at',
      tone: cost.value !== null && cost.value > limitUsd ? 'watch' : 'plain',
    },
    {
      key: 'energy', label: 'Power', unit: 'W', digits: 0, ...energy, band: rangeOf(energy.recent), n: seconds,
      formula: 'Per node that is up: idle power plus (full − idle) × utilisation; summed.',
      query: 'SELECT watts FROM frame WHERE run_id = $run AND at_us = $at',
      tone: 'plain',
    },
    {
      key: 'mesh', label: 'Mesh routed', unit: `of ${routers} routers`, digits: 0, ...mesh, band: rangeOf(mesh.recent), n: seconds,
      formula: 'Routers that have a next hop towards a gateway right now, gateways not counted.',
      query: `SELECT count(*) FROM frame_mesh WHERE run_id = $run AND at_us = $at AND next_hop IS NOT NULL${exceptGateways}`,
      tone: mesh.value !== null && mesh.value < routers ? 'bad' : 'plain',
    },
    {
      key: 'replicas', label: 'Replicas ready', unit: `of ${formatCount(totalOf(frame, (sample) => sample.replicas))}`, digits: 0, ...ready, band: rangeOf(ready.recent), n: seconds,
      formula: 'Replicas of all services that take requests right now; the others are starting, pending or lost.',
      query: 'SELECT sum(replicas_ready) FROM frame_service WHERE run_id = $run AND at_us = $at',
      tone: (ready.value ?? 0) < (totalOf(frame, (sample) => sample.replicas) ?? 0) ? 'watch' : 'plain',
    },
  ];
  return all.filter((kpi) => kpi.key !== 'mesh' || routers > 0);
}
