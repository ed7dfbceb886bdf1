import type { SystemSpec } from '@/engine/twin';

/**
 * The system that most scenarios ask about: a shop on six nodes in three zones, behind a neighbourhood
 * mesh with one uplink and three gates (each gate's router lives on a node). Prices are a mid-size cloud
 * VM's order of magnitude; powers those of half a two-socket server, idle and full.
 */
export const shop: SystemSpec = {
  nodes: ['a1', 'a2', 'b1', 'b2', 'c1', 'c2'].map((place) => ({
    name: `node-${place}`,
    zone: `zone-${place[0]}`,
    cpuMillicores: 2_000,
    memoryMib: 8_192,
    usdPerHour: 0.096,
    idleWatts: 45,
    maxWatts: 120,
    ...(place.endsWith('1') ? { router: `gate-${place[0]}` } : {}),
  })),
  services: [
    {
      name: 'frontend', replicas: 3, replicasMin: 1, replicasMax: 12, lanes: 1, queueLimit: 200, timeoutMs: 2_000,
      demand: { meanMs: 4, cv: 0.6 }, wait: { meanMs: 1, cv: 0.5 }, calls: [{ service: 'cart', perRequest: 0.4 }, { service: 'catalog', perRequest: 1 }],
      startUp: { meanMs: 4_000, cv: 0.2 }, cpuRequestMillicores: 500, memoryMib: 256, memoryLimitMib: 512,
    },
    {
      name: 'catalog', replicas: 4, replicasMin: 1, replicasMax: 16, lanes: 1, queueLimit: 200, timeoutMs: 2_000,
      demand: { meanMs: 14, cv: 0.8 }, calls: [{ service: 'store', perRequest: 0.7 }],
      startUp: { meanMs: 6_000, cv: 0.2 }, cpuRequestMillicores: 700, memoryMib: 512, memoryLimitMib: 1_024,
    },
    {
      name: 'cart', replicas: 2, replicasMin: 1, replicasMax: 8, lanes: 1, queueLimit: 200, timeoutMs: 2_000,
      demand: { meanMs: 9, cv: 0.7 }, calls: [{ service: 'store', perRequest: 1 }],
      startUp: { meanMs: 5_000, cv: 0.2 }, cpuRequestMillicores: 500, memoryMib: 384, memoryLimitMib: 768,
    },
    {
      name: 'store', replicas: 2, replicasMin: 1, replicasMax: 4, lanes: 4, holdsLane: true, queueLimit: 400, timeoutMs: 2_000,
      demand: { meanMs: 2.5, cv: 0.5 }, wait: { meanMs: 3, cv: 0.8 },
      startUp: { meanMs: 8_000, cv: 0.2 }, cpuRequestMillicores: 600, memoryMib: 1_024, memoryLimitMib: 2_048,
    },
  ],
  loads: [
    { service: 'frontend', arrivals: 'poisson', router: 'roof-north', profile: { kind: 'day', meanRps: 28, amplitude: 0.35, daySeconds: 480 } },
    { service: 'frontend', arrivals: 'poisson', router: 'roof-east', profile: { kind: 'day', meanRps: 24, amplitude: 0.35, daySeconds: 480, phaseSeconds: 60 } },
    { service: 'frontend', arrivals: 'poisson', router: 'roof-south', profile: { kind: 'day', meanRps: 28, amplitude: 0.35, daySeconds: 480, phaseSeconds: 120 } },
  ],
  mesh: {
    routers: [
      { name: 'uplink', x: 2, y: 1, gateway: true },
      { name: 'gate-a', x: 0, y: 0 }, { name: 'gate-b', x: 4, y: 0 }, { name: 'gate-c', x: 2, y: 3 },
      { name: 'roof-north', x: 0, y: -3 }, { name: 'roof-east', x: 6, y: 2 }, { name: 'roof-south', x: 2, y: 6 },
      { name: 'mast-west', x: -2, y: 3 }, { name: 'mast-mid', x: 3, y: -2 },
    ],
    links: [
      { a: 'gate-a', b: 'uplink', lossPercent: 0.1, lossPercentBack: 0.1, delayMs: 1 },
      { a: 'gate-b', b: 'uplink', lossPercent: 0.1, lossPercentBack: 0.1, delayMs: 1 },
      { a: 'gate-c', b: 'uplink', lossPercent: 0.1, lossPercentBack: 0.1, delayMs: 1 },
      { a: 'roof-north', b: 'gate-a', lossPercent: 0.5, lossPercentBack: 1, delayMs: 2 },
      { a: 'roof-north', b: 'mast-mid', lossPercent: 1, lossPercentBack: 2, delayMs: 2 },
      { a: 'mast-mid', b: 'gate-b', lossPercent: 1, lossPercentBack: 1, delayMs: 2 },
      { a: 'roof-east', b: 'gate-b', lossPercent: 0.5, lossPercentBack: 0.5, delayMs: 2 },
      { a: 'roof-east', b: 'gate-c', lossPercent: 2, lossPercentBack: 2, delayMs: 3 },
      { a: 'roof-south', b: 'gate-c', lossPercent: 0.5, lossPercentBack: 0.5, delayMs: 2 },
      { a: 'roof-south', b: 'mast-west', lossPercent: 1, lossPercentBack: 2, delayMs: 3 },
      { a: 'mast-west', b: 'gate-a', lossPercent: 1, lossPercentBack: 1, delayMs: 2 },
    ],
  },
  nodeLoss: { endpointSeconds: 5, rescheduleSeconds: 12 },
};
