/**
 * The loop's own twin: the calibrated system brought to the state that was last observed. It knows only
 * what telemetry says (never the true world, not even in simulation), so that a rehearsal in simulation,
 * in replay and live is the same act.
 */
import { exp, mean, nextNormal, randomStream, seconds } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, compileWorld, rateAt, takeFrames, type LoadSpec, type ServiceSpec, type SystemSpec, type World } from '@/engine/twin';
import { perSecond } from '../../observe/frame-seconds';
import type { Observation, ServiceObservation } from '../../observe/observe';
import type { LoopPolicy } from '../../policy';
import { breakAsSeen, observedMesh } from './believe-mesh';
import { seenNodes } from './believe-nodes';
import { expectationSpread, expectLoad } from './expect-load';

/** Requests that the window needs before a service's CPU per request is believed over the calibration. */
const REQUESTS_MIN = 50;
/** Above this utilisation a queue explains much of the latency, and nothing is concluded about waiting. */
const BUSY_MAX = 0.5;
const WAIT_CHANGE_MS = 5;
/** How far one window may move the calibrated demand. */
const DRIFT_MAX = 3;

/** A world of `seed` whose last `warmSeconds` saw the observed load, standing at the present moment. */
export function believe(frames: readonly Frame[], observation: Observation, system: SystemSpec, policy: LoopPolicy, seed: number): World {
  const synced: SystemSpec = {
    nodes: seenNodes(system, frames),
    services: system.services.map((service) => syncService(service, observation, policy)),
    loads: entriesOf(system).map((entry) => expectedLoad(entry, frames, policy, seed)),
    cluster: system.cluster,
    nodeLoss: system.nodeLoss,
  };
  const world = compileWorld(synced, seed);
  advanceWorld(world, seconds(policy.warmSeconds));
  takeFrames(world);
  return world;
}

/** The same with the mesh and the identities as observed, for proposals that change them; loads enter where the system says. */
export function believeWithMesh(frames: readonly Frame[], observation: Observation, system: SystemSpec, policy: LoopPolicy, seed: number): World {
  const loads = entriesOf(system).flatMap((entry) => {
    const expected = expectedLoad(entry, frames, policy, seed);
    const own = system.loads.filter((load) => load.service === entry);
    const total = own.reduce((sum, load) => sum + usualRps(load), 0);
    return own.map((load): LoadSpec => ({ ...expected, router: load.router, profile: scaledSeries(expected, total === 0 ? 1 / own.length : usualRps(load) / total) }));
  });
  const seen = observation.mesh;
  const mesh = system.mesh === undefined || seen === null ? system.mesh : observedMesh(system.mesh, seen);
  const world = compileWorld({ ...system, nodes: seenNodes(system, frames), services: system.services.map((service) => syncService(service, observation, policy)), loads, mesh }, seed);
  if (seen === null) advanceWorld(world, seconds(policy.warmSeconds));
  else breakAsSeen(world, seen, policy.warmSeconds);
  takeFrames(world);
  return world;
}

const usualRps = ({ profile }: LoadSpec) => (profile.kind === 'series' ? mean(profile.rps) : profile.kind === 'day' ? profile.meanRps : rateAt(profile, 0));
const scaledSeries = ({ profile }: LoadSpec, share: number): LoadSpec['profile'] => (profile.kind === 'series' ? { ...profile, rps: profile.rps.map((rps) => rps * share) } : profile);

export const entriesOf = (system: SystemSpec) => [...new Set(system.loads.map((load) => load.service))];

/** Replicas and quota as observed; CPU per request as measured, within limits, where enough was measured. */
function syncService(spec: ServiceSpec, observation: Observation, policy: LoopPolicy): ServiceSpec {
  const seen = observation.services.find((o) => o.service === spec.name);
  if (seen === undefined) return spec;
  const replicas = Math.max(1, Math.round(seen.replicasReady ?? seen.replicas ?? spec.replicas));
  const requests = (seen.servedRps ?? 0) * policy.windowSeconds;
  const measuredMs = seen.cpuCores === null || requests < REQUESTS_MIN ? null : (seen.cpuCores / seen.servedRps!) * 1_000;
  const meanMs = measuredMs === null ? spec.demand.meanMs : Math.min(spec.demand.meanMs * DRIFT_MAX, Math.max(spec.demand.meanMs / DRIFT_MAX, measuredMs));
  const waitMs = requests < REQUESTS_MIN ? null : waitNow(spec, seen, meanMs, observation);
  return { ...spec, replicas, replicasMax: Math.max(spec.replicasMax ?? 100, replicas), quotaMillicores: seen.quotaMillicores, demand: { ...spec.demand, meanMs }, ...(waitMs === null ? {} : { wait: { ...spec.wait, meanMs: waitMs } }) };
}

/**
 * Time without CPU, where it clearly left its calibrated value (a slow disk, a slow dependency): what the
 * measured latency has beyond CPU, M/M/1 queueing and the calls below. Null while queueing could explain it.
 */
function waitNow(spec: ServiceSpec, seen: ServiceObservation, demandMs: number, observation: Observation): number | null {
  const busy = seen.utilization;
  if (seen.latencyMeanMs === null || busy === null || busy > BUSY_MAX) return null;
  const below = (spec.calls ?? []).reduce((sum, call) => sum + call.perRequest * (observation.services.find((o) => o.service === call.service)?.latencyMeanMs ?? 0), 0);
  const waitMs = Math.max(0, seen.latencyMeanMs - below - demandMs / (1 - busy));
  const usualMs = spec.wait?.meanMs ?? 0;
  return Math.abs(waitMs - usualMs) > Math.max(WAIT_CHANGE_MS, usualMs) ? waitMs : null;
}

/**
 * The last `warmSeconds` as they were, then the expected load times a factor of this seed, lognormal, as
 * wide as expectations were wrong before. All candidates of a seed see the same load, so differences
 * between them do not carry it.
 */
function expectedLoad(entry: string, frames: readonly Frame[], policy: LoopPolicy, seed: number): LoadSpec {
  const offered = offeredRps(frames, entry);
  const horizon = policy.settleSeconds + policy.verifySeconds;
  const history = offered.slice(-policy.warmSeconds);
  const factor = exp(expectationSpread(offered, horizon) * nextNormal(randomStream(seed, `level/${entry}`)));
  const past = [...Array.from({ length: policy.warmSeconds - history.length }, () => history[0] ?? 0), ...history];
  return { service: entry, arrivals: 'poisson', profile: { kind: 'series', stepSeconds: 1, rps: [...past, ...expectLoad(offered, horizon).map((rps) => rps * factor)] } };
}

/** Requests per second at the entry, second by second: as sent by clients where that is known. */
export function offeredRps(frames: readonly Frame[], entry: string): number[] {
  return perSecond(frames, ({ services }) => (services.find((s) => s.service === 'client') ?? services.find((s) => s.service === entry))?.offeredRps ?? null);
}
