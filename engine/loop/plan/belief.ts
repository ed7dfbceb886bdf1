/**
 * The loop's own twin: the calibrated system brought to the state that was last observed. It knows only
 * what telemetry says (never the true world, not even in simulation), so that a rehearsal in simulation,
 * in replay and live is the same act.
 */
import { exp, mean, nextNormal, randomStream, seconds, standardDeviation, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, compileWorld, takeFrames, type LoadSpec, type ServiceSpec, type SystemSpec, type World } from '@/engine/twin';
import type { Observation } from '../observe/observe';
import type { LoopPolicy } from '../policy';

/** Requests that the window needs before a service's CPU per request is believed over the calibration. */
const REQUESTS_MIN = 50;
/** How far one window may move the calibrated demand. */
const DRIFT_MAX = 3;

/** A world of `seed` whose last `warmSeconds` saw the observed load, standing at the present moment. */
export function believe(frames: readonly Frame[], observation: Observation, system: SystemSpec, policy: LoopPolicy, seed: number): World {
  const synced: SystemSpec = {
    nodes: system.nodes,
    services: system.services.map((service) => syncService(service, observation, policy)),
    loads: entriesOf(system).map((entry) => expectedLoad(entry, frames, policy, seed)),
    nodeLoss: system.nodeLoss,
  };
  const world = compileWorld(synced, seed);
  advanceWorld(world, seconds(policy.warmSeconds));
  takeFrames(world);
  return world;
}

export const entriesOf = (system: SystemSpec) => [...new Set(system.loads.map((load) => load.service))];

/** Replicas and quota as observed; CPU per request as measured, within limits, where enough was measured. */
function syncService(spec: ServiceSpec, observation: Observation, policy: LoopPolicy): ServiceSpec {
  const seen = observation.services.find((o) => o.service === spec.name);
  if (seen === undefined) return spec;
  const replicas = Math.max(1, Math.round(seen.replicasReady ?? seen.replicas ?? spec.replicas));
  const requests = (seen.servedRps ?? 0) * policy.windowSeconds;
  const measuredMs = seen.cpuCores === null || requests < REQUESTS_MIN ? null : (seen.cpuCores / seen.servedRps!) * 1_000;
  const meanMs = measuredMs === null ? spec.demand.meanMs : Math.min(spec.demand.meanMs * DRIFT_MAX, Math.max(spec.demand.meanMs / DRIFT_MAX, measuredMs));
  return { ...spec, replicas, replicasMax: Math.max(spec.replicasMax ?? 100, replicas), quotaMillicores: seen.quotaMillicores, demand: { ...spec.demand, meanMs } };
}

/**
 * The last `warmSeconds` as they were, then the present level times a factor of this seed: forecast error
 * of the level, lognormal, spread as the load itself spread between windows. All candidates of a seed see
 * the same load, so differences between them do not carry it.
 */
function expectedLoad(entry: string, frames: readonly Frame[], policy: LoopPolicy, seed: number): LoadSpec {
  const offered = offeredRps(frames, entry);
  const history = offered.slice(-policy.warmSeconds);
  const level = history.length === 0 ? 0 : mean(history.slice(-Math.ceil(policy.windowSeconds / 2)));
  const factor = exp(levelSpread(offered, policy) * nextNormal(randomStream(seed, `level/${entry}`)));
  const past = [...Array.from({ length: policy.warmSeconds - history.length }, () => history[0] ?? 0), ...history];
  return { service: entry, arrivals: 'poisson', profile: { kind: 'series', stepSeconds: 1, rps: [...past, level * factor] } };
}

/** Requests per second at the entry, second by second: as sent by clients where that is known. */
export function offeredRps(frames: readonly Frame[], entry: string): number[] {
  return frames.flatMap((frame) => {
    const sample = frame.services.find((s) => s.service === 'client') ?? frame.services.find((s) => s.service === entry);
    return sample?.offeredRps ?? [];
  });
}

/** Standard deviation of the log ratio between one stretch's level and the next one's; 5 % when unknown. */
function levelSpread(offered: readonly number[], policy: LoopPolicy): number {
  const stretch = policy.settleSeconds + policy.verifySeconds;
  const levels: number[] = [];
  for (let end = offered.length; end - stretch >= 0; end -= stretch) levels.unshift(mean(offered.slice(end - stretch, end)));
  const ratios = levels.slice(1).flatMap((level, i) => (level > 0 && levels[i]! > 0 ? [level / levels[i]! - 1] : []));
  return ratios.length < 2 ? 0.05 : Math.min(0.5, standardDeviation(ratios));
}

/** The present moment of a believed world. */
export const presentOf = (policy: LoopPolicy): TimeUs => seconds(policy.warmSeconds);
