import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { defaultProfile } from '../profile';
import { decide } from '../schedule';
import { snapshotOf } from '../snapshot';
import { applyChange } from './change';
import { explainPlacement } from './explain-placement';
import { smallestFlip } from './flip';

const GIB = 1024 ** 3;
const profile = defaultProfile();
const node = (name: string, more: Partial<Node> = {}): Node => ({ name, labels: { 'kubernetes.io/hostname': name }, allocatable: { cpu: 4_000, memory: 8 * GIB, pods: 10 }, ...more });
const pod = (name: string, more: Partial<Pod> = {}): Pod => ({ name, namespace: 'default', labels: { app: 'web' }, containers: [{ requests: { cpu: 1_000, memory: GIB } }], ...more });
const flipOf = (incoming: Pod, nodes: Node[], target: string, pods: Pod[] = []) => smallestFlip({ pod: incoming, snapshot: snapshotOf({ nodes, pods }) }, target, profile)?.changes;

describe('the smallest change that brings a pod to a node', () => {
  test('a cordoned node is uncordoned', () => {
    expect(flipOf(pod('p'), [node('a', { unschedulable: true })], 'a')).toEqual([{ kind: 'uncordon', node: 'a' }]);
  });

  test('every taint is tolerated, one by one', () => {
    const taints = [{ key: 'x', value: '1', effect: 'NoSchedule' }, { key: 'y', value: '2', effect: 'NoExecute' }];
    expect(flipOf(pod('p'), [node('a', { taints })], 'a')).toEqual(taints.map((taint) => ({ kind: 'tolerate', taint })));
  });

  test('a request is lowered by exactly what is missing', () => {
    const busy = pod('busy', { nodeName: 'a', containers: [{ requests: { cpu: 3_500, memory: GIB } }] });
    expect(flipOf(pod('p'), [node('a')], 'a', [busy])).toEqual([{ kind: 'lower-request', resource: 'cpu', by: 500 }]);
  });

  test('labels the node selector asks for are set on the node', () => {
    expect(flipOf(pod('p', { nodeSelector: { disk: 'ssd' } }), [node('a')], 'a')).toEqual([{ kind: 'label-node', node: 'a', labels: { disk: 'ssd' } }]);
  });

  test('the allowed skew is raised by the least that suffices', () => {
    const spread = { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } }] };
    const running = ['r1', 'r2', 'r3'].map((name) => pod(name, { nodeName: 'a', containers: [] }));
    const changes = flipOf(pod('p', spread), [node('a'), node('b')], 'a', running);
    expect(changes?.[0]).toEqual({ kind: 'raise-max-skew', topologyKey: 'kubernetes.io/hostname', by: 3 });
  });

  test('the holder of a host port is moved away', () => {
    const port = { containers: [{ ports: [{ hostPort: 80 }] }] };
    expect(flipOf(pod('p', port), [node('a')], 'a', [pod('holder', { ...port, nodeName: 'a' })])).toEqual([{ kind: 'remove-pods', names: ['default/holder'] }]);
  });

  test('a node that only scores lower needs the smallest preference that tips it', () => {
    const nodes = [node('fast', { allocatable: { cpu: 64_000, memory: 64 * GIB, pods: 10 } }), node('slow')];
    expect(flipOf(pod('p'), nodes, 'slow')).toEqual([{ kind: 'prefer-node', node: 'slow', weight: 1 }]);
  });

  test('a full node whose slots are taken gets as many as it lacks', () => {
    expect(flipOf(pod('p'), [node('a', { allocatable: { cpu: 4_000, memory: 8 * GIB, pods: 1 } })], 'a', [pod('r', { nodeName: 'a' })])).toEqual([{ kind: 'add-pod-slots', node: 'a', by: 1 }]);
  });
});

describe('explainPlacement', () => {
  test('each node is chosen, refused with reasons, or outscored with the plugin that decided', () => {
    const nodes = [node('best', { allocatable: { cpu: 64_000, memory: 64 * GIB, pods: 10 } }), node('second'), node('spotty', { taints: [{ key: 'spot', effect: 'PreferNoSchedule' }] }), node('shut', { unschedulable: true })];
    const { chosen, nodes: lines } = explainPlacement(pod('p'), snapshotOf({ nodes, pods: [] }), profile);
    expect(chosen).toBe('best');
    expect(lines.map(({ outcome }) => outcome)).toEqual(['chosen', 'outscored', 'outscored', 'refused']);
    expect(lines[2]).toMatchObject({ decisivePlugin: 'TaintToleration' });
    expect(lines[3]).toMatchObject({ refusals: [{ filter: 'NodeUnschedulable', reason: 'the node is cordoned' }], flip: { changes: [{ kind: 'uncordon', node: 'shut' }, { kind: 'prefer-node' }] } });
  });

  test('a pod that fits nowhere is explained too', () => {
    const { chosen, nodes } = explainPlacement(pod('p', { containers: [{ requests: { cpu: 99_000 } }] }), snapshotOf({ nodes: [node('a')], pods: [] }), profile);
    expect(chosen).toBeNull();
    expect(nodes[0]).toMatchObject({ outcome: 'refused', refusals: [{ short: [{ resource: 'cpu', requested: 99_000, used: 0, capacity: 4_000 }] }], flip: { changes: [{ kind: 'lower-request', resource: 'cpu', by: 95_000 }] } });
  });

  test('every change that is named really brings the pod to the node, and none can be left out', () => {
    const anyNode = fc.record({ unschedulable: fc.boolean(), tainted: fc.boolean(), cpu: fc.constantFrom(500, 4_000, 32_000), zone: fc.constantFrom('a', 'b'), slots: fc.constantFrom(0, 5) });
    const anyPod = fc.record({ cpu: fc.constantFrom(100, 1_000, 8_000), selects: fc.boolean(), spreads: fc.boolean(), port: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyNode, { minLength: 1, maxLength: 5 }), anyPod, fc.array(fc.nat(4), { maxLength: 6 }), (specs, wants, running) => {
        const nodes = specs.map((spec, i) => node(`n${i}`, { unschedulable: spec.unschedulable, taints: spec.tainted ? [{ key: 'k', value: 'v', effect: 'NoSchedule' }] : [], labels: { zone: spec.zone }, allocatable: { cpu: spec.cpu, memory: 8 * GIB, pods: spec.slots } }));
        const pods = running.map((at, i) => pod(`r${i}`, { nodeName: `n${at % nodes.length}`, containers: [{ requests: { cpu: 200 }, ports: [{ hostPort: 80 }] }] }));
        const incoming = pod('p', {
          containers: [{ requests: { cpu: wants.cpu }, ports: wants.port ? [{ hostPort: 80 }] : [] }],
          nodeSelector: wants.selects ? { zone: 'a' } : {},
          topologySpreadConstraints: wants.spreads ? [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } }] : [],
        });
        const world = { pod: incoming, snapshot: snapshotOf({ nodes, pods }) };
        const goesTo = (changes: Parameters<typeof applyChange>[1][], name: string) => {
          const after = changes.reduce(applyChange, world);
          return decide(after.pod, after.snapshot, profile, 0, 100).best.some((info) => info.node.name === name);
        };
        for (const { name } of nodes) {
          const changes = smallestFlip(world, name, profile)?.changes;
          expect(changes, name).toBeDefined();
          expect(goesTo([...changes!], name)).toBe(true);
          for (const change of changes!) expect(goesTo(changes!.filter((other) => other !== change), name)).toBe(false);
        }
      }),
      { seed: 20_261_123, numRuns: 60 },
    );
  });
});
