import type { ScenarioSpec } from '@/engine/scenario';

/**
 * Two pods on one node whose CPUs are played as the kernel plays them (`cpuModel: 'kernel'`): an event loop with a request of
 * 600 mCPU and a renderer with 24 threads and a request of 200. The kernel shares by request and lets who slept go first, so the
 * loop hardly notices; nodes that share by thread would have it wait a third of a second. The quota is paid by the renderer alone.
 */
export const greedyPod: ScenarioSpec = {
  formatVersion: 1,
  id: 'greedy-pod',
  title: 'A renderer with 24 threads beside an event loop',
  question: 'The event loop asked for three times the CPU of the renderer. Does that keep its p99, and what does a quota on the renderer bring and cost?',
  seed: 7,
  durationSeconds: 300,
  warmUpSeconds: 30,
  system: {
    nodes: [{ name: 'node-1', cpuMillicores: 2_000, cpuModel: 'kernel', memoryMib: 8_192, usdPerHour: 0.096, idleWatts: 45, maxWatts: 120 }],
    services: [
      { name: 'shop', replicas: 1, lanes: 1, queueLimit: 200, timeoutMs: 2_000, demand: { meanMs: 4, cv: 0.6 }, startUp: { meanMs: 1_000 }, cpuRequestMillicores: 600, memoryMib: 256 },
      { name: 'renderer', replicas: 1, lanes: 24, queueLimit: 400, timeoutMs: 30_000, demand: { meanMs: 250, cv: 0.8 }, startUp: { meanMs: 2_000 }, cpuRequestMillicores: 200, memoryMib: 1_024 },
    ],
    loads: [
      { service: 'shop', arrivals: 'poisson', profile: { kind: 'constant', rps: 90 } },
      { service: 'renderer', arrivals: 'poisson', profile: { kind: 'constant', rps: 5 } },
    ],
  },
  actions: [{ atSeconds: 165, command: { kind: 'set-cpu-quota', service: 'renderer', quotaMillicores: 1_400 } }],
  objectives: [
    { kind: 'latency', service: 'shop', quantile: 0.99, maxMs: 40 },
    { kind: 'latency', service: 'renderer', quantile: 0.95, maxMs: 4_000 },
  ],
};
