import type { SystemSpec } from '@/engine/twin';

/**
 * Two kiosks on roofs behind a neighbourhood mesh, and a small centre behind its gateway. The tills run at the kiosks and
 * ask stock and ledger at the centre; every call is mutual TLS with SVIDs of 15 minutes. Each kiosk keeps a copy of the
 * stock, so that it can sell while it is cut off. Sizes and prices are an order of magnitude for small machines.
 */
const till = (site: string): SystemSpec['services'][number] => ({
  name: `till-${site}`, replicas: 1, replicasMin: 1, replicasMax: 4, lanes: 2, queueLimit: 100, timeoutMs: 3_000, nodes: [`kiosk-${site}`],
  demand: { meanMs: 6, cv: 0.6 }, calls: [{ service: 'stock', perRequest: 1 }],
  startUp: { meanMs: 3_000, cv: 0.2 }, cpuRequestMillicores: 200, memoryMib: 128, memoryLimitMib: 256,
});

export const kiosks: SystemSpec = {
  nodes: [
    { name: 'centre-1', zone: 'centre', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.048, idleWatts: 20, maxWatts: 60 },
    { name: 'centre-2', zone: 'centre', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.048, idleWatts: 20, maxWatts: 60 },
    { name: 'kiosk-north', zone: 'north', cpuMillicores: 1_000, memoryMib: 2_048, usdPerHour: 0.01, idleWatts: 5, maxWatts: 12, via: 'roof-north' },
    { name: 'kiosk-south', zone: 'south', cpuMillicores: 1_000, memoryMib: 2_048, usdPerHour: 0.01, idleWatts: 5, maxWatts: 12, via: 'roof-south' },
  ],
  services: [
    till('north'),
    till('south'),
    {
      name: 'stock', replicas: 2, replicasMin: 1, replicasMax: 6, lanes: 1, queueLimit: 100, timeoutMs: 2_500, nodes: ['centre-1', 'centre-2'],
      demand: { meanMs: 9, cv: 0.7 }, calls: [{ service: 'ledger', perRequest: 0.5 }],
      startUp: { meanMs: 4_000, cv: 0.2 }, cpuRequestMillicores: 400, memoryMib: 256, memoryLimitMib: 512,
    },
    {
      name: 'ledger', replicas: 1, replicasMin: 1, replicasMax: 2, lanes: 4, holdsLane: true, queueLimit: 200, timeoutMs: 2_000, nodes: ['centre-1', 'centre-2'],
      demand: { meanMs: 3, cv: 0.5 }, wait: { meanMs: 4, cv: 0.8 },
      startUp: { meanMs: 6_000, cv: 0.2 }, cpuRequestMillicores: 400, memoryMib: 512, memoryLimitMib: 1_024,
    },
  ],
  loads: [
    { service: 'till-north', arrivals: 'poisson', router: 'roof-north', profile: { kind: 'constant', rps: 4 } },
    { service: 'till-south', arrivals: 'poisson', router: 'roof-south', profile: { kind: 'constant', rps: 3 } },
  ],
  mesh: {
    medium: 'radio',
    routers: [
      { name: 'gate-hall', x: 0, y: 0, gateway: true },
      { name: 'gate-school', x: 6, y: 0.5, gateway: true },
      { name: 'tower', x: 2, y: -2 },
      { name: 'mill', x: 4, y: 2 },
      { name: 'bridge', x: 1, y: 2.5 },
      { name: 'roof-north', x: 3.5, y: -4.5 },
      { name: 'roof-south', x: 2.5, y: 5 },
      { name: 'roof-east', x: 7.5, y: -2, planned: true },
    ],
    links: [
      { a: 'gate-hall', b: 'tower', lossPercent: 2, delayMs: 2 },
      { a: 'gate-hall', b: 'bridge', lossPercent: 3, delayMs: 2 },
      { a: 'tower', b: 'roof-north', lossPercent: 3, lossPercentBack: 5, delayMs: 3 },
      { a: 'bridge', b: 'mill', lossPercent: 8, delayMs: 2 },
      { a: 'gate-school', b: 'mill', lossPercent: 4, delayMs: 2 },
      { a: 'mill', b: 'roof-south', lossPercent: 3, delayMs: 3 },
      { a: 'bridge', b: 'roof-south', lossPercent: 10, lossPercentBack: 14, delayMs: 3 },
      { a: 'gate-school', b: 'roof-east', lossPercent: 4, delayMs: 2 },
      { a: 'roof-east', b: 'roof-north', lossPercent: 6, delayMs: 3 },
    ],
  },
  identity: { trustDomain: 'kiosks.example', servers: [{ name: 'spire', node: 'centre-2', signingsPerSecond: 5 }], svidTtlSeconds: 900, caTtlSeconds: 86_400, connectionSeconds: 120 },
  edgeStores: [
    { name: 'stock-north', router: 'roof-north', writesPerSecond: 2, centreWritesPerSecond: 1, records: 400, syncSeconds: 5, recordsPerSync: 100, bufferWrites: 2_000, conflicts: 'version-vector' },
    { name: 'stock-south', router: 'roof-south', writesPerSecond: 2, centreWritesPerSecond: 1, records: 400, syncSeconds: 5, recordsPerSync: 100, bufferWrites: 2_000, conflicts: 'last-writer-wins', clockSkewSeconds: -2 },
  ],
  nodeLoss: { endpointSeconds: 5, rescheduleSeconds: 12 },
};
