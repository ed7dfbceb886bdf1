/** Autoscalers, disruption budgets and rollouts of a workload, in the words of the running world. */
import type { ServiceSpec } from '@/engine/twin';
import { kubernetes } from '@/engine/twin';
import type { ClusterImport, ImportedAutoscaler, ImportedWorkload } from '../cluster-import';

type Budget = NonNullable<ServiceSpec['disruptionBudget']>;
type Autoscaler = NonNullable<ServiceSpec['autoscaler']>;
type CountOrShare = number | string;

export const autoscalerOf = ({ kind, namespace, name }: ImportedWorkload, { autoscalers }: ClusterImport): ImportedAutoscaler | undefined =>
  autoscalers.find((each) => each.namespace === namespace && each.target.name === name && each.target.kind === kind);

/** Undefined where it scales on what the world does not measure, or a share of a request of 0. */
export function autoscalerSpec(scaler: ImportedAutoscaler, cpuRequestMillicores: number): Autoscaler | undefined {
  const percent = scaler.cpuUtilizationPercent;
  if (percent === null || percent < 1 || percent > 10_000 || cpuRequestMillicores === 0) return undefined;
  const { behavior } = scaler;
  return {
    min: scaler.min,
    max: scaler.max,
    metrics: [{ kind: 'Resource', resource: 'cpu', utilizationPercent: percent }],
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
  if (most !== null) return { maxUnavailable: most };
  return least === null ? undefined : { minAvailable: least };
}

export function rolloutSpec({ rollout }: ImportedWorkload): ServiceSpec['rollout'] {
  const [surge, unavailable] = [countOrShare(rollout?.maxSurge ?? null), countOrShare(rollout?.maxUnavailable ?? null)];
  return surge === null || unavailable === null ? undefined : { maxSurge: surge, maxUnavailable: unavailable };
}

/** A number up to 10 000, or a share of up to 999 %. */
function countOrShare(text: string | null): CountOrShare | null {
  if (text === null) return null;
  if (/^\d{1,3}%$/.test(text)) return text;
  const count = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  return count <= 10_000 ? count : null;
}
