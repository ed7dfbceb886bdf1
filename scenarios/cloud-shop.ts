import type { NodeSpec, ServiceSpec, SystemSpec } from '@/engine/twin';

/**
 * The shop as a managed cluster runs it: three nodes on demand and three spot nodes over three zones, horizontal
 * autoscalers on what clients reach first, a disruption budget on the store, and groups that buy and return nodes.
 * Prices are those of a 2-vCPU general-purpose machine in us-east-1, spot at a third; powers as in the other shop.
 */
const machine = { cpuMillicores: 2_000, memoryMib: 8_192, idleWatts: 45, maxWatts: 120 };
const ON_DEMAND = 0.096;
const SPOT = 0.035;
const zones = ['a', 'b', 'c'];

const nodes: readonly NodeSpec[] = zones.flatMap((zone) => [
  { ...machine, name: `node-${zone}`, zone: `zone-${zone}`, usdPerHour: ON_DEMAND, group: `on-demand-${zone}` },
  { ...machine, name: `spot-${zone}`, zone: `zone-${zone}`, usdPerHour: SPOT, group: `spot-${zone}`, spot: true },
]);

const spread = (app: string) => [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app } } }] as const;
const quickDown = { scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Percent', value: 50, periodSeconds: 30 }] } } as const;

const services: readonly ServiceSpec[] = [
  {
    name: 'frontend', replicas: 3, replicasMin: 2, replicasMax: 12, lanes: 1, queueLimit: 200, timeoutMs: 2_000,
    demand: { meanMs: 4, cv: 0.6 }, wait: { meanMs: 1, cv: 0.5 }, calls: [{ service: 'cart', perRequest: 0.4 }, { service: 'catalog', perRequest: 1 }],
    startUp: { meanMs: 4_000, cv: 0.2 }, cpuRequestMillicores: 300, memoryMib: 256, memoryLimitMib: 512,
    pod: { topologySpread: spread('frontend'), image: { name: 'frontend:1', mib: 180 }, preStopSeconds: 3 },
    autoscaler: { min: 3, max: 12, metrics: [{ kind: 'Resource', resource: 'cpu', utilizationPercent: 60 }], behavior: quickDown },
  },
  {
    name: 'catalog', replicas: 4, replicasMin: 2, replicasMax: 16, lanes: 1, queueLimit: 200, timeoutMs: 2_000,
    demand: { meanMs: 14, cv: 0.8 }, calls: [{ service: 'store', perRequest: 0.7 }],
    startUp: { meanMs: 6_000, cv: 0.2 }, cpuRequestMillicores: 500, memoryMib: 512, memoryLimitMib: 1_024,
    pod: { topologySpread: spread('catalog'), image: { name: 'catalog:1', mib: 350 }, preStopSeconds: 3 },
    autoscaler: { min: 4, max: 16, metrics: [{ kind: 'Resource', resource: 'cpu', utilizationPercent: 60 }], behavior: quickDown },
  },
  {
    name: 'cart', replicas: 2, replicasMin: 1, replicasMax: 8, lanes: 1, queueLimit: 200, timeoutMs: 2_000,
    demand: { meanMs: 9, cv: 0.7 }, calls: [{ service: 'store', perRequest: 1 }],
    startUp: { meanMs: 5_000, cv: 0.2 }, cpuRequestMillicores: 300, memoryMib: 384, memoryLimitMib: 768,
    pod: { image: { name: 'cart:1', mib: 220 }, preStopSeconds: 3 },
    disruptionBudget: { maxUnavailable: 1 },
  },
  {
    name: 'store', replicas: 2, replicasMin: 1, replicasMax: 4, lanes: 4, holdsLane: true, queueLimit: 400, timeoutMs: 2_000,
    demand: { meanMs: 2.5, cv: 0.5 }, wait: { meanMs: 3, cv: 0.8 },
    startUp: { meanMs: 8_000, cv: 0.2 }, cpuRequestMillicores: 400, memoryMib: 1_024, memoryLimitMib: 2_048,
    pod: { image: { name: 'store:1', mib: 400 }, priority: 1_000, preStopSeconds: 3 },
    disruptionBudget: { minAvailable: 1 },
  },
];

const cluster: SystemSpec['cluster'] = {
  nodeGroups: zones.flatMap((zone) => [
    { ...machine, name: `on-demand-${zone}`, zone: `zone-${zone}`, usdPerHour: ON_DEMAND, min: 0, max: 2, bootSeconds: 45 },
    { ...machine, name: `spot-${zone}`, zone: `zone-${zone}`, usdPerHour: SPOT, spot: true, min: 0, max: 3, bootSeconds: 45 },
  ]),
  nodeAutoscaler: { kind: 'cluster-autoscaler', expander: 'least-waste', unneededSeconds: 120, delayAfterAddSeconds: 60 },
};

export const cloudShop: SystemSpec = {
  nodes,
  services,
  loads: [{ service: 'frontend', arrivals: 'poisson', profile: { kind: 'day', meanRps: 90, amplitude: 0.2, daySeconds: 600 } }],
  cluster,
};
