/** Autoscalers, disruption budgets and rollouts of a workload, in the words of the running world. */
import type { ServiceSpec } from '@/engine/twin';
import { kubernetes } from '@/engine/twin';
import type { ClusterImport, ImportedAutoscaler, ImportedWorkload } from '../../cluster-import';

type Budget = NonNullable<ServiceSpec['disruptionBudget']>;
type Autoscaler = NonNullable<ServiceSpec['autoscaler']>;
type CountOrShare = number | string;

export const autoscalerOf = ({ kind, namespace, name }: ImportedWorkload, { autoscalers }: ClusterImport): ImportedAutoscaler | undefined =>
  autoscalers.find((each) => each.namespace === namespace && each.target.name === name && each.target.kind === kind);

/** Undefined where it scales on what the world does not measure, or on a share of a request of 0. */
export function autoscalerSpec({ metrics, min, max, behavior }: ImportedAutoscaler, requests: { readonly cpu: number; readonly memory: number }): Autoscaler | undefined {
  const usable = metrics.filter(({ resource, utilizationPercent }) => utilizationPercent === null || requests[resource] > 0);
  if (usable.length === 0) return undefined;
  return {
    min,
    max,
    metrics: usable.slice(0, 20).map(({ resource, utilizationPercent, averageValue }) => ({ kind: 'Resource', resource, ...(utilizationPercent === null ? {} : { utilizationPercent }), ...(averageValue === null ? {} : { averageValue }) })),
    ...(behavior === null ? {} : { behavior: { scaleUp: rulesOf(behavior.up), scaleDown: rulesOf(behavior.down) } }),
  };
}

const rulesOf = ({ stabilizationWindowSeconds, selectPolicy, policies }: kubernetes.ScalingRules) => ({ stabilizationWindowSeconds, selectPolicy, policies: policies.slice(0, 20) });

export function budgetSpec({ template, namespace }: ImportedWorkload, { budgets }: ClusterImport): Budget | undefined {
  const own = budgets.find((budget) => {
    const selector = kubernetes.labelSelectorOf(budget.selector);
    return budget.namespace === namespace && selector !== null && !selector.nothing && selector.requirements.length > 0 && kubernetes.selects(selector, template.labels);
  });
  if (own === undefined) return undefined;
  const [least, most] = [countOrShare(own.minAvailable), countOrShare(own.maxUnavailable)];
  const policy = own.alwaysAllowsUnhealthy ? { unhealthyPodEvictionPolicy: 'AlwaysAllow' as const } : {};
  if (most !== null) return { maxUnavailable: most, ...policy };
  return least === null ? undefined : { minAvailable: least, ...policy };
}

export function rolloutSpec({ rollout }: ImportedWorkload): ServiceSpec['rollout'] {
  if (rollout === null) return undefined;
  const minReadySeconds = rollout.minReadySeconds === 0 ? {} : { minReadySeconds: rollout.minReadySeconds };
  if (rollout.recreates) return { strategy: 'Recreate', ...minReadySeconds };
  const [surge, unavailable] = [countOrShare(rollout.maxSurge), countOrShare(rollout.maxUnavailable)];
  return { strategy: 'RollingUpdate', ...(surge === null ? {} : { maxSurge: surge }), ...(unavailable === null ? {} : { maxUnavailable: unavailable }), ...minReadySeconds };
}

/** A number up to 10 000, or a share of up to 999 %. */
function countOrShare(text: string | null): CountOrShare | null {
  if (text === null) return null;
  if (/^\d{1,3}%$/.test(text)) return text;
  const count = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  return count <= 10_000 ? count : null;
}
