/** A HorizontalPodAutoscaler, v2 or v1: bounds, the CPU target, its behaviour, and the use it reports. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { Collected } from '../collected';
import { noteField, noteIssues } from '../fit-card/ledger';
import type { FoundObject } from '../found-object';
import { AUTOSCALER_FIELDS } from './fields';
import { countAt, metadataOf } from './metadata';
import { noteFields } from './note-fields';
import type { Reading } from './read-object';

const { child, integerAt, itemsAt, textAt } = kubernetes;
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
  const cpu = metrics.map((metric) => cpuPercentOf(metric, 'target')).find((percent) => percent !== null) ?? integerAt(child(spec, 'targetCPUUtilizationPercentage')) ?? null;
  const current = itemsAt(child(status, 'currentMetrics'))?.map((metric) => cpuPercentOf(metric, 'current')).find((percent) => percent !== null) ?? integerAt(child(status, 'currentCPUUtilizationPercentage')) ?? null;
  const others = metrics.filter((metric) => cpuPercentOf(metric, 'target') === null).length;
  into.autoscalers.set(key, {
    namespace,
    name,
    target: { kind: textAt(child(target, 'kind')) ?? '', name: textAt(child(target, 'name')) ?? '' },
    min,
    max: Math.max(min, countAt(child(spec, 'maxReplicas'), Math.max(1, min), { min: 1, max: 10_000 })),
    cpuUtilizationPercent: inPercent(cpu),
    currentCpuUtilizationPercent: inPercent(current),
    behavior: behaviorOf(child(spec, 'behavior')),
    otherMetrics: others,
  });
  noteFields(into.ledger, 'HorizontalPodAutoscaler.spec', found.value.spec, AUTOSCALER_FIELDS);
  for (let i = 0; i < others; i += 1) noteField(into.ledger, 'notModelled', 'HorizontalPodAutoscaler.metric', 'only the share of the CPU request is followed; memory, custom and external metrics are not');
  noteIssues(into.ledger, issues);
  return { fate: 'understood', detail: cpu === null ? 'bounds only' : 'on CPU' };
}

const inPercent = (value: number | null) => (value === null || value < 0 || value > PERCENT_MAX ? null : value);

function cpuPercentOf(metric: kubernetes.Cursor, side: 'target' | 'current'): number | null {
  const resource = child(metric, 'resource');
  if (textAt(child(metric, 'type')) !== 'Resource' || textAt(child(resource, 'name')) !== 'cpu') return null;
  return integerAt(child(child(resource, side), 'averageUtilization')) ?? null;
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
