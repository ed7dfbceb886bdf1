/** What Robusta KRR's `simple` strategy says after this history; what it refuses stays as it is, with its reason. */
import { kubernetes, type ServiceSpec } from '@/engine/twin';
import { samplesIn, type ServiceUsage } from '../usage/usage-history';
import type { Kept, Sizing } from './sizing';

const MIB = 1_048_576;

export function recommendByKrr(usage: ServiceUsage, now: Sizing, { autoscaler }: ServiceSpec, allowHpa: boolean): { readonly sizing: Sizing; readonly kept: readonly Kept[] } {
  const scaledOn = (resource: 'cpu' | 'memory') => autoscaler !== undefined && (autoscaler.metrics ?? [{ kind: 'Resource', resource: 'cpu' }]).some((metric) => metric.kind === 'Resource' && metric.resource === resource);
  const settings = { ...kubernetes.krr.KRR_SIMPLE, allowHpa };
  const oomLimitBytes = usage.killedAtSeconds.length > 0 && now.memoryLimitMib !== null ? now.memoryLimitMib * MIB : null;
  const { cpu, memory } = kubernetes.krr.recommendSimple({ pods: usage.pods, hpa: { cpu: scaledOn('cpu'), memory: scaledOn('memory') }, oomLimitBytes }, settings);
  const kept = (resource: 'cpu' | 'memory', result: typeof cpu): Kept[] => (result.ok ? [] : [{ resource, why: WHY[result.error](samplesIn(usage), settings.pointsRequired) }]);
  return {
    sizing: {
      ...now,
      ...(cpu.ok ? { cpuRequestMillicores: cpu.value.request, cpuLimitMillicores: cpu.value.limit } : {}),
      ...(memory.ok ? { memoryRequestMib: memory.value.request / MIB, memoryLimitMib: memory.value.limit === null ? null : memory.value.limit / MIB } : {}),
    },
    kept: [...kept('cpu', cpu), ...kept('memory', memory)],
  };
}

const WHY: Readonly<Record<kubernetes.krr.KrrRefusal, (samples: number, required: number) => string>> = {
  'no-data': () => 'nothing was read',
  'not-enough-data': (samples, required) => `${samples} readings, KRR asks for ${required}`,
  hpa: () => 'a horizontal autoscaler scales on it, and KRR leaves that alone',
};
