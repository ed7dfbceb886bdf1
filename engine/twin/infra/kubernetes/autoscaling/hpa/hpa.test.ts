import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_DOWN, DEFAULT_UP, type ScalingBehavior } from './behavior';
import type { HpaPod, MetricSource, PodSample } from './metric';
import { proposeReplicas } from './propose';
import { DEFAULT_UP_LIMIT, limitByBehavior, limitByFactor, recordScaleEvent, scaleDownLimit, scaleUpLimit } from './rate-limit';
import { reconcile, type HpaRound } from './reconcile';
import { withinTolerance } from './replica-calculator';
import { stabilizeBoth, stabilizeDown } from './stabilize';

const NOW = 1_000_000;
const pod = (name: string, more: Partial<HpaPod> = {}): HpaPod => ({ name, phase: 'Running', ready: true, startTime: 0, readySince: 0, terminating: false, requestsMilli: new Map([['c', 1_000]]), ...more });
const sample = (podName: string, milli: number): PodSample => ({ podName, at: NOW, windowSeconds: 60, usageMilli: new Map([['c', milli]]) });
const cpu = (percent: number, ...usage: number[]): MetricSource => ({ kind: 'Resource', resource: 'cpu', target: { type: 'Utilization', percent }, samples: usage.map((milli, i) => sample(`p${i}`, milli)) });
const pods = (count: number) => Array.from({ length: count }, (_, i) => pod(`p${i}`));

function round(current: number, metrics: MetricSource[], more: Partial<HpaRound> = {}): HpaRound {
  return {
    currentReplicas: current,
    statusReplicas: current,
    pods: pods(current),
    tolerance: { up: 0.1, down: 0.1 },
    clock: { now: NOW, cpuInitializationSeconds: 300, initialReadinessDelaySeconds: 30 },
    range: { min: 1, max: 100 },
    metrics,
    behavior: null,
    history: { recommendations: [], upEvents: [], downEvents: [] },
    downscaleWindowSeconds: 300,
    upLimit: DEFAULT_UP_LIMIT,
    ...more,
  };
}

describe('one metric', () => {
  test('the percentage is truncated before it is compared with the target', () => {
    expect(proposeReplicas(round(2, []), cpu(50, 559, 559))).toMatchObject({ ok: true, value: { replicas: 2, utilizationPercent: 55 } });
    expect(proposeReplicas(round(2, []), cpu(50, 560, 560))).toMatchObject({ ok: true, value: { replicas: 3, utilizationPercent: 56 } });
  });

  test('the band around 1 includes its ends', () => {
    expect([0.9, 1.1, 0.89, 1.11].map((ratio) => withinTolerance(ratio, { up: 0.1, down: 0.1 }))).toEqual([true, true, false, false]);
  });

  test('the ratio applies to ready pods, not to the replicas asked for', () => {
    const context = { ...round(10, []), pods: pods(2) };
    expect(proposeReplicas(context, cpu(50, 1_000, 1_000))).toMatchObject({ value: { replicas: 4 } });
  });

  test('a pod that has just started counts nothing while growing, and memory ignores readiness', () => {
    const cold = [pod('p0'), pod('p1', { startTime: NOW - 10, readySince: NOW - 5 })];
    const metric = cpu(50, 1_000, 1_000);
    expect(proposeReplicas({ ...round(2, []), pods: cold }, metric)).toMatchObject({ value: { replicas: 2 } });
    expect(proposeReplicas({ ...round(2, []), pods: cold }, { ...metric, resource: 'memory' } as MetricSource)).toMatchObject({ value: { replicas: 4 } });
  });

  test('a missing pod counts as full when shrinking, and as more than full where the target is above 100 %', () => {
    expect(proposeReplicas(round(4, []), cpu(100, 100, 100, 100))).toMatchObject({ value: { replicas: 2 } });
    expect(proposeReplicas(round(4, []), cpu(200, 100, 100, 100))).toMatchObject({ value: { replicas: 2 } });
  });

  test('an average over the whole workload uses the replicas in the status', () => {
    const metric: MetricSource = { kind: 'External', target: { type: 'AverageValue', milli: 2_200 }, valuesMilli: [8_600] };
    expect(proposeReplicas({ ...round(9, []), statusReplicas: 4 }, metric)).toMatchObject({ value: { replicas: 4, usageMilli: 2_150 } });
    expect(proposeReplicas({ ...round(0, []), statusReplicas: 0 }, metric)).toMatchObject({ value: { replicas: 4 } });
  });

  test('a metric of one container asks nothing of the others', () => {
    const samples = [{ podName: 'p0', at: 0, windowSeconds: 60, usageMilli: new Map([['c', 900], ['bare', 50]]) }];
    const of = (container: string) => proposeReplicas({ ...round(1, []), pods: [pod('p0', { requestsMilli: new Map([['c', 1_000], ['bare', null]]) })] }, { kind: 'ContainerResource', resource: 'memory', container, target: { type: 'Utilization', percent: 30 }, samples });
    expect(of('c')).toMatchObject({ value: { replicas: 3, utilizationPercent: 90 } });
    expect(of('bare')).toEqual({ ok: false, error: 'request_missing' });
  });

  test('a ratio of exactly one and a tenth is within a tenth since 1.33, and was not before', () => {
    expect([withinTolerance(1.1, { up: 0.1, down: 0.1 }), withinTolerance(1.1, { up: 0.1, down: 0.1, asDistance: true })]).toEqual([true, false]);
    expect([withinTolerance(0.9, { up: 0.1, down: 0.1 }), withinTolerance(0.9, { up: 0.1, down: 0.1, asDistance: true })]).toEqual([true, true]);
    expect([withinTolerance(1.2, { up: 0.5, down: 0 }), withinTolerance(0.99, { up: 0.5, down: 0 })]).toEqual([true, false]);
  });

  test('what cannot be read has a name', () => {
    const of = (metric: MetricSource, more = {}) => proposeReplicas({ ...round(1, []), ...more }, metric);
    expect(of(cpu(50))).toEqual({ ok: false, error: 'no_samples' });
    expect(of(cpu(50, 1), { pods: [] })).toEqual({ ok: false, error: 'no_pods' });
    expect(of(cpu(50, 1), { pods: [pod('p0', { phase: 'Pending' })] })).toEqual({ ok: false, error: 'no_ready_samples' });
    expect(of(cpu(50, 1), { pods: [pod('p0', { requestsMilli: null })] })).toEqual({ ok: false, error: 'request_missing' });
    expect(of(cpu(50, 1), { pods: [pod('p0', { requestsMilli: new Map([['c', 1_000], ['bare', null]]) })] })).toEqual({ ok: false, error: 'request_missing' });
    expect(of(cpu(50, 1), { pods: [pod('other')] })).toEqual({ ok: false, error: 'no_sample_matches_pod' });
    expect(of({ kind: 'Object', target: { type: 'Utilization', percent: 5 }, valuesMilli: [1] })).toEqual({ ok: false, error: 'invalid_target' });
  });
});

describe('a whole round', () => {
  test('the largest proposal wins, and a broken metric forbids shrinking only', () => {
    const broken: MetricSource = { kind: 'Unknown' };
    expect(reconcile(round(4, [cpu(50, 100, 100, 100, 100), cpu(50, 750, 750, 750, 750)])).replicas).toBe(6);
    expect(reconcile(round(4, [cpu(50, 100, 100, 100, 100), broken]))).toMatchObject({ replicas: 4, cpuUtilization: 10, conditions: { ScalingActive: { status: false, reason: 'InvalidMetricSourceType' } } });
    expect(reconcile(round(4, [cpu(50, 750, 750, 750, 750), broken])).replicas).toBe(6);
  });

  test('outside the range the size is corrected without reading a metric; 0 means switched off', () => {
    const unread: MetricSource[] = [{ kind: 'Unknown' }];
    expect(reconcile(round(200, unread)).replicas).toBe(100);
    expect(reconcile(round(1, unread, { range: { min: 3, max: 5 } })).replicas).toBe(3);
    expect(reconcile(round(0, unread))).toMatchObject({ replicas: 0, conditions: { ScalingActive: { reason: 'ScalingDisabled' } } });
  });

  test('a workload seen for the first time cannot shrink at once', () => {
    const first = reconcile(round(4, [cpu(50, 0, 0, 0, 0)], { history: null }));
    expect(first).toMatchObject({ replicas: 4, conditions: { AbleToScale: { reason: 'ScaleDownStabilized' } } });
    const later = round(4, [cpu(50, 0, 0, 0, 0)], { history: first.history, clock: { now: NOW + 301, cpuInitializationSeconds: 300, initialReadinessDelaySeconds: 30 } });
    expect(reconcile({ ...later, metrics: [cpu(50, 0, 0, 0, 0)] }).replicas).toBe(1);
  });

  test('growth without a behaviour is at most double, or four', () => {
    expect([limitByFactor(1, 50, { min: 1, max: 100 }, DEFAULT_UP_LIMIT), limitByFactor(10, 50, { min: 1, max: 100 }, DEFAULT_UP_LIMIT), limitByFactor(10, 50, { min: 1, max: 15 }, DEFAULT_UP_LIMIT)]).toEqual([
      { replicas: 4, reason: 'ScaleUpLimit' },
      { replicas: 20, reason: 'ScaleUpLimit' },
      { replicas: 15, reason: 'TooManyReplicas' },
    ]);
  });
});

describe('behaviour', () => {
  const percent = (value: number, selectPolicy: 'Max' | 'Min' | 'Disabled' = 'Max') => ({ stabilizationWindowSeconds: 0, selectPolicy, policies: [{ type: 'Percent' as const, value, periodSeconds: 60 }, { type: 'Pods' as const, value: 2, periodSeconds: 60 }] });
  const none = { upEvents: [], downEvents: [] };

  test('growth by percent rounds up, shrinking truncates; Max is the widest, Min the narrowest, Disabled stays', () => {
    expect([scaleUpLimit(5, none, 0, percent(10)), scaleUpLimit(5, none, 0, percent(10, 'Min')), scaleUpLimit(5, none, 0, percent(10, 'Disabled'))]).toEqual([7, 6, 5]);
    expect([scaleDownLimit(5, none, 0, percent(10)), scaleDownLimit(5, none, 0, percent(10, 'Min')), scaleDownLimit(5, none, 0, percent(10, 'Disabled'))]).toEqual([3, 4, 5]);
  });

  test('a policy counts from the size at the start of its period, in both directions', () => {
    const events = { upEvents: [{ change: 3, at: -30 }], downEvents: [{ change: 1, at: -10 }] };
    expect(scaleUpLimit(10, events, 0, { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [{ type: 'Pods', value: 4, periodSeconds: 60 }] })).toBe(12);
  });

  test('an event exactly one period old is out, and old events are overwritten', () => {
    const rules = { stabilizationWindowSeconds: 0, selectPolicy: 'Max' as const, policies: [{ type: 'Pods' as const, value: 4, periodSeconds: 60 }] };
    expect(scaleUpLimit(10, { upEvents: [{ change: 4, at: -60 }], downEvents: [] }, 0, rules)).toBe(14);
    expect(recordScaleEvent([{ change: 1, at: -61 }, { change: 2, at: -60 }], 9, 0, rules)).toEqual([{ change: 9, at: 0 }, { change: 2, at: -60 }]);
  });

  test('stabilisation never leaves the span of recent recommendations, and limits never leave the range', () => {
    const size = fc.integer({ min: 0, max: 500 });
    const history = fc.array(fc.record({ replicas: size, at: fc.integer({ min: -400, max: 0 }) }), { maxLength: 8 });
    const behavior: ScalingBehavior = { up: DEFAULT_UP, down: DEFAULT_DOWN };
    fc.assert(
      fc.property(history, size, size, fc.nat(300), fc.nat(300), (past, current, wanted, upSeconds, downSeconds) => {
        const both = stabilizeBoth(past, current, wanted, 0, { upSeconds, downSeconds });
        const seen = [current, wanted, ...past.map(({ replicas }) => replicas)];
        expect(both.replicas).toBeGreaterThanOrEqual(Math.min(...seen));
        expect(both.replicas).toBeLessThanOrEqual(Math.max(...seen));
        expect(both.recommendations.length).toBeLessThanOrEqual(past.length + 1);
        expect(stabilizeDown(past, wanted, 0, downSeconds).replicas).toBeGreaterThanOrEqual(wanted);
        const inside = Math.min(400, Math.max(2, current));
        const limited = limitByBehavior(inside, wanted, { min: 2, max: 400 }, none, 0, behavior).replicas;
        expect(limited).toBeGreaterThanOrEqual(2);
        expect(limited).toBeLessThanOrEqual(400);
      }),
      { seed: 20_261_129, numRuns: 500 },
    );
  });
});
