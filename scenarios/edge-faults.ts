import type { ScenarioSpec } from '@/engine/scenario';

const restart = { delaySeconds: 1, longestSeconds: 30 };

/** A small central service, two boxes in shops and a spare one: one loses its power, in the other a process runs away, then its service begins to leak. */
export const edgeFaults: ScenarioSpec = {
  formatVersion: 1,
  id: 'edge-faults',
  title: 'A bad morning at the edge',
  question: 'A power cut of twenty seconds, a runaway process, a leak that begins: what do clients notice, and what does the loop do about the last two?',
  seed: 17,
  durationSeconds: 300,
  warmUpSeconds: 20,
  system: {
    nodes: [{ name: 'centre', cpuMillicores: 4_000, memoryMib: 8_192, usdPerHour: 0.2 }],
    services: [{ name: 'stock', replicas: 1, replicasMin: 1, replicasMax: 2, lanes: 2, demand: { meanMs: 9, cv: 0.6 }, startUp: { meanMs: 1_500 }, cpuRequestMillicores: 500, memoryMib: 256 }],
    loads: [{ service: 'stock', arrivals: 'poisson', profile: { kind: 'constant', rps: 40 } }],
    hosts: [
      {
        name: 'shop-1', cpus: 2, memoryMib: 1_024,
        groups: [{ name: 'till', memoryLimitMib: 256 }],
        programs: [{ name: 'till', group: 'till', load: { kind: 'requests', rps: 30, lanes: 2, cpu: { meanMs: 8, cv: 0.6 } }, startUp: { cpuMs: 300, waitMs: 400 }, memoryMib: 80, restart }],
      },
      {
        name: 'shop-2', cpus: 1, memoryMib: 1_024,
        groups: [{ name: 'till', memoryLimitMib: 256 }, { name: 'jobs' }],
        programs: [
          { name: 'till', group: 'till', load: { kind: 'requests', rps: 30, lanes: 2, cpu: { meanMs: 8, cv: 0.6 } }, startUp: { cpuMs: 300, waitMs: 400 }, memoryMib: 80, restart },
          { name: 'report', group: 'jobs', load: { kind: 'timer', everySeconds: 10, cpuMs: 300 }, memoryMib: 30 },
        ],
      },
      {
        name: 'spare', cpus: 2, memoryMib: 1_024,
        groups: [{ name: 'guests' }],
        programs: [{ name: 'agent', group: 'guests', load: { kind: 'timer', everySeconds: 5, cpuMs: 5 }, memoryMib: 10 }],
      },
    ],
  },
  faults: [
    { kind: 'host-power-loss', host: 'shop-1', atSeconds: 40, lastsSeconds: 20 },
    { kind: 'host-cpu-thief', host: 'shop-2', group: 'jobs', threads: 3, atSeconds: 80 },
    { kind: 'program-leak', host: 'shop-1', program: 'till', mibPerSecond: 1.5, atSeconds: 150 },
  ],
  objectives: [
    { kind: 'latency', service: 'shop-2/till', quantile: 0.95, maxMs: 120 },
    { kind: 'availability', service: 'shop-1/till', min: 0.9 },
  ],
  loop: { everySeconds: 20, autoApprove: true },
};
