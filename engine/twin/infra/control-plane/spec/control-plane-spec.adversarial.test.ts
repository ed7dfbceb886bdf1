import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSystem } from '@/engine/twin';

const node = { name: 'n1', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1 };
const service = { name: 'web', replicas: 2, lanes: 1, demand: { meanMs: 5 }, startUp: { meanMs: 800 }, cpuRequestMillicores: 200, memoryMib: 100 };
const group = { name: 'pool', cpuMillicores: 4_000, memoryMib: 8_192, usdPerHour: 0.2, min: 0, max: 5, bootSeconds: 60 };
const system = (more: { node?: object; service?: object; cluster?: unknown }) => ({ nodes: [{ ...node, ...more.node }], services: [{ ...service, ...more.service }], loads: [], cluster: more.cluster });

const full = system({
  node: { group: 'pool', labels: { disk: 'ssd' }, taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }], podsMax: 30, allocatable: { cpuMillicores: 1_900, memoryMib: 3_800 }, resources: { 'nvidia.com/gpu': 2 }, instanceType: 'm5.large', architecture: 'arm64', spot: true },
  service: {
    pod: {
      labels: { tier: 'front' },
      nodeSelector: { disk: 'ssd' },
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' }] } },
      tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 }],
      topologySpread: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } }],
      priority: 1_000,
      preempts: false,
      hostPorts: [80],
      resources: { 'nvidia.com/gpu': 1 },
      memoryRequestMib: 64,
      volumes: ['data'],
      image: { name: 'web:1', mib: 300 },
      terminationGraceSeconds: 20,
      preStopSeconds: 5,
      probes: { readiness: { periodSeconds: 5 }, liveness: { failureThreshold: 2, timeoutSeconds: 2 } },
    },
    rollout: { maxSurge: '25%', maxUnavailable: 0, minReadySeconds: 5 },
    disruptionBudget: { maxUnavailable: 1 },
    autoscaler: { min: 2, max: 8, metrics: [{ kind: 'Resource', resource: 'cpu', utilizationPercent: 60 }, { kind: 'Pods', metric: 'requests-in-flight', averageValue: 4 }], behavior: { scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] } } },
    verticalAutoscaler: { mode: 'Recreate', minAllowed: { cpuMillicores: 50 }, controls: ['cpu'] },
  },
  cluster: { kubernetesVersion: '1.36', nodeGroups: [group], nodeAutoscaler: { kind: 'karpenter', policy: 'Balanced', budgets: [{ nodes: '20%' }] }, volumes: [{ name: 'data', zone: 'a' }], scrapeSeconds: 30, endpointRemovalMs: 1_500 },
});

const issuesOf = (document: unknown) => {
  const read = parseSystem(document);
  return read.ok ? [] : read.error.map(({ path, code }) => `${path} ${code}`);
};

describe('control plane fields of a system', () => {
  test('every field is read as it is written', () => {
    const read = parseSystem(JSON.parse(JSON.stringify(full)));
    expect(read.ok ? [] : read.error).toEqual([]);
    expect(read.ok && JSON.parse(JSON.stringify(read.value)).nodes).toEqual(full.nodes);
    expect(read.ok && JSON.parse(JSON.stringify(read.value)).cluster).toEqual(full.cluster);
    expect(read.ok && JSON.parse(JSON.stringify(read.value)).services).toMatchObject(full.services);
  });

  test.each<[string, Parameters<typeof system>[0], string]>([
    ['a misspelt pod rule', { service: { pod: { tolerance: [] } } }, 'services[0].pod.tolerance unknown-key'],
    ['a taint without a known effect', { node: { taints: [{ key: 'a', effect: 'NoScheduling' }] } }, 'nodes[0].taints[0].effect out-of-range'],
    ['a group that nobody defined', { node: { group: 'pool' } }, 'nodes[0].group unknown-name'],
    ['a group smaller than what belongs to it', { node: { group: 'pool' }, cluster: { nodeGroups: [{ ...group, max: 0 }] } }, 'cluster.nodeGroups[0].max out-of-range'],
    ['two groups of one name', { cluster: { nodeGroups: [group, group] } }, 'cluster.nodeGroups[1].name duplicate'],
    ['an autoscaler whose range is empty', { service: { autoscaler: { min: 5, max: 2 } } }, 'services[0].autoscaler.max out-of-range'],
    ['utilization of a request of nothing', { service: { cpuRequestMillicores: 0, autoscaler: { min: 1, max: 2 } } }, 'services[0].autoscaler out-of-range'],
    ['a metric with two targets', { service: { autoscaler: { min: 1, max: 2, metrics: [{ kind: 'Resource', resource: 'cpu', utilizationPercent: 5, averageValue: 3 }] } } }, 'services[0].autoscaler.metrics[0] wrong-type'],
    ['a metric of an unknown service', { service: { autoscaler: { min: 1, max: 2, metrics: [{ kind: 'External', metric: 'requests-in-flight', service: 'jobs', value: 3 }] } } }, 'services[0].autoscaler.metrics[0].service unknown-name'],
    ['a budget of both kinds', { service: { disruptionBudget: { minAvailable: 1, maxUnavailable: 1 } } }, 'services[0].disruptionBudget wrong-type'],
    ['a share that is none', { service: { rollout: { maxSurge: 'a quarter' } } }, 'services[0].rollout.maxSurge not-parsable'],
    ['a volume that does not exist', { service: { pod: { volumes: ['data'] } } }, 'services[0].pod.volumes[0] unknown-name'],
    ['a release without rules', { cluster: { kubernetesVersion: '1.9' } }, 'cluster.kubernetesVersion out-of-range'],
    ['cpu among the devices', { service: { pod: { resources: { cpu: 1 } } } }, 'services[0].pod.resources.cpu unknown-key'],
    ['a spread over nothing', { service: { pod: { topologySpread: [{ maxSkew: 0, whenUnsatisfiable: 'Never' }] } } }, 'services[0].pod.topologySpread[0].topologyKey missing'],
    ['a label that is no text', { node: { labels: { zone: 3 } } }, 'nodes[0].labels.zone wrong-type'],
  ])('%s is named by its path', (_, wrong, issue) => {
    expect(issuesOf(system(wrong))).toContain(issue);
  });

  test('whatever stands in place of a field, reading ends with issues or a system', () => {
    const junk = fc.oneof(fc.constant(null), fc.string({ maxLength: 8 }), fc.integer(), fc.double(), fc.boolean(), fc.constant([]), fc.constant({}), fc.constant([[{}]]), fc.constant({ __proto__: null, length: -1 }));
    const spots: ((value: unknown) => unknown)[] = [
      ...Object.keys(full.nodes[0]!).map((key) => (value: unknown) => system({ node: { [key]: value } })),
      ...['pod', 'rollout', 'disruptionBudget', 'autoscaler', 'verticalAutoscaler'].map((key) => (value: unknown) => system({ service: { [key]: value } })),
      ...Object.keys((full.services[0] as unknown as { pod: object }).pod).map((key) => (value: unknown) => system({ service: { pod: { [key]: value } } })),
      ...['kubernetesVersion', 'nodeGroups', 'nodeAutoscaler', 'volumes', 'scrapeSeconds'].map((key) => (value: unknown) => system({ cluster: { [key]: value } })),
      (value) => system({ cluster: value }),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...spots), junk, (spot, value) => {
        const read = parseSystem(spot(value));
        expect(read.ok || read.error.length > 0).toBe(true);
      }),
      { numRuns: 600, seed: 20261121 },
    );
  });
});
