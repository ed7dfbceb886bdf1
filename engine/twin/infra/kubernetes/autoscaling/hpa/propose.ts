/** One metric of the spec → its proposal, or the condition reason that says why there is none. */
import { err, ok, type Result } from '@/engine/kernel';
import type { MetricRefusal, MetricSource, ReplicaProposal } from './metric';
import { averageReplicas, resourceReplicas, sharedValueReplicas, valueReplicas, type CalculatorContext } from './replica-calculator';

export function proposeReplicas(context: CalculatorContext, metric: MetricSource): Result<ReplicaProposal, MetricRefusal> {
  if (metric.kind === 'Unknown') return err('unknown_metric');
  const { target } = metric;
  if (target === null) return err('invalid_target');
  switch (metric.kind) {
    case 'Resource':
      return perPod(metric.pods === undefined ? context : { ...context, pods: metric.pods }, metric.resource, metric.samples, target, null);
    case 'ContainerResource':
      return perPod(context, metric.resource, metric.samples, target, metric.container);
    case 'Pods':
      return target.type === 'AverageValue' ? averageReplicas(context, '', metric.samples, target.milli, null) : err('invalid_target');
    case 'Object':
    case 'External': {
      if (metric.valuesMilli.length === 0) return err('no_samples');
      const usage = metric.valuesMilli.reduce((sum, value) => sum + value, 0);
      if (target.type === 'Value') return valueReplicas(context, usage, target.milli);
      return target.type === 'AverageValue' ? sharedValueReplicas(context, usage, target.milli) : err('invalid_target');
    }
  }
}

function perPod(context: CalculatorContext, resource: string, samples: Parameters<typeof averageReplicas>[2], target: NonNullable<Exclude<MetricSource, { kind: 'Unknown' }>['target']>, container: string | null) {
  if (target.type === 'Utilization') return resourceReplicas(context, resource, samples, target.percent, container);
  return target.type === 'AverageValue' ? averageReplicas(context, resource, samples, target.milli, container) : err<MetricRefusal>('invalid_target');
}

const FAILED: Readonly<Record<MetricSource['kind'], string>> = {
  Resource: 'FailedGetResourceMetric',
  ContainerResource: 'FailedGetContainerResourceMetric',
  Pods: 'FailedGetPodsMetric',
  Object: 'FailedGetObjectMetric',
  External: 'FailedGetExternalMetric',
  Unknown: 'InvalidMetricSourceType',
};

export type CombinedProposal = { readonly replicas: number; readonly utilizationPercent: number | null };
/** Why nothing is done, and what was read all the same. */
export type CombinedRefusal = { readonly reason: string; readonly utilizationPercent: number | null };

/**
 * The largest proposal wins. Broken metrics forbid shrinking: with one of them broken and the rest asking for
 * less than there is, nothing happens; with all of them broken neither. The reason of the first is told.
 */
export function combineProposals(context: CalculatorContext, metrics: readonly MetricSource[]): Result<CombinedProposal, CombinedRefusal> {
  let replicas = 0;
  let utilizationPercent: number | null = null;
  const broken: string[] = [];
  for (const metric of metrics) {
    const proposal = proposeReplicas(context, metric);
    if (!proposal.ok) {
      broken.push(FAILED[metric.kind]);
      continue;
    }
    if (metric.kind === 'Resource' && utilizationPercent === null) utilizationPercent = proposal.value.utilizationPercent;
    replicas = Math.max(replicas, proposal.value.replicas);
  }
  const stuck = broken.length >= metrics.length || (broken.length > 0 && replicas < context.currentReplicas);
  return stuck ? err({ reason: broken[0] ?? FAILED.Unknown, utilizationPercent }) : ok({ replicas, utilizationPercent });
}
