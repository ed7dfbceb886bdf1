/**
 * Which pods count: deleted and failed ones are left out; pending pods, and for CPU pods that are not warm
 * yet, count as unready; pods without a sample are missing. Source: `replica_calculator.go groupPods`.
 */
import type { HpaClock, HpaPod, PodSample } from './metric';

export type PodGroups = {
  readonly readyCount: number;
  readonly unready: readonly string[];
  readonly missing: readonly string[];
  readonly ignored: readonly string[];
};

export type SampleTime = Pick<PodSample, 'at' | 'windowSeconds'>;

export function groupPods(pods: readonly HpaPod[], samples: ReadonlyMap<string, SampleTime>, resource: string, clock: HpaClock): PodGroups {
  const unready: string[] = [];
  const missing: string[] = [];
  const ignored: string[] = [];
  let readyCount = 0;
  for (const pod of pods) {
    const sample = samples.get(pod.name);
    if (pod.terminating || pod.phase === 'Failed') ignored.push(pod.name);
    else if (pod.phase === 'Pending') unready.push(pod.name);
    else if (sample === undefined) missing.push(pod.name);
    else if (resource === 'cpu' && isCold(pod, sample, clock)) unready.push(pod.name);
    else readyCount += 1;
  }
  return { readyCount, unready, missing, ignored };
}

function isCold(pod: HpaPod, sample: SampleTime, { now, cpuInitializationSeconds, initialReadinessDelaySeconds }: HpaClock): boolean {
  if (pod.ready === null || pod.startTime === null) return true;
  if (pod.startTime + cpuInitializationSeconds > now) return !pod.ready || sample.at < pod.readySince + sample.windowSeconds;
  return !pod.ready && pod.startTime + initialReadinessDelaySeconds > pod.readySince;
}
