import { describe, expect, test } from 'vitest';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { interpolate } from '../interpolate';
import { normalizeScores } from '../normalize';
import { defaultProfile, type SchedulerProfile } from '../profile';
import type { ScoreName } from '../score';
import { snapshotOf } from '../snapshot';
import { balanceScore } from './balanced-allocation';
import { imageNameOf, localityScore } from './image-locality';
import { SCORES } from './index';
import { normalizeAffinity } from './pod-affinity';
import { leastAllocated, mostAllocated } from './resource-allocation';

const MIB = 1024 * 1024;
const node = (name: string, more: Partial<Node> = {}): Node => ({ name, labels: { 'kubernetes.io/hostname': name, zone: name }, allocatable: { cpu: 1_000, memory: 1_000 * MIB, pods: 10 }, ...more });
const pod = (more: Partial<Pod> = {}): Pod => ({ name: 'p', namespace: 'default', labels: { app: 'web' }, containers: [{}], ...more });

function scores(name: ScoreName, incoming: Pod, nodes: Node[], pods: Pod[] = [], profile: SchedulerProfile = defaultProfile(), more: object = {}) {
  const snapshot = snapshotOf({ nodes, pods, ...more });
  const scorer = SCORES[name](incoming, snapshot, snapshot.nodes, profile.settings);
  if (scorer === null) return null;
  const raw = snapshot.nodes.map((info) => scorer.score(info));
  return scorer.normalize?.(raw) ?? raw;
}

describe('allocation', () => {
  test('each resource is truncated before the mean is', () => {
    expect([leastAllocated(334, 1_000), leastAllocated(1_001, 1_000), mostAllocated(334, 1_000), mostAllocated(1_001, 1_000)]).toEqual([66, 0, 33, 100]);
  });

  test('a container that says nothing counts 100 m and 200 MiB in the fit score, one that says 0 counts 0', () => {
    expect(scores('NodeResourcesFit', pod(), [node('a')])).toEqual([(90 + 80) / 2]);
    expect(scores('NodeResourcesFit', pod({ containers: [{ requests: { cpu: 0, memory: 0 } }] }), [node('a')])).toEqual([100]);
  });

  test('balance is half the difference for two, the standard deviation for more', () => {
    expect([balanceScore([]), balanceScore([0.3]), balanceScore([0, 1]), balanceScore([0, 0, 1])]).toEqual([100, 100, 50, 52]);
  });

  test('releases differ in what balance scores: the state, without pods that ask for nothing, or the change', () => {
    const asking = pod({ containers: [{ requests: { cpu: 500, memory: 0 } }] });
    const of = (version: '1.30' | '1.35' | '1.36', incoming: Pod) => scores('NodeResourcesBalancedAllocation', incoming, [node('a')], [], defaultProfile(version));
    expect([of('1.30', pod()), of('1.35', pod()), of('1.36', pod())]).toEqual([[100], null, null]);
    expect([of('1.35', asking), of('1.36', asking)]).toEqual([[75], [62]]);
  });
});

describe('images', () => {
  test('a name without a tag means latest, a port is not a tag', () => {
    expect(['web', 'web:v1', 'reg:5000/web', 'reg:5000/web:v1'].map(imageNameOf)).toEqual(['web:latest', 'web:v1', 'reg:5000/web:latest', 'reg:5000/web:v1']);
  });

  test('below 23 MiB an image is worth nothing, above 1000 MiB per container everything', () => {
    expect([localityScore(0, 0), localityScore(23 * MIB, 1), localityScore(24 * MIB, 1), localityScore(1_000 * MIB, 1), localityScore(1e15, 2)]).toEqual([0, 0, 0, 100, 100]);
  });

  test('an image that few nodes have is worth less; init containers count', () => {
    const has = { images: [{ names: ['web:latest'], sizeBytes: 1_000 * MIB }] };
    expect(scores('ImageLocality', pod({ containers: [{ image: 'web' }] }), [node('a', has), node('b', has)])).toEqual([100, 100]);
    expect(scores('ImageLocality', pod({ containers: [{ image: 'web' }] }), [node('a', has), node('b')])).toEqual([48, 0]);
    expect(scores('ImageLocality', pod({ containers: [], initContainers: [{ image: 'web' }] }), [node('a', has)])).toEqual([100]);
  });
});

describe('preferences', () => {
  test('only tolerations that can mean PreferNoSchedule help', () => {
    const soft = { taints: [{ key: 'k', value: 'v', effect: 'PreferNoSchedule' }] };
    const of = (tolerations: Pod['tolerations']) => scores('TaintToleration', pod({ tolerations: tolerations ?? [] }), [node('a', soft), node('b')]);
    expect([of([]), of([{ key: 'k', value: 'v' }]), of([{ key: 'k', value: 'v', effect: 'NoSchedule' }])]).toEqual([[0, 100], [100, 100], [0, 100]]);
  });

  test('a pod without preferences leaves node affinity out; weight 0 and empty terms never count', () => {
    const prefer = (preferred: object[]) => pod({ affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred as never[] } } });
    expect(scores('NodeAffinity', pod(), [node('a')])).toBeNull();
    expect(scores('NodeAffinity', prefer([{ weight: 0, preference: { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] } }, { weight: 50, preference: {} }]), [node('a'), node('b')])).toEqual([0, 0]);
  });

  test('required affinity of running pods draws others a little, unless that is switched off', () => {
    const draws = pod({ name: 'r', nodeName: 'a', affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'zone' }] } } });
    const base = defaultProfile();
    expect(scores('InterPodAffinity', pod(), [node('a'), node('b')], [draws])).toEqual([100, 0]);
    expect(scores('InterPodAffinity', pod(), [node('a'), node('b')], [draws], { ...base, settings: { ...base.settings, hardPodAffinityWeight: 0 } })).toBeNull();
    expect(scores('InterPodAffinity', pod(), [node('a'), node('b')], [draws], { ...base, settings: { ...base.settings, ignorePreferredTermsOfExistingPods: true } })).toBeNull();
    expect(normalizeAffinity([-7, -7])).toEqual([0, 0]);
  });
});

describe('topology spread', () => {
  const soft = (topologyKey: string) => ({ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'web' } } });
  test('a pod without constraints spreads over the hosts of its service', () => {
    const selectors = [{ kind: 'Service', name: 's', namespace: 'default', selector: { matchLabels: { app: 'web' } } }];
    const running = [pod({ name: 'r', nodeName: 'a' }), pod({ name: 's', nodeName: 'a' })];
    expect(scores('PodTopologySpread', pod(), [node('a'), node('b')], running, defaultProfile(), { selectors })?.map((score) => score === 100)).toEqual([false, true]);
    expect(scores('PodTopologySpread', pod(), [node('a'), node('b')], running)).toBeNull();
  });

  test('a node without the key scores 0', () => {
    expect(scores('PodTopologySpread', pod({ topologySpreadConstraints: [soft('rack')] }), [node('a', { labels: { rack: '1' } }), node('b')])).toEqual([100, 0]);
  });
});

describe('arithmetic', () => {
  test('normalising truncates, and reverses from the top', () => {
    expect([normalizeScores([1, 3], 100, false), normalizeScores([1, 3], 100, true), normalizeScores([0, 0], 100, true), normalizeScores([], 100, false)]).toEqual([[33, 100], [67, 0], [100, 100], []]);
  });

  test('interpolation truncates toward zero on falling slopes too', () => {
    expect([0, 33, 66, 100, 200].map((x) => interpolate([{ x: 0, y: 10 }, { x: 100, y: 0 }], x))).toEqual([10, 7, 4, 0, 0]);
    expect(interpolate([], 5)).toBe(0);
  });
});
