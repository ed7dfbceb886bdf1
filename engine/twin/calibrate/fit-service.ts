/**
 * Fits one service, its callees being fitted already. CPU per request is a ratio of sums. Variability and
 * waiting time are what the queue does not explain: for each candidate of the variability the twin repeats
 * the recording without waiting time, the missing mean latency is the waiting time, and the candidate
 * whose p95 then comes closest is taken.
 */
import { log } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { ServiceSpec, SystemSpec } from '../system-spec';
import type { FittedService } from './calibration';
import { repeatRecording } from './recorded-run';
import { samplesOf, windowMeans, type WindowMeans } from './window-means';

const CV_CANDIDATES = [0, 0.3, 0.6, 0.9, 1.3];

export type FitResult = { readonly system: SystemSpec; readonly fitted: FittedService };

export function fitService(system: SystemSpec, entries: readonly string[], name: string, frames: readonly Frame[]): FitResult {
  const samples = samplesOf(frames, name);
  const requests = samples.reduce((sum, s) => sum + (s.servedRps ?? 0), 0);
  const cpu = samples.reduce((sum, s) => sum + (s.cpuCores === null || s.servedRps === null ? 0 : s.cpuCores), 0);
  const demandMs = requests === 0 ? 0 : (cpu / requests) * 1_000;
  const measured = windowMeans(samples);
  const tries = measured.latencyMeanMs === null ? [] : CV_CANDIDATES.map((cv) => tryVariability(system, entries, name, frames, measured, { demandMs, cv }));
  const best = tries.reduce<(typeof tries)[number] | null>((found, candidate) => (found === null || candidate.misfit < found.misfit ? candidate : found), null);
  const cv = best?.cv ?? 0;
  const waitMs = best?.waitMs ?? 0;
  const fitted = withService(system, name, { demand: { meanMs: demandMs, cv }, wait: { meanMs: waitMs, cv } });
  const spec = fitted.services.find((s) => s.name === name)!;
  const cores = Math.min(spec.lanes, spec.quotaMillicores === null || spec.quotaMillicores === undefined ? Infinity : spec.quotaMillicores / 1_000);
  return { system: fitted, fitted: { service: name, demandMs, cv, waitMs, capacityRps: demandMs === 0 ? null : (cores * 1_000) / demandMs, requests: Math.round(requests), measuredP95Ms: measured.latencyP95Ms } };
}

function tryVariability(system: SystemSpec, entries: readonly string[], name: string, frames: readonly Frame[], measured: WindowMeans, { demandMs, cv }: { demandMs: number; cv: number }) {
  const simulate = (waitMs: number) => windowMeans(samplesOf(repeatRecording(withService(system, name, { demand: { meanMs: demandMs, cv }, wait: { meanMs: waitMs, cv } }), entries, frames), name));
  const without = simulate(0);
  const waitMs = Math.max(0, measured.latencyMeanMs! - (without.latencyMeanMs ?? 0));
  const simulated = waitMs === 0 ? without : simulate(waitMs);
  return { cv, waitMs, misfit: distance(simulated.latencyMeanMs, measured.latencyMeanMs) + distance(simulated.latencyP95Ms, measured.latencyP95Ms) };
}

/** Distance of two positive numbers on the log scale; a missing one counts as a factor of e. */
const distance = (a: number | null, b: number | null) => (a === null || b === null || a <= 0 || b <= 0 ? 1 : Math.abs(log(a / b)));

export const withService = (system: SystemSpec, name: string, change: Partial<ServiceSpec>): SystemSpec => ({
  ...system,
  services: system.services.map((service) => (service.name === name ? { ...service, ...change } : service)),
});
