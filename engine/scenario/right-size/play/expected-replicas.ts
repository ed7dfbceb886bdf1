/**
 * How many pods a service will want with other requests. Utilization is of the request, so a horizontal autoscaler
 * answers a smaller request with more pods: the busiest use over target × request, within its range.
 */
import type { ServiceSpec } from '@/engine/twin';
import type { ServiceUsage } from '../usage/usage-history';

export function expectedReplicas({ replicas, autoscaler }: ServiceSpec, usage: ServiceUsage | undefined, cpuRequestMillicores: number): number {
  if (usage === undefined) return replicas;
  if (autoscaler === undefined) return Math.max(replicas, usage.replicasMost);
  const metrics = autoscaler.metrics ?? [{ kind: 'Resource' as const, resource: 'cpu' as const, utilizationPercent: 80 }];
  const targets = metrics.flatMap((metric) => (metric.kind === 'Resource' && metric.resource === 'cpu' && metric.utilizationPercent !== undefined ? [metric.utilizationPercent / 100] : []));
  const wanted = targets.map((target) => Math.ceil(usage.millicoresMost / Math.max(1, target * cpuRequestMillicores)));
  const other = metrics.length > targets.length ? usage.replicasMost : 0; // what else it scales on does not change with a request
  return Math.min(autoscaler.max, Math.max(autoscaler.min, other, ...wanted));
}
