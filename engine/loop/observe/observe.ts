/**
 * Observe: the last seconds of frames as one picture per service. A quantity that no frame of the window
 * measured stays null; means are over the frames that did.
 */
import { mean, type TimeUs } from '@/engine/kernel';
import type { Frame, ServiceSample } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import type { LoopPolicy } from '../policy';
import { latestFrames } from './frame-seconds';
import { observeHosts, type HostObservation } from './observe-hosts';
import { observeMesh, type MeshObservation } from './observe-mesh';

export type ServiceObservation = {
  readonly service: string;
  readonly frames: number;
  readonly offeredRps: number | null;
  readonly servedRps: number | null;
  readonly errorShare: number | null;
  readonly latencyMeanMs: number | null;
  readonly latencyP95Ms: number | null;
  readonly cpuCores: number | null;
  /** Cores the ready replicas may use: lanes or quota, whichever is less. */
  readonly capacityCores: number | null;
  readonly utilization: number | null;
  readonly throttledShare: number | null;
  readonly replicas: number | null;
  readonly replicasReady: number | null;
  readonly quotaMillicores: number | null;
  /** Share of the measured time that missed the service's objective; null without an objective or data. */
  readonly badShare: number | null;
};

export type Observation = { readonly atUs: TimeUs; readonly windowSeconds: number; readonly frames: number; readonly services: readonly ServiceObservation[]; /** Null without a mesh and identities. */ readonly mesh: MeshObservation | null; /** Left out without hosts. */ readonly hosts?: readonly HostObservation[] };

/** `frames` oldest first; those older than the policy's window before the last one are not looked at. */
export function observe(frames: readonly Frame[], system: SystemSpec, policy: LoopPolicy): Observation {
  const last = frames.at(-1);
  const atUs = last?.atUs ?? (0 as TimeUs);
  const window = latestFrames(frames, policy.windowSeconds);
  const history = frames.slice(0, frames.length - window.length);
  const hosts = observeHosts(frames, policy.windowSeconds);
  const names = [...new Set(window.flatMap((frame) => frame.services.map((s) => s.service)))];
  return { atUs, windowSeconds: policy.windowSeconds, frames: window.length, services: names.map((name) => observeService(name, window, system, policy)), mesh: observeMesh(window, history), ...(hosts.length === 0 ? {} : { hosts }) };
}

function observeService(name: string, window: readonly Frame[], system: SystemSpec, policy: LoopPolicy): ServiceObservation {
  const samples = window.flatMap((frame) => frame.services.filter((s) => s.service === name));
  const average = (of: (s: ServiceSample) => number | null) => {
    const values = samples.flatMap((s) => of(s) ?? []);
    return values.length === 0 ? null : mean(values);
  };
  const latest = (of: (s: ServiceSample) => number | null) => samples.findLast((s) => of(s) !== null) ?? null;
  const served = average((s) => s.servedRps);
  const errors = average((s) => s.errorRps);
  const cpuCores = average((s) => s.cpuCores);
  const replicasReady = latest((s) => s.replicasReady)?.replicasReady ?? null;
  const quotaMillicores = samples.at(-1)?.quotaMillicores ?? null;
  const spec = system.services.find((s) => s.name === name);
  const capacityCores = spec === undefined || replicasReady === null ? null : replicasReady * Math.min(spec.lanes, quotaMillicores === null ? Infinity : quotaMillicores / 1_000);
  return {
    service: name,
    frames: samples.length,
    offeredRps: average((s) => s.offeredRps),
    servedRps: served,
    errorShare: served === null || errors === null || served + errors === 0 ? null : errors / (served + errors),
    latencyMeanMs: scaled(weightedMean(samples, (s) => s.latencyMeanUs), 0.001),
    latencyP95Ms: scaled(average((s) => s.latencyP95Us), 0.001),
    cpuCores,
    capacityCores,
    utilization: cpuCores === null || capacityCores === null || capacityCores === 0 ? null : cpuCores / capacityCores,
    throttledShare: average((s) => s.throttledShare),
    replicas: latest((s) => s.replicas)?.replicas ?? null,
    replicasReady,
    quotaMillicores,
    badShare: badShare(name, samples, policy),
  };
}

const scaled = (value: number | null, by: number) => (value === null ? null : value * by);

/** Mean over requests, not over seconds. */
function weightedMean(samples: readonly ServiceSample[], of: (s: ServiceSample) => number | null): number | null {
  let sum = 0;
  let weight = 0;
  for (const sample of samples) {
    const value = of(sample);
    if (value === null || sample.servedRps === null) continue;
    sum += value * sample.servedRps;
    weight += sample.servedRps;
  }
  return weight === 0 ? null : sum / weight;
}

function badShare(name: string, samples: readonly ServiceSample[], policy: LoopPolicy): number | null {
  const objective = policy.objectives.find((o) => o.service === name);
  if (objective === undefined) return null;
  const judged = samples.flatMap((s) => secondIsBad(s, objective.latencyP95MsMax, objective.errorShareMax) ?? []);
  return judged.length === 0 ? null : judged.filter(Boolean).length / judged.length;
}

/** Null when the second measured nothing: no traffic is no burn. */
export function secondIsBad(sample: ServiceSample, latencyP95MsMax: number, errorShareMax: number): boolean | null {
  const ended = (sample.servedRps ?? 0) + (sample.errorRps ?? 0);
  if (ended === 0 && sample.latencyP95Us === null) return null;
  return (sample.latencyP95Us ?? 0) / 1_000 > latencyP95MsMax || (ended > 0 && (sample.errorRps ?? 0) / ended > errorShareMax);
}
