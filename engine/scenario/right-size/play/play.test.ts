import { describe, expect, test } from 'vitest';
import { runScenario } from '../../run-scenario';
import type { ScenarioSpec } from '../../scenario-spec';
import { observeUsage } from '../usage/observe-usage';
import { small } from '../testing/small-systems';
import { measuredRun, rightSizeRows, type RightSizeRow } from './rows';
import { rightSizeVariants, TODAY, type RightSizeMethod } from './variants';
import { rightSizeVerdicts, bestRow } from './verdict';

const PRICES = { usdPerMissedHour: 5, effortUsd: 0 };

function played(spec: ScenarioSpec, methods: readonly RightSizeMethod[], { seeds = [1, 2], allowHpa = false } = {}) {
  const report = runScenario(spec);
  const variants = rightSizeVariants({ spec, history: observeUsage({ ...report, warmUpSeconds: spec.warmUpSeconds }), methods, allowHpa });
  const runs = variants.flatMap((variant) => seeds.map((seed) => measuredRun(variant, runScenario(variant.spec, seed))));
  const rows = rightSizeRows(runs, PRICES);
  const row = (name: string): RightSizeRow => rows.find(({ variant }) => variant === name)!;
  const verdict = (name: string) => rightSizeVerdicts(rows).find(({ variant }) => variant === name)!;
  return { variants, rows, row, verdict };
}

describe('memory that follows load', () => {
  /** Bursts: a calm minute and five busy seconds; each request in flight holds 20 MiB. */
  const bursts = [...Array.from({ length: 55 }, () => 10), ...Array.from({ length: 5 }, () => 90)];
  const spec = small({ service: { wait: { meanMs: 150 }, memoryPerRequestMib: 20, memoryLimitMib: 2_000, cpuRequestMillicores: 600 }, system: { loads: [{ service: 'web', arrivals: 'poisson', profile: { kind: 'series', stepSeconds: 1, rps: [...bursts, ...bursts, ...bursts, ...bursts] } }] } });
  const { row, verdict } = played(spec, ['p95', 'vpa']);

  test('a limit at the 95th percentile kills containers, today’s kills none', () => {
    expect(row(TODAY).oomKills).toBe(0);
    expect(row('95th percentile').oomKills).toBeGreaterThan(0);
    expect(row('95th percentile').errorShare!).toBeGreaterThan(row(TODAY).errorShare!);
    expect(verdict('95th percentile')).toMatchObject({ kind: 'harmful', sentence: expect.stringContaining('killed for their memory') });
  });
  test('the vertical autoscaler scales the limit with the request and kills fewer', () => {
    expect(row('VPA').oomKills).toBeLessThan(row('95th percentile').oomKills);
  });
});

describe('a smaller CPU request', () => {
  test('brings a limit that is cut with it, and the service is throttled', () => {
    const { row, verdict } = played(small({ service: { quotaMillicores: 1_000, cpuRequestMillicores: 1_000 }, rps: 60 }), ['p95']);
    expect(row('95th percentile').throttledShare!).toBeGreaterThan(row(TODAY).throttledShare! + 0.05);
    expect(row('95th percentile').latencyP99Ms!).toBeGreaterThan(row(TODAY).latencyP99Ms!);
    expect(verdict('95th percentile').sentence).toMatch(/web is throttled \d/);
  });

  test('is a higher utilization: the horizontal autoscaler answers with more pods', () => {
    const spec = small({ service: { autoscaler: { min: 2, max: 10 }, cpuRequestMillicores: 900 }, rps: 80, seconds: 300 });
    const { row, verdict, variants } = played(spec, ['p95', 'krr'], { seeds: [1] });
    expect(row(TODAY).replicas).toBeCloseTo(2, 1);
    expect(row('95th percentile').replicas).toBeGreaterThan(2.3);
    expect(verdict('95th percentile').sentence).toContain('the horizontal autoscaler answers: web 2 →');
    expect(variants.find(({ name }) => name === 'KRR')!.recommendations[0]!.then.cpuRequestMillicores).toBe(900);
  });
});

describe('machines', () => {
  test('go when the pods fit on those that stay, and the saving is their price', () => {
    const { row, variants, verdict } = played(small({ rps: 10 }), ['p95']);
    expect(variants[1]!.removed).toEqual(['n1']);
    expect(row('95th percentile').machinesAtEnd).toBe(1);
    expect(row('95th percentile').savedPerHour).toBeCloseTo(0.1, 9);
    expect(verdict('95th percentile')).toMatchObject({ kind: 'saves' });
  });
  test('that stay save nothing, however small the requests', () => {
    const spread = { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' }] };
    const { row, variants, verdict } = played(small({ rps: 10, service: { pod: { affinity: { podAntiAffinity: spread } } } }), ['p95'], { seeds: [1] });
    expect(variants[1]!.recommendations[0]!.then.cpuRequestMillicores).toBeLessThan(200);
    expect(variants[1]!.removed).toEqual([]);
    expect(row('95th percentile').savedPerHour).toBe(0);
    expect(verdict('95th percentile')).toMatchObject({ kind: 'saves nothing', sentence: expect.stringContaining('all 2 machines stay') });
  });
  test('are left to the node autoscaler where there is one', () => {
    const group = { name: 'pool', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, min: 1, max: 3, bootSeconds: 30 };
    const nodes = ['n1', 'n2'].map((name) => ({ name, cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, group: 'pool' }));
    const { variants } = played(small({ rps: 10, seconds: 60, system: { nodes, cluster: { nodeGroups: [group], nodeAutoscaler: { kind: 'cluster-autoscaler' } } } }), ['p95'], { seeds: [1] });
    expect(variants[1]!.removed).toEqual([]);
  });
  test('with today’s requests: one after the other, gateways last, and one always stays', () => {
    const spec = small();
    const history = { seconds: 0, services: [] };
    expect(rightSizeVariants({ spec, history, methods: ['machines'] }).map(({ removed }) => removed)).toEqual([[], ['n1']]);
    const lone = small({ system: { nodes: [{ name: 'n1', cpuMillicores: 4_000, memoryMib: 4_096, usdPerHour: 0.1 }] } });
    expect(rightSizeVariants({ spec: lone, history, methods: ['machines'] })).toHaveLength(1);
  });
  test('that a disruption budget holds stay, and the verdict says why nothing is saved', () => {
    const { row, verdict } = played(small({ rps: 10, service: { disruptionBudget: { maxUnavailable: 0 } } }), ['p95'], { seeds: [1] });
    expect(row('95th percentile')).toMatchObject({ machinesAtEnd: 2, stayed: ['n1'], savedPerHour: 0 });
    expect(verdict('95th percentile').sentence).toContain('n1 was to go and stayed, because a budget holds pods there');
  });
  test('faults of a machine that is given back do not happen', () => {
    const spec = small({ faults: [{ kind: 'node-down', node: 'n1', atSeconds: 60 }, { kind: 'node-down', node: 'n2', atSeconds: 90 }] });
    const [, fewer] = rightSizeVariants({ spec, history: { seconds: 0, services: [] }, methods: ['machines'] });
    expect(fewer!.spec.faults!.map((fault) => 'node' in fault && fault.node)).toEqual(['n2']);
  });
});

test('nothing is best where one pair alone was played: its interval says nothing', () => {
  expect(bestRow(played(small({ rps: 10 }), ['p95'], { seeds: [1] }).rows)).toBeNull();
});
