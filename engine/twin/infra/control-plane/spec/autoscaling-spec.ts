/** The horizontal (autoscaling/v2) and the vertical autoscaler of a service, as a person writes them. */
import { has, member, note, onlyKeys, optional, readChoice, readList, readNumber, readText, type SpecReader } from '../../../spec-reader';
import type { ScalingPolicy } from '../../kubernetes/autoscaling/hpa';

/** What the world measures of every pod beside its resources. */
export const POD_METRICS = ['requests-per-second', 'requests-in-flight'] as const;
export type PodMetricName = (typeof POD_METRICS)[number];

/**
 * `averageValue` and `value` are millicores of CPU, MiB of memory, or plain numbers of a pod metric. Object and External
 * read the metric of the whole service, by the name of a pod metric.
 */
export type HpaMetricSpec =
  | { readonly kind: 'Resource'; readonly resource: 'cpu' | 'memory'; readonly utilizationPercent?: number; readonly averageValue?: number }
  | { readonly kind: 'Pods'; readonly metric: PodMetricName; readonly averageValue: number }
  | { readonly kind: 'Object' | 'External'; readonly metric: PodMetricName; /** Default: the scaled service itself. */ readonly service?: string; readonly value?: number; readonly averageValue?: number };

export type ScalingRulesSpec = { readonly stabilizationWindowSeconds?: number; readonly selectPolicy?: 'Max' | 'Min' | 'Disabled'; readonly policies?: readonly ScalingPolicy[]; /** 1.33; default 0.1. */ readonly tolerance?: number };

export type HpaSpec = {
  readonly min: number;
  readonly max: number;
  /** Default: CPU at 80 % of its request. */
  readonly metrics?: readonly HpaMetricSpec[];
  readonly behavior?: { readonly scaleUp?: ScalingRulesSpec; readonly scaleDown?: ScalingRulesSpec };
};

export type AmountsSpec = { readonly cpuMillicores?: number; readonly memoryMib?: number };

/** Off: recommends only. Initial: new pods get the recommendation. Recreate: running pods are evicted for it. */
export type VpaSpec = { readonly mode: 'Off' | 'Initial' | 'Recreate'; readonly minAllowed?: AmountsSpec; readonly maxAllowed?: AmountsSpec; readonly controls?: readonly ('cpu' | 'memory')[]; /** Days of history the recommender is taken to have, which narrows its bounds; default 0. */ readonly historyDays?: number };

export function readHpa(at: SpecReader): HpaSpec {
  onlyKeys(at, ['min', 'max', 'metrics', 'behavior']);
  const min = readNumber(member(at, 'min'), { min: 0, max: 10_000, integer: true });
  const max = readNumber(member(at, 'max'), { min: 1, max: 10_000, integer: true });
  if (max < min) note(member(at, 'max'), 'out-of-range', `max ${max} is below min ${min}`, 'raise max or lower min');
  return {
    min,
    max,
    metrics: optional(at, 'metrics', (m) => readList(m, readMetric, { min: 1, max: 20 })),
    behavior: optional(at, 'behavior', (m) => {
      onlyKeys(m, ['scaleUp', 'scaleDown']);
      return { scaleUp: optional(m, 'scaleUp', readScalingRules), scaleDown: optional(m, 'scaleDown', readScalingRules) };
    }),
  };
}

function readMetric(at: SpecReader): HpaMetricSpec {
  const kind = readChoice(member(at, 'kind'), ['Resource', 'Pods', 'Object', 'External']);
  const amount = (key: string) => optional(at, key, (m) => readNumber(m, { min: 0.001, max: 1e9 }));
  if (kind === 'Resource') {
    onlyKeys(at, ['kind', 'resource', 'utilizationPercent', 'averageValue']);
    oneOf(at, 'utilizationPercent', 'averageValue');
    const utilizationPercent = optional(at, 'utilizationPercent', (m) => readNumber(m, { min: 1, max: 10_000, integer: true }));
    return { kind, resource: readChoice(member(at, 'resource'), ['cpu', 'memory']), utilizationPercent, averageValue: amount('averageValue') };
  }
  const metric = readChoice(member(at, 'metric'), POD_METRICS);
  if (kind === 'Pods') {
    onlyKeys(at, ['kind', 'metric', 'averageValue']);
    return { kind, metric, averageValue: readNumber(member(at, 'averageValue'), { min: 0.001, max: 1e9 }) };
  }
  onlyKeys(at, ['kind', 'metric', 'service', 'value', 'averageValue']);
  oneOf(at, 'value', 'averageValue');
  return { kind, metric, service: optional(at, 'service', readText), value: amount('value'), averageValue: amount('averageValue') };
}

function oneOf(at: SpecReader, first: string, second: string): void {
  if (has(at, first) === has(at, second)) note(at, 'wrong-type', `a target is either ${first} or ${second}`, 'keep one of the two');
}

function readScalingRules(at: SpecReader): ScalingRulesSpec {
  onlyKeys(at, ['stabilizationWindowSeconds', 'selectPolicy', 'policies', 'tolerance']);
  return {
    stabilizationWindowSeconds: optional(at, 'stabilizationWindowSeconds', (m) => readNumber(m, { min: 0, max: 3_600, integer: true })),
    selectPolicy: optional(at, 'selectPolicy', (m) => readChoice(m, ['Max', 'Min', 'Disabled'])),
    policies: optional(at, 'policies', (m) => readList(m, readPolicy, { min: 1, max: 20 })),
    tolerance: optional(at, 'tolerance', (m) => readNumber(m, { min: 0, max: 10 })),
  };
}

function readPolicy(at: SpecReader): ScalingPolicy {
  onlyKeys(at, ['type', 'value', 'periodSeconds']);
  return { type: readChoice(member(at, 'type'), ['Pods', 'Percent']), value: readNumber(member(at, 'value'), { min: 1, max: 1_000_000, integer: true }), periodSeconds: readNumber(member(at, 'periodSeconds'), { min: 1, max: 1_800, integer: true }) };
}

export function readVpa(at: SpecReader): VpaSpec {
  onlyKeys(at, ['mode', 'minAllowed', 'maxAllowed', 'controls', 'historyDays']);
  return {
    mode: readChoice(member(at, 'mode'), ['Off', 'Initial', 'Recreate']),
    minAllowed: optional(at, 'minAllowed', readAmounts),
    maxAllowed: optional(at, 'maxAllowed', readAmounts),
    controls: optional(at, 'controls', (m) => readList(m, (item) => readChoice(item, ['cpu', 'memory']), { min: 1, max: 2 })),
    historyDays: optional(at, 'historyDays', (m) => readNumber(m, { min: 0, max: 365 })),
  };
}

function readAmounts(at: SpecReader): AmountsSpec {
  onlyKeys(at, ['cpuMillicores', 'memoryMib']);
  return { cpuMillicores: optional(at, 'cpuMillicores', (m) => readNumber(m, { min: 0, max: 1_000_000 })), memoryMib: optional(at, 'memoryMib', (m) => readNumber(m, { min: 0, max: 10_000_000 })) };
}
