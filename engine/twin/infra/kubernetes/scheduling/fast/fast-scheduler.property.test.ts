import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@/engine/kernel';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { defaultProfile } from '../profile';
import { decide } from '../schedule';
import { snapshotOf } from '../snapshot';
import { fastScheduler, placePod, removePod, snapshotNow } from './fast-scheduler';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const APPS = ['web', 'api', 'db'];
const GIB = 1024 ** 3;

const app = fc.constantFrom(...APPS);
const selector = fc.oneof(
  app.map((name) => ({ matchLabels: { app: name } })),
  fc.constant({ matchExpressions: [{ key: 'app', operator: 'Exists' }] }),
  fc.constant({}),
);
const key = fc.constantFrom(ZONE, HOST, 'rack');
const term = fc.record({ labelSelector: selector, topologyKey: key }, { requiredKeys: ['topologyKey', 'labelSelector'] });
const weighted = fc.record({ weight: fc.integer({ min: 1, max: 100 }), podAffinityTerm: term });
const podAffinity = fc.record(
  { requiredDuringSchedulingIgnoredDuringExecution: fc.array(term, { maxLength: 1 }), preferredDuringSchedulingIgnoredDuringExecution: fc.array(weighted, { maxLength: 2 }) },
  { requiredKeys: [] },
);
const nodeTerm = fc.constantFrom(
  { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] },
  { matchExpressions: [{ key: 'gen', operator: 'Gt', values: ['2'] }] },
  { matchExpressions: [{ key: 'rack', operator: 'DoesNotExist' }] },
);
const nodeAffinity = fc.record(
  {
    requiredDuringSchedulingIgnoredDuringExecution: nodeTerm.map((one) => ({ nodeSelectorTerms: [one] })),
    preferredDuringSchedulingIgnoredDuringExecution: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), preference: nodeTerm }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const constraint = fc.record(
  {
    maxSkew: fc.integer({ min: 1, max: 3 }),
    topologyKey: key,
    whenUnsatisfiable: fc.constantFrom('DoNotSchedule', 'ScheduleAnyway'),
    labelSelector: selector,
    minDomains: fc.constantFrom(1, 1, 2, 4),
    nodeAffinityPolicy: fc.constantFrom('Honor', 'Ignore'),
    nodeTaintsPolicy: fc.constantFrom('Honor', 'Ignore'),
  },
  { requiredKeys: ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector'] },
);
const template = fc.record({
  labels: app.map((name) => ({ app: name })),
  containers: fc.array(
    fc.record({
      image: fc.constantFrom('reg/app:v1', 'reg/big'),
      requests: fc.record({ cpu: fc.constantFrom(0, 100, 750, 1500), memory: fc.constantFrom(0, GIB, 3 * GIB), 'example.com/gpu': fc.constantFrom(1, 2) }, { requiredKeys: [] }),
      ports: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(fc.record({ hostPort: fc.constantFrom(80, 443), hostIP: fc.constantFrom('', '10.0.0.1') }), { maxLength: 1 }) }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  affinity: fc.oneof(fc.constant({}), fc.record({ podAffinity, podAntiAffinity: podAffinity, nodeAffinity }, { requiredKeys: [] })),
  tolerations: fc.constantFrom([], [{ operator: 'Exists' }], [{ key: 'spot', operator: 'Exists', effect: 'PreferNoSchedule' }]),
  topologySpreadConstraints: fc.uniqueArray(constraint, { maxLength: 2, selector: ({ topologyKey, whenUnsatisfiable }) => topologyKey + whenUnsatisfiable }),
});
const node = fc.record({
  zone: fc.constantFrom('a', 'a', 'b', 'b', 'c', undefined),
  rack: fc.constantFrom('1', '2', undefined),
  disk: fc.constantFrom('ssd', 'hdd'),
  gen: fc.constantFrom('1', '3', 'x'),
  taint: fc.constantFrom(undefined, undefined, 'NoSchedule', 'PreferNoSchedule'),
  unschedulable: fc.constantFrom(false, false, false, true),
  cpu: fc.constantFrom(0, 4_000, 16_000, 32_000),
  gpu: fc.constantFrom(0, 4),
  slots: fc.constantFrom(2, 110),
  image: fc.boolean(),
});

function nodeOf(spec: { zone?: string | undefined; rack?: string | undefined; disk: string; gen: string; taint?: string | undefined; unschedulable: boolean; cpu: number; gpu: number; slots: number; image: boolean }, i: number): Node {
  return {
    name: `n${i}`,
    labels: { [HOST]: `n${i}`, disk: spec.disk, gen: spec.gen, ...(spec.zone === undefined ? {} : { [ZONE]: spec.zone }), ...(spec.rack === undefined ? {} : { rack: spec.rack }) },
    taints: spec.taint === undefined ? [] : [{ key: 'spot', value: 'true', effect: spec.taint }],
    unschedulable: spec.unschedulable,
    allocatable: { cpu: spec.cpu, memory: 8 * GIB, pods: spec.slots, 'example.com/gpu': spec.gpu },
    images: spec.image ? [{ names: ['reg/big:latest'], sizeBytes: GIB }] : [],
  };
}

const cluster = fc.record({
  nodes: fc.array(node, { minLength: 1, maxLength: 9 }),
  templates: fc.array(template, { minLength: 1, maxLength: 5 }),
  steps: fc.array(fc.record({ template: fc.nat(), remove: fc.constantFrom(false, false, false, true), pick: fc.nat() }), { minLength: 4, maxLength: 40 }),
  version: fc.constantFrom('1.30' as const, '1.35' as const, '1.36' as const),
});

describe('fast scheduler', () => {
  test('decides as the plain version does, pod after pod, arriving and leaving', () => {
    fc.assert(
      fc.property(cluster, ({ nodes, templates, steps, version }) => {
        const profile = defaultProfile(version);
        const spec = { nodes: nodes.map(nodeOf), pods: [], selectors: [{ kind: 'Service', name: 'web', namespace: 'default', selector: { matchLabels: { app: 'web' } } }] };
        const fast = fastScheduler(spec, profile);
        const random = randomStream(1, 'ties');
        const names: string[] = [];
        steps.forEach(({ template: which, remove, pick }, i) => {
          if (remove && names.length > 0) removePod(fast, 'default', names.splice(pick % names.length, 1)[0]!);
          const pod: Pod = { ...templates[which % templates.length]!, name: `p${i}`, namespace: 'default' };
          const plain = decide(pod, snapshotNow(fast), profile, fast.nextStart);
          const placed = placePod(fast, pod, random);
          if (placed >= 0) names.push(pod.name);
          expect([...fast.search.feasible.slice(0, fast.search.found)].map((n) => spec.nodes[n]!.name)).toEqual(plain.feasible.map((info) => info.node.name));
          if (plain.scores !== null) expect([...fast.scratch.total.slice(0, fast.search.found)]).toEqual(plain.scores.total);
          expect(plain.best.map((info) => info.node.name)).toEqual(placed < 0 ? [] : expect.arrayContaining([spec.nodes[placed]!.name]));
          expect(fast.nextStart).toBe(plain.nextStart);
        });
      }),
      { seed: 20_261_121, numRuns: 250 },
    );
  });

  test('a cluster handed over with running pods is the same as one that placed them', () => {
    fc.assert(
      fc.property(cluster, ({ nodes, templates, steps }) => {
        const spec = { nodes: nodes.map(nodeOf), pods: [] as Pod[] };
        const grown = fastScheduler(spec);
        steps.forEach(({ template: which }, i) => placePod(grown, { ...templates[which % templates.length]!, name: `p${i}`, namespace: 'default' }, randomStream(1, 'ties')));
        const handed = fastScheduler({ ...spec, pods: snapshotNow(grown).nodes.flatMap(({ pods }) => pods) });
        handed.nextStart = grown.nextStart;
        const probe: Pod = { ...templates[0]!, name: 'probe', namespace: 'default' };
        expect(placePod(handed, probe, randomStream(2, 'ties'))).toBe(placePod(grown, probe, randomStream(2, 'ties')));
      }),
      { seed: 20_261_122, numRuns: 200 },
    );
  });

  test('an empty cluster takes nothing and does not fail', () => {
    const fast = fastScheduler({ nodes: [], pods: [] });
    expect(placePod(fast, { name: 'p', namespace: 'default', labels: {}, containers: [] }, randomStream(1, 'ties'))).toBe(-1);
    expect(snapshotOf({ nodes: [], pods: [] }).nodes).toEqual([]);
  });
});
