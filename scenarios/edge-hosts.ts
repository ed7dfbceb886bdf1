import type { ScenarioSpec } from '@/engine/scenario';
import { edgeBox } from './hosts/edge-box';
import { fullBox } from './hosts/full-box';
import { quotaBox } from './hosts/quota-box';

const restart = { delaySeconds: 2, longestSeconds: 30 };

/** A small central service, and three boxes at the edge whose limits, neighbours and disks the loop looks after. */
export const edgeHosts: ScenarioSpec = {
  formatVersion: 1,
  id: 'edge-hosts',
  title: 'Three boxes at the edge',
  question: 'One is out of quota, one shares its CPU with a batch job, one fills its disk with a log. What does the loop do about it, and does it keep its promises?',
  seed: 11,
  durationSeconds: 200,
  warmUpSeconds: 120,
  system: {
    nodes: [{ name: 'centre', cpuMillicores: 4_000, memoryMib: 8_192, usdPerHour: 0.2, idleWatts: 60, maxWatts: 130 }],
    services: [{ name: 'hub', replicas: 1, replicasMin: 1, replicasMax: 2, lanes: 2, demand: { meanMs: 9, cv: 0.6 }, startUp: { meanMs: 1_500 }, cpuRequestMillicores: 500, memoryMib: 256 }],
    loads: [{ service: 'hub', arrivals: 'poisson', profile: { kind: 'constant', rps: 60 } }],
    hosts: [
      quotaBox.host,
      edgeBox.host,
      { ...fullBox.host, disk: { sizeMib: 2_000, usedMib: 1_350 }, programs: fullBox.host.programs.map((program) => ({ ...program, logMibPerSecond: 2.5, restart })) },
    ],
  },
  objectives: [
    { kind: 'latency', service: 'edge-1/api', quantile: 0.95, maxMs: 60 },
    { kind: 'latency', service: 'edge-2/api', quantile: 0.95, maxMs: 60 },
    { kind: 'availability', service: 'edge-4/api', min: 0.99 },
  ],
  loop: { everySeconds: 20, autoApprove: true },
};
