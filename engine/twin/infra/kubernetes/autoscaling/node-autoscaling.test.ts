import { describe, expect, test } from 'vitest';
import { randomStream } from '@/engine/kernel';
import type { Node } from '../api/node';
import type { Pod } from '../api/pod';
import { defaultProfile } from '../scheduling/profile';
import { snapshotOf } from '../scheduling/snapshot';
import { estimateScaleUp, type NodeGroup } from './cluster-autoscaler/estimate';
import { chooseOption, dampedUnfitness, leastNodes, leastWaste, mostPods, preferredCores, priorityExpander, wastedShare } from './cluster-autoscaler/expanders';
import { keepReason, nodeUtilization, restReason, SCALE_DOWN_DEFAULTS, type Movability } from './cluster-autoscaler/scale-down';
import { allowedDisruptions } from './karpenter/budget';
import { consolidate, type Candidate, type ConsolidationContext, type InstanceType } from './karpenter/consolidate';
import { civilDate, cronMatches, parseCron } from './karpenter/cron';
import { balancedScore, disruptionCost, evictionCost, isWorthDisrupting, rankCandidates } from './karpenter/disruption-cost';
import { quantileOverTime, recommendSimple, recommendSimpleLimit } from './krr/recommend';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const profile = defaultProfile();
const node = (name: string, cores = 4, memoryGib = 16): Node => ({ name, labels: { 'kubernetes.io/hostname': name }, allocatable: { cpu: cores * 1_000, memory: memoryGib * GIB, pods: 110 } });
const pod = (name: string, cpu: number, memoryGib: number, more: Partial<Pod> = {}): Pod => ({ name, namespace: 'default', labels: {}, owner: { kind: 'ReplicaSet', name: 'r' }, containers: [{ requests: { cpu, memory: memoryGib * GIB } }], ...more });
const group = (name: string, template: Node, usdPerHour = 1, maxSize = 10): NodeGroup => ({ name, template, daemonPods: [], size: 0, maxSize, usdPerHour });
const empty = snapshotOf({ nodes: [], pods: [] });

describe('cluster autoscaler, up', () => {
  const pods = Array.from({ length: 6 }, (_, i) => pod(`p${i}`, 1_500, 2));

  test('pods are packed on as many new nodes as they need', () => {
    expect(estimateScaleUp(group('g', node('t')), pods, empty, profile)).toMatchObject({ nodeCount: 3, pods: expect.objectContaining({ length: 6 }) });
  });

  test('a group that may not grow further takes only what fits', () => {
    expect(estimateScaleUp(group('g', node('t'), 1, 2), pods, empty, profile)).toMatchObject({ nodeCount: 2, pods: expect.objectContaining({ length: 4 }) });
    expect(estimateScaleUp(group('g', node('t', 1)), pods, empty, profile)).toBeNull();
  });

  test('daemon pods take their share of every new node', () => {
    const withDaemon = { ...group('g', node('t')), daemonPods: [pod('ds', 1_500, 1)] };
    expect(estimateScaleUp(withDaemon, pods, empty, profile)).toMatchObject({ nodeCount: 6 });
  });

  const option = (name: string, cores: number, nodeCount: number, count: number) => ({ group: group(name, node(name, cores)), nodeCount, pods: pods.slice(0, count) });
  const capacity = ({ group: of }: { group: NodeGroup }) => ({ cpu: of.template.allocatable['cpu']!, memory: of.template.allocatable['memory']! });

  test('expanders filter in a chain, and what stays is drawn', () => {
    const options = [option('small', 2, 6, 6), option('big', 16, 1, 6), option('half', 8, 1, 3)];
    expect(leastNodes(options).map((o) => o.group.name)).toEqual(['big', 'half']);
    expect(mostPods(options).map((o) => o.group.name)).toEqual(['small', 'big']);
    expect(chooseOption(options, [leastNodes, mostPods], randomStream(1, 'expander'))?.group.name).toBe('big');
    expect(priorityExpander([{ priority: 10, pattern: /^half/ }, { priority: 5, pattern: /./ }])(options).map((o) => o.group.name)).toEqual(['half']);
    expect(chooseOption([], [leastNodes], randomStream(1, 'expander'))).toBeNull();
  });

  test('least waste adds the unused shares of cpu and memory', () => {
    const exact = option('exact', 9, 1, 6);
    expect(wastedShare(exact, capacity)).toBeCloseTo(0 + (16 - 12) / 16, 12);
    expect(leastWaste(capacity)([exact, option('big', 16, 1, 6)])).toEqual([exact]);
  });

  test('odd machines count less when many are bought', () => {
    expect([2, 6, 20, 60, 200, 201].map(preferredCores)).toEqual([1, 2, 4, 8, 16, 32]);
    expect(dampedUnfitness(4, 1)).toBe(4);
    expect(dampedUnfitness(4, 100)).toBeLessThan(1.01);
  });
});

describe('cluster autoscaler, down', () => {
  const free: Movability = { daemon: false, mirror: false, localStorage: false, safeToEvict: null, budgetAllows: true, hasBudget: false };
  const cluster = (pods: Pod[], nodes = [node('a'), node('b')]) => snapshotOf({ nodes, pods });
  const context = (snapshot: ReturnType<typeof cluster>, movability: Partial<Movability> = {}) => ({ snapshot, profile, movabilityOf: () => ({ ...free, ...movability }), gpuResource: null, settings: SCALE_DOWN_DEFAULTS });
  const idle = { now: 1_000, unneededSince: 0, ready: true };

  test('utilization is requests over allocatable, the larger of cpu and memory, or the GPU alone', () => {
    const info = cluster([pod('p', 1_000, 8, { nodeName: 'a' })]).byName.get('a')!;
    expect(nodeUtilization(info, null, () => false, false)).toBe(0.5);
    const gpu = { ...node('g'), allocatable: { cpu: 4_000, memory: 16 * GIB, pods: 10, 'nvidia.com/gpu': 4 } };
    const withGpu = cluster([{ ...pod('p', 3_900, 1, { nodeName: 'g' }), containers: [{ requests: { cpu: 3_900, 'nvidia.com/gpu': 1 } }] }], [gpu]);
    expect(nodeUtilization(withGpu.byName.get('g')!, 'nvidia.com/gpu', () => false, false)).toBe(0.25);
  });

  test('a node goes after ten idle minutes when its pods fit elsewhere', () => {
    const snapshot = cluster([pod('p', 500, 1, { nodeName: 'a' })]);
    const info = snapshot.byName.get('a')!;
    expect(keepReason(info, idle, context(snapshot))).toEqual({ reason: null, unneeded: true });
    expect(keepReason(info, { ...idle, now: 599 }, context(snapshot))).toEqual({ reason: 'unneeded-too-short', unneeded: true });
    expect(keepReason(info, { ...idle, now: 1_100, ready: false }, context(snapshot)).reason).toBe('unneeded-too-short');
  });

  test('each pin is named', () => {
    const snapshot = cluster([pod('p', 500, 1, { nodeName: 'a' })]);
    const info = snapshot.byName.get('a')!;
    const reason = (movability: Partial<Movability>) => keepReason(info, idle, context(snapshot, movability)).reason;
    expect([reason({ safeToEvict: false }), reason({ localStorage: true }), reason({ budgetAllows: false }), reason({ localStorage: true, safeToEvict: true }), reason({ daemon: true })]).toEqual(['not-safe-to-evict', 'local-storage', 'disruption-budget', null, null]);
    const bare = cluster([{ ...pod('p', 500, 1, { nodeName: 'a' }), owner: undefined }]);
    expect(keepReason(bare.byName.get('a')!, idle, context(bare)).reason).toBe('no-controller');
    const tight = cluster([pod('p', 1_900, 1, { nodeName: 'a' }), pod('q', 3_000, 1, { nodeName: 'b' })]);
    expect(keepReason(tight.byName.get('a')!, idle, context(tight)).reason).toBe('no-place-for-pods');
    const busy = cluster([pod('p', 2_000, 1, { nodeName: 'a' })]);
    expect(keepReason(busy.byName.get('a')!, idle, context(busy)).reason).toBe('utilized');
  });

  test('the cluster rests after growth and failures, and when too many nodes are unready', () => {
    const calm = { now: 1_000, lastScaleUp: null, lastFailure: null, lastDelete: null, nodeCount: 10, unreadyCount: 0 };
    expect(restReason(calm, SCALE_DOWN_DEFAULTS)).toBeNull();
    expect(restReason({ ...calm, lastScaleUp: 401 }, SCALE_DOWN_DEFAULTS)).toBe('after-scale-up');
    expect(restReason({ ...calm, lastScaleUp: 400 }, SCALE_DOWN_DEFAULTS)).toBeNull();
    expect(restReason({ ...calm, lastFailure: 900 }, SCALE_DOWN_DEFAULTS)).toBe('after-failure');
    expect(restReason({ ...calm, unreadyCount: 5 }, SCALE_DOWN_DEFAULTS)).toBe('too-many-unready');
    expect(restReason({ ...calm, nodeCount: 4, unreadyCount: 3 }, SCALE_DOWN_DEFAULTS)).toBeNull();
  });
});

describe('karpenter', () => {
  const type = (name: string, cores: number, usdPerHour: number, capacityType: InstanceType['capacityType'] = 'on-demand'): InstanceType => ({ name, node: node(name, cores), usdPerHour, capacityType });
  const candidate = (name: string, pods: Pod[], usdPerHour = 1, capacityType: Candidate['capacityType'] = 'on-demand'): Candidate => ({ name, usdPerHour, capacityType, pods });
  const context = (pods: Pod[], nodes: Node[], more: Partial<ConsolidationContext> = {}): ConsolidationContext => ({
    snapshot: snapshotOf({ nodes, pods }),
    profile,
    instanceTypes: [],
    policy: 'WhenEmptyOrUnderutilized',
    pool: { usdPerHour: nodes.length, disruptionCost: pods.length },
    spotToSpot: false,
    ...more,
  });

  test('empty nodes go first', () => {
    expect(consolidate([candidate('a', []), candidate('b', [])], 5, context([], [node('a'), node('b')]))).toEqual({ kind: 'empty', candidates: ['a', 'b'], replacements: null, savedUsdPerHour: 2 });
    expect(consolidate([candidate('a', [])], 0, context([], [node('a')]))).toBeNull();
  });

  test('as many as possible go together when their pods fit on the rest', () => {
    const pods = ['a', 'b', 'c', 'd'].map((name) => pod(`p-${name}`, 1_000, 1, { nodeName: name }));
    const nodes = ['a', 'b', 'c', 'd'].map((name) => node(name));
    const command = consolidate(pods.map((of, i) => candidate(nodes[i]!.name, [of])), 3, context(pods, nodes));
    expect(command).toMatchObject({ kind: 'delete', candidates: ['a', 'b', 'c'], savedUsdPerHour: 3 });
  });

  test('one new node must be strictly cheaper, and spot is preferred where both are on offer', () => {
    const p = pod('p', 1_000, 1, { nodeName: 'a' });
    const single = (instanceTypes: InstanceType[], more = {}) => consolidate([candidate('a', [p], 1)], 1, context([p], [node('a')], { instanceTypes, ...more }));
    expect(single([type('same', 2, 1)])).toBeNull();
    expect(single([type('less', 2, 0.5)])).toMatchObject({ kind: 'replace', savedUsdPerHour: 0.5 });
    expect(single([type('less', 2, 0.2), type('spot', 2, 0.3, 'spot')])?.replacements?.map(({ name }) => name)).toEqual(['spot']);
    expect(single([type('tiny', 0.5, 0.1)])).toBeNull();
    expect(single([type('less', 2, 0.5)], { policy: 'WhenEmpty' })).toBeNull();
  });

  test('spot to spot needs the gate and fifteen cheaper types', () => {
    const p = pod('p', 1_000, 1, { nodeName: 'a' });
    const types = (count: number) => Array.from({ length: count }, (_, i) => type(`s${i}`, 2, 0.1 + i / 100, 'spot'));
    const spot = (count: number, spotToSpot: boolean) => consolidate([candidate('a', [p], 1, 'spot')], 1, context([p], [node('a')], { instanceTypes: types(count), spotToSpot }));
    expect([spot(20, false), spot(14, true)]).toEqual([null, null]);
    expect(spot(20, true)?.replacements).toHaveLength(15);
  });

  test('balanced asks for half as much saving as disruption', () => {
    expect(evictionCost(pod('p', 0, 0))).toBe(1);
    expect(evictionCost(pod('p', 0, 0, { priority: 2 ** 31 - 1 }))).toBe(10);
    expect(evictionCost(pod('p', 0, 0), -(2 ** 31))).toBe(-10);
    expect(disruptionCost([pod('p', 0, 0), pod('q', 0, 0)])).toBe(2);
    expect(balancedScore(1, 2, { usdPerHour: 10, disruptionCost: 10 })).toBe(0.5);
    expect([isWorthDisrupting(0.5), isWorthDisrupting(0.49)]).toEqual([true, false]);
    expect(rankCandidates([{ name: 'x', usdPerHour: 1, disruptionCost: 9 }, { name: 'y', usdPerHour: 1, disruptionCost: 0 }]).map(({ name }) => name)).toEqual(['y', 'x']);
  });

  test('budgets round percentages up, bind together, and count what is already going', () => {
    const state = { nodeCount: 19, notReadyOrGoing: 0 };
    expect(allowedDisruptions([{ nodes: '10%' }], state, 'Underutilized', 0)).toBe(2);
    expect(allowedDisruptions([{ nodes: '10%' }, { nodes: '1' }], state, 'Underutilized', 0)).toBe(1);
    expect(allowedDisruptions([{ nodes: '10%' }], { ...state, notReadyOrGoing: 2 }, 'Empty', 0)).toBe(0);
    expect(allowedDisruptions([{ nodes: 'many' }], state, 'Empty', 0)).toBe(0);
    expect(allowedDisruptions([{ nodes: '0', reasons: ['Drifted'] }], state, 'Empty', 0)).toBe(19);
  });

  test('a scheduled budget binds only in its window, in UTC', () => {
    const at = (iso: string) => Date.parse(iso) / 1_000;
    const freeze = [{ nodes: '0', schedule: '0 9 * * 1-5', durationSeconds: 8 * 3_600 }];
    const allowed = (iso: string) => allowedDisruptions(freeze, { nodeCount: 5, notReadyOrGoing: 0 }, 'Empty', at(iso));
    expect(['2026-11-23T08:59:59Z', '2026-11-23T09:00:00Z', '2026-11-23T16:59:59Z', '2026-11-23T17:00:00Z', '2026-11-22T12:00:00Z'].map(allowed)).toEqual([5, 0, 0, 5, 5]);
  });

  test('cron and calendar agree with the calendar of the language', () => {
    for (let epochDay = -1_000; epochDay < 40_000; epochDay += 37) {
      const date = new Date(epochDay * 86_400_000);
      expect(civilDate(epochDay)).toEqual({ month: date.getUTCMonth() + 1, day: date.getUTCDate() });
      expect(cronMatches(parseCron(`0 0 * * ${date.getUTCDay()}`)!, epochDay * 1_440)).toBe(true);
    }
    expect(cronMatches(parseCron('*/20 2,3 * * *')!, 3 * 60 + 40)).toBe(true);
    expect(cronMatches(parseCron('*/20 2,3 * * *')!, 4 * 60)).toBe(false);
    for (const text of ['', '* * * *', '60 * * * *', '5-1 * * * *', '*/0 * * * *', 'a b c d e', '@never', 'constructor']) expect(parseCron(text), text).toBeNull();
  });
});

describe('KRR', () => {
  const series = (value: number, count = 100) => Array.from({ length: count }, () => value);
  const workload = (pods: { cpuMillicores: number[]; memoryBytes: number[] }[], more = {}) => ({ pods, hpa: { cpu: false, memory: false }, oomLimitBytes: null, ...more });

  test('quantiles interpolate as PromQL does', () => {
    expect(quantileOverTime([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantileOverTime([10, 20], 0.95)).toBeCloseTo(19.5, 12);
    expect(quantileOverTime([], 0.5)).toBeNaN();
  });

  test('cpu is the percentile of the hungriest pod without a limit, memory the peak and 15 %', () => {
    const { cpu, memory } = recommendSimple(workload([{ cpuMillicores: series(50.2), memoryBytes: series(200 * MIB) }, { cpuMillicores: series(120.1), memoryBytes: series(100 * MIB) }]));
    expect(cpu).toEqual({ ok: true, value: { request: 121, limit: null } });
    expect(memory).toEqual({ ok: true, value: { request: 230 * MIB, limit: 230 * MIB } });
  });

  test('a container that ran out of memory gets its limit and a quarter', () => {
    expect(recommendSimple(workload([{ cpuMillicores: series(1), memoryBytes: series(200 * MIB) }], { oomLimitBytes: 256 * MIB })).memory).toEqual({ ok: true, value: { request: 320 * MIB, limit: 320 * MIB } });
  });

  test('floors hold, little data and autoscaled workloads are refused', () => {
    const tiny = recommendSimple(workload([{ cpuMillicores: series(0.1), memoryBytes: series(1) }]));
    expect([tiny.cpu, tiny.memory]).toMatchObject([{ value: { request: 10 } }, { value: { request: 100 * MIB } }]);
    expect(recommendSimple(workload([{ cpuMillicores: series(1, 99), memoryBytes: [] }]))).toEqual({ cpu: { ok: false, error: 'not-enough-data' }, memory: { ok: false, error: 'no-data' } });
    expect(recommendSimple(workload([{ cpuMillicores: series(1), memoryBytes: series(1) }], { hpa: { cpu: true, memory: false } })).cpu).toEqual({ ok: false, error: 'hpa' });
  });

  test('the limit strategy pools the pods', () => {
    const ramp = Array.from({ length: 101 }, (_, i) => i * 10);
    expect(recommendSimpleLimit(workload([{ cpuMillicores: ramp, memoryBytes: series(1) }])).cpu).toEqual({ ok: true, value: { request: 660, limit: 960 } });
  });
});
