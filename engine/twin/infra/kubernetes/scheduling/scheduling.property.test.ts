import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Node } from '../api/node';
import type { Pod } from '../api/pod';
import { FILTER_NAMES } from './filter';
import { FILTERS } from './filters';
import { defaultProfile } from './profile';
import { scaledDivision } from './resources';
import { decide, nodesToFind, scoreNodes } from './schedule';
import { SCORE_NAMES, type FitStrategy } from './score';
import { snapshotOf } from './snapshot';

const GIB = 1024 ** 3;
const amount = fc.oneof(fc.constantFrom(0, 1, 100, 1_000), fc.integer({ min: 0, max: 64_000 }));
const labels = fc.record({ app: fc.constantFrom('a', 'b'), zone: fc.constantFrom('x', 'y') }, { requiredKeys: [] });
const term = fc.record({ labelSelector: labels.map((matchLabels) => ({ matchLabels })), topologyKey: fc.constantFrom('zone', 'kubernetes.io/hostname') });
const pod = fc.record({
  labels,
  containers: fc.array(fc.record({ image: fc.constantFrom('big', 'small:v1'), requests: fc.record({ cpu: amount, memory: amount.map((n) => n * 1_000_000) }, { requiredKeys: [] }) }), { maxLength: 3 }),
  affinity: fc.record({ podAffinity: fc.array(fc.record({ weight: fc.integer({ min: -100, max: 100 }), podAffinityTerm: term }), { maxLength: 2 }).map((list) => ({ preferredDuringSchedulingIgnoredDuringExecution: list })) }),
  topologySpreadConstraints: fc.array(fc.record({ maxSkew: fc.integer({ min: 1, max: 5 }), topologyKey: fc.constantFrom('zone', 'kubernetes.io/hostname'), whenUnsatisfiable: fc.constant('ScheduleAnyway'), labelSelector: labels.map((matchLabels) => ({ matchLabels })) }), { maxLength: 2 }),
});
const node = fc.record({ labels, cpu: amount, memory: amount.map((n) => n * 1_000_000), slots: fc.nat(12), prefers: fc.boolean(), image: fc.nat(4_000) });

const nodesOf = (specs: readonly { labels: Record<string, string>; cpu: number; memory: number; slots: number; prefers: boolean; image: number }[]): Node[] =>
  specs.map((spec, i) => ({
    name: `n${i}`,
    labels: { ...spec.labels, 'kubernetes.io/hostname': `n${i}` },
    taints: spec.prefers ? [{ key: 'k', effect: 'PreferNoSchedule' }] : [],
    allocatable: { cpu: spec.cpu, memory: spec.memory, pods: spec.slots },
    images: [{ names: ['big:latest'], sizeBytes: spec.image * 1024 * 1024 }],
  }));
const cluster = fc.record({ nodes: fc.array(node, { minLength: 1, maxLength: 8 }), running: fc.array(fc.tuple(pod, fc.nat(7)), { maxLength: 12 }), incoming: pod });
const RESOURCES = [{ name: 'cpu', weight: 1 }, { name: 'memory', weight: 3 }];
const strategies: FitStrategy[] = [
  { type: 'LeastAllocated', resources: RESOURCES },
  { type: 'MostAllocated', resources: RESOURCES },
  { type: 'RequestedToCapacityRatio', resources: RESOURCES, shape: [{ utilization: 0, score: 0 }, { utilization: 70, score: 10 }, { utilization: 100, score: 3 }] },
];

describe('scheduling', () => {
  test('every score of every plugin is a whole number from 0 to 100', () => {
    fc.assert(
      fc.property(cluster, fc.constantFrom('1.30' as const, '1.35' as const, '1.36' as const), fc.constantFrom(...strategies), ({ nodes, running, incoming }, version, fit) => {
        const pods = running.map(([spec, at], i): Pod => ({ ...spec, name: `r${i}`, namespace: 'default', nodeName: `n${at % nodes.length}` }));
        const base = defaultProfile(version);
        const snapshot = snapshotOf({ nodes: nodesOf(nodes), pods, selectors: [{ kind: 'Service', name: 's', namespace: 'default', selector: { matchLabels: { app: 'a' } } }] });
        const scores = scoreNodes({ ...incoming, name: 'p', namespace: 'default' }, snapshot, snapshot.nodes, { ...base, settings: { ...base.settings, fit } });
        for (const name of SCORE_NAMES) {
          for (const score of scores.perPlugin[name]) {
            expect(Number.isInteger(score), name).toBe(true);
            expect(score, name).toBeGreaterThanOrEqual(0);
            expect(score, name).toBeLessThanOrEqual(100);
          }
        }
      }),
      { seed: 20_261_124, numRuns: 300 },
    );
  });

  test('a pod more on a node never makes room there', () => {
    fc.assert(
      fc.property(cluster, ({ nodes, running, incoming }) => {
        const specs = nodesOf(nodes);
        const pods = running.map(([spec, at], i): Pod => ({ ...spec, name: `r${i}`, namespace: 'default', nodeName: `n${at % nodes.length}` }));
        const without = snapshotOf({ nodes: specs, pods: pods.slice(1) });
        const withPod = snapshotOf({ nodes: specs, pods });
        const { settings } = defaultProfile();
        const arriving: Pod = { ...incoming, name: 'p', namespace: 'default' };
        for (const filter of ['NodeResourcesFit', 'NodePorts'] as const) {
          const before = FILTERS[filter](arriving, without, settings);
          const after = FILTERS[filter](arriving, withPod, settings);
          specs.forEach((_, i) => before(without.nodes[i]!) !== null && expect(after(withPod.nodes[i]!)).not.toBeNull());
        }
      }),
      { seed: 20_261_125, numRuns: 200 },
    );
  });

  test('a smaller request fits wherever a larger one does', () => {
    fc.assert(
      fc.property(cluster, fc.nat(1_000), ({ nodes, incoming }, less) => {
        const snapshot = snapshotOf({ nodes: nodesOf(nodes), pods: [] });
        const large: Pod = { ...incoming, name: 'p', namespace: 'default' };
        const small: Pod = { ...large, containers: large.containers.map((container) => ({ ...container, requests: { ...container.requests, cpu: Math.max(0, (container.requests?.['cpu'] ?? 0) - less) } })) };
        const fits = (of: Pod) => decide(of, snapshot, defaultProfile(), 0, 100).feasible.map((info) => info.node.name);
        expect(fits(small)).toEqual(expect.arrayContaining(fits(large)));
      }),
      { seed: 20_261_126, numRuns: 150 },
    );
  });

  test('a score division equals the one on big integers, however large the numbers', () => {
    const huge = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(fc.property(huge, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (a, b) => scaledDivision(a, 100, b) === Number((BigInt(a) * 100n) / BigInt(b))), { seed: 20_261_127, numRuns: 2_000 });
  });

  test('enough nodes are looked at: all below 100, then a share that falls to 5 %, never fewer than 100', () => {
    expect([0, 99, 100, 1_000, 5_000, 6_000, 20_000].map((count) => nodesToFind(count))).toEqual([0, 99, 100, 420, 500, 300, 1_000]);
    expect([nodesToFind(1_000, 100), nodesToFind(1_000, 1), nodesToFind(50, 1)]).toEqual([1_000, 100, 50]);
  });

  test('without any constraint all filters agree that an empty large node fits', () => {
    const snapshot = snapshotOf({ nodes: [{ name: 'n', labels: {}, allocatable: { cpu: 1_000, memory: GIB, pods: 1 } }], pods: [] });
    const { settings } = defaultProfile();
    for (const name of FILTER_NAMES) expect(FILTERS[name]({ name: 'p', namespace: 'default', labels: {}, containers: [] }, snapshot, settings)(snapshot.nodes[0]!), name).toBeNull();
  });
});
