import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultProfile } from '../../scheduling/profile';
import { decide } from '../../scheduling/schedule';
import { snapshotOf } from '../../scheduling/snapshot';
import { parseQuantity } from '../quantity';
import { readNode } from './read-node';
import { readPod } from './read-pod';
import { epochSecondsOf } from './timestamp';

const value = (text: string | number, perUnit: 1 | 1000 = 1) => {
  const parsed = parseQuantity(text, perUnit);
  return parsed.ok ? parsed.value : parsed.error.code;
};

describe('quantities', () => {
  test('every suffix of the API is read exactly, and fractions round up', () => {
    expect(['128974848', '129e6', '129M', '128974848000m', '123Mi'].map((text) => value(text))).toEqual([128_974_848, 129_000_000, 129_000_000, 128_974_848, 128_974_848]);
    expect(['250m', '1', '0.1', '1.5', '.5', '2.', '1u', '100n', 0.25].map((text) => value(text, 1000))).toEqual([250, 1_000, 100, 1_500, 500, 2_000, 1, 1, 250]);
    expect(['1Ki', '1k', '1.5Gi', '-1Ki', '+3', '0', '1E', '5e-1', '1e0'].map((text) => value(text))).toEqual([1_024, 1_000, 1_610_612_736, -1_024, 3, 0, 'too-large', 1, 1]);
  });

  test('what is no quantity, or does not fit, is refused', () => {
    for (const text of ['', ' ', '.', '+', 'm', '1 Gi', '1GiB', '1,5', '0x10', 'NaN', 'Infinity', '1e', '1e1e1', '1.2.3', '--1', '9'.repeat(65), '１']) expect(value(text), text).toBe('not-a-quantity');
    for (const text of ['9007199254740992', '10E', '1e300', '9Ei']) expect(value(text), text).toBe('too-large');
    expect(value('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('manifests', () => {
  const manifest = {
    metadata: { name: 'web-1', labels: { app: 'web' }, ownerReferences: [{ kind: 'ReplicaSet', name: 'web', controller: true }] },
    spec: {
      containers: [{ name: 'c', image: 'web', resources: { requests: { cpu: '250m', memory: '64Mi' } }, env: [{ name: 'PASSWORD', value: 'x' }], ports: [{ hostPort: 80 }] }],
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'zone' }] } },
      volumes: [{ persistentVolumeClaim: { claimName: 'data' } }, { emptyDir: {} }],
    },
    status: { startTime: '2026-11-21T09:30:00Z' },
  };

  test('a pod is read as kubectl prints it', () => {
    const { pod, issues } = readPod(manifest);
    expect(issues).toEqual([]);
    expect(pod).toMatchObject({ name: 'web-1', namespace: 'default', owner: { kind: 'ReplicaSet', name: 'web' }, claims: ['data'], startTime: Date.parse('2026-11-21T09:30:00Z') / 1_000 });
    expect(pod.containers[0]).toEqual({ name: 'c', image: 'web', requests: { cpu: 250, memory: 67_108_864 }, limits: {}, ports: [{ hostIP: '', hostPort: 80, protocol: '' }] });
    expect(JSON.stringify(pod)).not.toContain('PASSWORD');
  });

  test('each wrong value is told with its path, and the rest is kept', () => {
    const { node, issues } = readNode({ metadata: { name: 'n', labels: { zone: 1 } }, spec: { taints: 'none' }, status: { allocatable: { cpu: '4', memory: 'lots', pods: '-3' } } }, 'items[2]');
    expect(node).toEqual({ name: 'n', labels: {}, taints: [], unschedulable: false, allocatable: { cpu: 4_000 }, images: [] });
    expect(issues.map(({ path, code }) => [path, code])).toEqual([
      ['items[2].status.allocatable.memory', 'not-parsable'],
      ['items[2].status.allocatable.pods', 'out-of-range'],
      ['items[2].metadata.labels.zone', 'wrong-type'],
      ['items[2].spec.taints', 'wrong-type'],
    ]);
  });

  test('any JSON at all is read without failing, and what comes out can be scheduled', () => {
    const junk = fc.jsonValue({ maxDepth: 3 });
    const odd = fc.record({ metadata: junk, spec: fc.oneof(junk, fc.record({ containers: junk, affinity: junk, tolerations: junk, topologySpreadConstraints: junk, nodeSelector: junk, overhead: junk })), status: fc.oneof(junk, fc.record({ allocatable: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), junk)), images: junk })) });
    fc.assert(
      fc.property(fc.oneof(junk, odd), fc.array(odd, { maxLength: 3 }), (podManifest, nodeManifests) => {
        const { pod } = readPod(podManifest);
        const nodes = nodeManifests.map((entry, i) => ({ ...readNode(entry).node, name: `n${i}` }));
        const { nodeName: _, ...free } = pod;
        expect(decide(free, snapshotOf({ nodes, pods: [] }), defaultProfile()).best.length).toBeLessThanOrEqual(nodes.length);
      }),
      { seed: 20_261_128, numRuns: 1_000 },
    );
  });

  test('times are read like the calendar of the language does', () => {
    for (const text of ['1970-01-01T00:00:00Z', '2024-02-29T23:59:59Z', '2026-11-21T10:30:00.5+01:00', '1969-12-31T23:00:00-05:30']) expect(epochSecondsOf(text), text).toBe(Math.floor(Date.parse(text) / 1_000));
    for (const text of ['', 'yesterday', '2026-13-01T00:00:00Z', '2026-11-21', '2026-11-21T25:00:00Z']) expect(epochSecondsOf(text), text).toBeNull();
  });
});
