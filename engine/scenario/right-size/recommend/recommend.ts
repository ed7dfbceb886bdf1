/** Requests and limits for every service that runs on nodes, by one method, from one history. */
import type { ServiceSpec } from '@/engine/twin';
import type { ScenarioSpec } from '../../scenario-spec';
import { samplesIn, usageOf, type ServiceUsage, type UsageHistory } from '../usage/usage-history';
import { recommendByKrr } from './krr';
import { recommendPercentile } from './percentile';
import { sizingOf, type Kept, type Recommendation, type Sizing } from './sizing';
import { recommendByVpa } from './vertical-autoscaler';

export const SIZING_METHODS = ['p95', 'vpa', 'krr'] as const;
export type SizingMethod = (typeof SIZING_METHODS)[number];

export type RecommendOptions = {
  /** KRR leaves what a horizontal autoscaler scales on alone; with this it does not (`--allow-hpa`). */
  readonly allowHpa?: boolean;
};

const MIB = 1_048_576;

export function recommendSizes({ system }: Pick<ScenarioSpec, 'system'>, history: UsageHistory, method: SizingMethod, { allowHpa = false }: RecommendOptions = {}): readonly Recommendation[] {
  return system.services.flatMap((service): Recommendation[] => {
    if (service.external !== undefined || service.serverless !== undefined) return [];
    const now = sizingOf(service);
    const usage = usageOf(history, service.name);
    if (usage === undefined || samplesIn(usage) === 0) return [{ service: service.name, now, then: now, kept: [{ resource: 'cpu', why: 'nothing was read' }, { resource: 'memory', why: 'nothing was read' }], aboveCpuLimit: null, aboveMemoryLimit: null }];
    const { sizing: then, kept } = byMethod(method, service, usage, allowHpa);
    return [{ service: service.name, now, then, kept, aboveCpuLimit: shareAbove(usage.pods.flatMap(({ cpuMillicores }) => cpuMillicores), then.cpuLimitMillicores), aboveMemoryLimit: shareAbove(usage.pods.flatMap(({ memoryBytes }) => memoryBytes), then.memoryLimitMib === null ? null : then.memoryLimitMib * MIB) }];
  });
}

function byMethod(method: SizingMethod, service: ServiceSpec, usage: ServiceUsage, allowHpa: boolean): { readonly sizing: Sizing; readonly kept: readonly Kept[] } {
  const now = sizingOf(service);
  switch (method) {
    case 'p95':
      return { sizing: recommendPercentile(usage, now), kept: [] };
    case 'vpa':
      return { sizing: recommendByVpa(usage, now, service.verticalAutoscaler), kept: [] };
    case 'krr':
      return recommendByKrr(usage, now, service, allowHpa);
  }
}

const shareAbove = (values: readonly number[], limit: number | null) => (limit === null ? null : values.filter((value) => value > limit).length / values.length);
