/**
 * A made-up cluster for measuring the scheduler: three machine sizes over three zones, some nodes tainted,
 * images on some of them, and forty deployments that use what a real one uses: spread over zones and hosts,
 * affinity and anti-affinity, node preferences, tolerations. Everything is drawn from the seed.
 */
import { nextBelow, randomStream, type Random } from '@/engine/kernel';
import type { kubernetes } from '@/engine/twin';

const GIB = 1024 ** 3;
const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const SIZES = [
  { cpu: 16_000, memoryGib: 64 },
  { cpu: 32_000, memoryGib: 128 },
  { cpu: 64_000, memoryGib: 256 },
];
const DEPLOYMENTS = 40;

const pick = <T>(random: Random, values: readonly T[]): T => values[nextBelow(random, values.length)]!;
const oneIn = (random: Random, n: number) => nextBelow(random, n) === 0;

function node(random: Random, index: number): kubernetes.Node {
  const { cpu, memoryGib } = pick(random, SIZES);
  const prefer = oneIn(random, 10) ? [{ key: 'spot', value: 'true', effect: 'PreferNoSchedule' }] : [];
  const keep = oneIn(random, 20) ? [{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }] : [];
  return {
    name: `node-${index}`,
    labels: { [HOST]: `node-${index}`, [ZONE]: `zone-${index % 3}`, disk: pick(random, ['ssd', 'hdd']), tier: pick(random, ['gold', 'silver']) },
    taints: [...prefer, ...keep],
    allocatable: { cpu, memory: memoryGib * GIB, 'ephemeral-storage': 100 * GIB, pods: 110 },
    images: Array.from({ length: 8 }, (_, i) => ({ names: [`registry.test/app-${i * 5 + nextBelow(random, 5)}:v1`], sizeBytes: (50 + nextBelow(random, 900)) * 1024 * 1024 })),
  };
}

function template(random: Random, index: number): Omit<kubernetes.Pod, 'name'> {
  const app = `app-${index}`;
  const own = { labelSelector: { matchLabels: { app } } };
  const spread = { maxSkew: 1 + nextBelow(random, 3), labelSelector: own.labelSelector };
  return {
    namespace: 'default',
    labels: { app },
    containers: [{ image: `registry.test/${app}:v1`, requests: { cpu: 100 * (1 + nextBelow(random, 8)), memory: (1 + nextBelow(random, 8)) * (GIB / 4) } }],
    tolerations: oneIn(random, 5) ? [{ key: 'dedicated', operator: 'Equal', value: 'batch', effect: 'NoSchedule' }] : [],
    topologySpreadConstraints: [
      ...(oneIn(random, 2) ? [{ ...spread, topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule' }] : []),
      ...(oneIn(random, 2) ? [{ ...spread, topologyKey: HOST, whenUnsatisfiable: 'ScheduleAnyway' }] : []),
    ],
    affinity: {
      nodeAffinity: oneIn(random, 3) ? { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 20, preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] } }] } : null,
      podAffinity: oneIn(random, 4) ? { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, podAffinityTerm: { labelSelector: { matchLabels: { app: `app-${nextBelow(random, DEPLOYMENTS)}` } }, topologyKey: ZONE } }] } : null,
      podAntiAffinity: oneIn(random, 3) ? { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { ...own, topologyKey: HOST } }] } : null,
    },
  };
}

export type BenchCluster = { readonly nodes: readonly kubernetes.Node[]; readonly selectors: readonly kubernetes.PodSelector[]; pod(index: number): kubernetes.Pod };

export function benchCluster(nodeCount: number, seed: number): BenchCluster {
  const random = randomStream(seed, 'bench-cluster');
  const nodes = Array.from({ length: nodeCount }, (_, i) => node(random, i));
  const templates = Array.from({ length: DEPLOYMENTS }, (_, i) => template(random, i));
  const selectors = templates.map((_, i) => ({ kind: 'Service', name: `app-${i}`, namespace: 'default', selector: { matchLabels: { app: `app-${i}` } } }));
  return { nodes, selectors, pod: (index) => ({ ...templates[index % DEPLOYMENTS]!, name: `pod-${index}` }) };
}
