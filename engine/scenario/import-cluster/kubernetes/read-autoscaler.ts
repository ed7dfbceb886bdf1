/** A HorizontalPodAutoscaler, v2 or v1: bounds, the CPU target, its behaviour, and the use it reports. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { ImportedAutoscaler } from '../cluster-import';
import type { Collected } from '../collected';
import { noteField, noteIssues } from '../fit-card/ledger';
import type { FoundObject } from '../found-object';
import { AUTOSCALER_FIELDS } from './coverage/fields';
import { countAt, metadataOf } from './metadata';
import { noteFields } from './coverage/note-fields';
import type { Reading } from './read-object';

const { child, integerAt, itemsAt, resourcesAt, textAt } = kubernetes;
const WINDOW_SECONDS_MAX = 3_600;
const PERIOD_SECONDS_MAX = 1_800;
const PERCENT_MAX = 1_000_000;

export function readAutoscaler(found: FoundObject, into: Collected): Reading {
  const issues: SpecIssue[] = [];
  const meta = metadataOf(found, issues);
  const key = meta === null ? '' : `${meta.namespace}/${meta.name}`;
  if (meta === null || into.autoscalers.has(key)) {
    noteIssues(into.ledger, issues);
    return { fate: meta === null ? 'refused' : 'duplicate' };
  }
  const { spec, status, name, namespace } = meta;
  const target = child(spec, 'scaleTargetRef');
  const metrics = itemsAt(child(spec, 'metrics')) ?? [];
  const min = countAt(child(spec, 'minReplicas'), 1, { max: 10_000 });
  const oldTarget = inPercent(integerAt(child(spec, 'targetCPUUtilizationPercentage')) ?? null);
  const known = [...metrics.flatMap((metric) => resourceMetric(metric) ?? []), ...(oldTarget === null ? [] : [{ resource: 'cpu' as const, utilizationPercent: oldTarget, averageValue: null }])];
  const current = itemsAt(child(status, 'currentMetrics'))?.map((metric) => currentOf(metric, 'cpu')).find((percent) => percent !== null) ?? integerAt(child(status, 'currentCPUUtilizationPercentage')) ?? null;
  const others = metrics.length - known.length + (oldTarget === null ? 0 : 1);
  into.autoscalers.set(key, {
    namespace,
    name,
    target: { kind: textAt(child(target, 'kind')) ?? '', name: textAt(child(target, 'name')) ?? '' },
    min,
    max: Math.max(min, countAt(child(spec, 'maxReplicas'), Math.max(1, min), { min: 1, max: 10_000 })),
    metrics: known,
    currentCpuUtilizationPercent: inPercent(current),
    currentMemoryUtilizationPercent: itemsAt(child(status, 'currentMetrics'))?.map((metric) => currentOf(metric, 'memory')).find((percent) => percent !== null) ?? null,
    behavior: behaviorOf(child(spec, 'behavior')),
    otherMetrics: others,
  });
  noteFields(into.ledger, 'HorizontalPodAutoscaler.spec', found.value.spec, AUTOSCALER_FIELDS);
  for (let i = 0; i < others; i += 1) noteField(into.ledger, 'notModelled', 'HorizontalPodAutoscaler.metric', 'it scales on CPU and memory alone; container, custom, object and external metrics are not measured');
  noteIssues(into.ledger, issues);
  return { fate: 'understood', detail: known.length === 0 ? 'bounds only' : `on ${[...new Set(known.map(({ resource }) => RESOURCE_WORDS[resource]))].join(' and ')}` };
}

const inPercent = (value: number | null) => (value === null || value < 0 || value > PERCENT_MAX ? null : value);

const RESOURCE_WORDS = { cpu: 'CPU', memory: 'memory' } as const;
const MIB = 1_048_576;
const TARGET_PERCENT_MAX = 10_000;
const AVERAGE_MAX = 1e9;

/** Null when it is none the world measures, or its target says nothing. */
function resourceMetric(metric: kubernetes.Cursor): ImportedAutoscaler['metrics'][number] | null {
  const at = child(metric, 'resource');
  const name = textAt(child(metric, 'type')) === 'Resource' ? textAt(child(at, 'name')) : undefined;
  if (name !== 'cpu' && name !== 'memory') return null;
  const target = child(at, 'target');
  const percent = integerAt(child(target, 'averageUtilization'));
  if (percent !== undefined) return percent >= 1 && percent <= TARGET_PERCENT_MAX ? { resource: name, utilizationPercent: percent, averageValue: null } : null;
  const amount = resourcesAt({ ...target, value: { [name]: child(target, 'averageValue').value } })?.[name] ?? 0;
  const average = name === 'memory' ? amount / MIB : amount;
  return average >= 0.001 && average <= AVERAGE_MAX ? { resource: name, utilizationPercent: null, averageValue: average } : null;
}

function currentOf(metric: kubernetes.Cursor, name: 'cpu' | 'memory'): number | null {
  const resource = child(metric, 'resource');
  return textAt(child(resource, 'name')) === name ? inPercent(integerAt(child(child(resource, 'current'), 'averageUtilization')) ?? null) : null;
}

function behaviorOf(at: kubernetes.Cursor): kubernetes.ScalingBehavior | null {
  if (at.value === undefined || at.value === null) return null;
  return { up: rulesOf(child(at, 'scaleUp'), kubernetes.DEFAULT_UP), down: rulesOf(child(at, 'scaleDown'), kubernetes.DEFAULT_DOWN) };
}

function rulesOf(at: kubernetes.Cursor, fallback: kubernetes.ScalingRules): kubernetes.ScalingRules {
  const select = textAt(child(at, 'selectPolicy'));
  const policies = itemsAt(child(at, 'policies'))?.map((policy) => ({
    type: textAt(child(policy, 'type')) === 'Percent' ? ('Percent' as const) : ('Pods' as const),
    value: countAt(child(policy, 'value'), 1, { min: 1 }),
    periodSeconds: countAt(child(policy, 'periodSeconds'), 15, { min: 1, max: PERIOD_SECONDS_MAX }),
  }));
  return {
    stabilizationWindowSeconds: countAt(child(at, 'stabilizationWindowSeconds'), fallback.stabilizationWindowSeconds, { max: WINDOW_SECONDS_MAX }),
    selectPolicy: select === 'Min' || select === 'Disabled' ? select : 'Max',
    policies: policies === undefined || policies.length === 0 ? fallback.policies : policies,
  };
}
