import type { SystemSpec } from '@/engine/twin';

/**
 * A shop that takes orders: a catalogue behind a cache, a payment provider that somebody else runs, orders through a queue, and
 * a store whose replicas follow a leader. Six nodes in three zones of one region.
 */
export const orderShop: SystemSpec = {
  nodes: ['a1', 'a2', 'b1', 'b2', 'c1', 'c2'].map((place) => ({ name: `node-${place}`, zone: `zone-${place[0]}`, region: 'north', cpuMillicores: 4_000, memoryMib: 16_384, usdPerHour: 0.192, idleWatts: 60, maxWatts: 160 })),
  services: [
    {
      name: 'web', replicas: 3, replicasMin: 2, replicasMax: 12, lanes: 64, queueLimit: 500, timeoutMs: 3_000, demand: { meanMs: 4, cv: 0.6 }, startUp: { meanMs: 4_000, cv: 0.2 }, cpuRequestMillicores: 500, memoryMib: 512,
      calls: [
        { service: 'catalog', perRequest: 1, timeoutMs: 800, retries: { max: 1, backOffMs: 20, budgetShare: 0.1 }, cache: { items: 5_000, capacity: 4_000, skew: 0.8, ttlSeconds: 120, ttlJitter: 0.3, shared: true, startsWarm: true, hitMs: 1 } },
        { service: 'checkout', perRequest: 0.12, timeoutMs: 2_500 },
      ],
    },
    {
      name: 'catalog', replicas: 3, replicasMin: 2, replicasMax: 10, lanes: 2, queueLimit: 60, timeoutMs: 1_000, demand: { meanMs: 50, cv: 0.8 }, startUp: { meanMs: 5_000, cv: 0.2 }, warmUp: { factor: 3, halfLifeRequests: 200 }, cpuRequestMillicores: 800, memoryMib: 1_024,
      calls: [{ service: 'store', perRequest: 1, timeoutMs: 500, pool: { size: 12, queueLimit: 100, waitTimeoutMs: 300 } }],
    },
    {
      name: 'checkout', replicas: 2, replicasMin: 1, replicasMax: 8, lanes: 32, queueLimit: 100, timeoutMs: 3_000, demand: { meanMs: 6, cv: 0.5 }, startUp: { meanMs: 5_000, cv: 0.2 }, cpuRequestMillicores: 500, memoryMib: 512,
      calls: [
        { service: 'payments', perRequest: 1, timeoutMs: 1_200, breaker: { failures: 8, openSeconds: 5 } },
        { service: 'store', perRequest: 1, timeoutMs: 500 },
      ],
      publishes: [{ queue: 'orders', perRequest: 1 }],
    },
    { name: 'payments', replicas: 0, lanes: 1, timeoutMs: 10_000, demand: { meanMs: 0 }, wait: { meanMs: 180, cv: 0.6 }, external: { rpsLimit: 100 }, startUp: { meanMs: 0 }, cpuRequestMillicores: 0, memoryMib: 0 },
    { name: 'fulfilment', replicas: 2, replicasMin: 0, replicasMax: 8, lanes: 4, demand: { meanMs: 90, cv: 0.7 }, wait: { meanMs: 60, cv: 0.5 }, startUp: { meanMs: 8_000, cv: 0.2 }, cpuRequestMillicores: 500, memoryMib: 512 },
    {
      name: 'store', replicas: 3, replicasMin: 2, replicasMax: 5, lanes: 16, holdsLane: true, queueLimit: 200, timeoutMs: 1_000, demand: { meanMs: 1.5, cv: 0.5 }, wait: { meanMs: 2, cv: 0.8 }, startUp: { meanMs: 10_000, cv: 0.2 }, cpuRequestMillicores: 700, memoryMib: 4_096,
      replication: { mode: 'async', writeShare: 0.2, writeKib: 24, network: { meanMs: 0.8, cv: 0.5 }, shipMibPerSecond: 0.3, applyMibPerSecond: 4, promotion: { meanMs: 4_000, cv: 0.3 } },
      backup: { fullEverySeconds: 21_600, logEverySeconds: 60, logUpload: { meanMs: 3_000, cv: 0.5 }, sizeGib: 40, restoreMibPerSecond: 250, replaySecondsPerSecond: 0.02, detect: { meanMs: 60_000, cv: 0.5 }, decide: { meanMs: 300_000, cv: 0.7 } },
    },
  ],
  queues: [{ name: 'orders', consumer: 'fulfilment', concurrency: 4, visibilitySeconds: 30, receivesMax: 5 }],
  loads: [{ service: 'web', arrivals: 'poisson', profile: { kind: 'day', meanRps: 160, amplitude: 0.2, daySeconds: 600 } }],
  nodeLoss: { endpointSeconds: 10, rescheduleSeconds: 60 },
};
