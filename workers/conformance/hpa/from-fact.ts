/** HPA facts in the words of the engine. */
import { kubernetes } from '@/engine/twin';
import type { z } from 'zod';
import type { clock, FactRules, metric, pod, sample, scaleEvent } from './schemas';

export function podOf(fact: z.output<typeof pod>): kubernetes.HpaPod {
  return {
    name: fact.name,
    phase: fact.phase,
    ready: fact.ready ?? null,
    startTime: fact.started ?? null,
    readySince: fact.readySince ?? 0,
    terminating: fact.deleting ?? false,
    requestsMilli: fact.requests_m ? new Map(Object.entries(fact.requests_m)) : null,
  };
}

export const sampleOf = (fact: z.output<typeof sample>): kubernetes.PodSample => ({
  podName: fact.pod,
  at: fact.at,
  windowSeconds: fact.window_s,
  usageMilli: fact.usage_m === undefined ? new Map([['', fact.value_m ?? 0]]) : new Map(Object.entries(fact.usage_m)),
});

function targetOf({ kind, utilization, average_m, value_m }: z.output<typeof metric>): kubernetes.MetricTarget | null {
  if (typeof average_m === 'number') return { type: 'AverageValue', milli: average_m };
  if (typeof value_m === 'number' && kind !== 'resource') return { type: 'Value', milli: value_m };
  return typeof utilization === 'number' ? { type: 'Utilization', percent: utilization } : null;
}

export function metricOf(fact: z.output<typeof metric>): kubernetes.MetricSource {
  const target = targetOf(fact);
  const unavailable = fact.unavailable === true;
  const samples = unavailable ? [] : (fact.samples ?? []).map(sampleOf);
  const valuesMilli = unavailable ? [] : (fact.values_m ?? []);
  switch (fact.kind) {
    case 'resource':
      return { kind: 'Resource', resource: fact.resource ?? 'cpu', target, samples };
    case 'containerResource':
      return { kind: 'ContainerResource', resource: fact.resource ?? 'cpu', container: fact.container ?? '', target, samples };
    case 'pods':
      return { kind: 'Pods', target, samples };
    case 'object':
    case 'objectPerPod':
      return { kind: 'Object', target, valuesMilli };
    case 'external':
    case 'externalPerPod':
      return { kind: 'External', target, valuesMilli };
    default:
      return { kind: 'Unknown' };
  }
}

export const clockOf = ({ now, cpuInitPeriod_s, readinessDelay_s }: z.output<typeof clock>): kubernetes.HpaClock => ({
  now,
  cpuInitializationSeconds: cpuInitPeriod_s,
  initialReadinessDelaySeconds: readinessDelay_s,
});

/** Rules of one direction; what is not said comes from the defaults of that direction. */
export function rulesOf(fact: FactRules | null | undefined, direction: 'up' | 'down', downWindowSeconds?: number): kubernetes.ScalingRules {
  const defaults = direction === 'up' ? kubernetes.DEFAULT_UP : { ...kubernetes.DEFAULT_DOWN, ...(downWindowSeconds === undefined ? {} : { stabilizationWindowSeconds: downWindowSeconds }) };
  if (!fact) return defaults;
  const policies = (fact.policies ?? []).map(({ type, value, period_s }) => ({ type, value, periodSeconds: period_s }));
  return {
    stabilizationWindowSeconds: fact.window_s ?? defaults.stabilizationWindowSeconds,
    selectPolicy: fact.select,
    policies: policies.length === 0 ? defaults.policies : policies,
  };
}

export const eventsOf = (facts: readonly z.output<typeof scaleEvent>[] | null | undefined, now: number): readonly kubernetes.ScaleEvent[] => (facts ?? []).map(({ change, ago_s }) => ({ change, at: now - ago_s }));
