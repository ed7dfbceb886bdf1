/** A two-service system and recorded-looking frames of it, for the tests of the loop. */
import { seconds, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, compileWorld, scheduleFault, takeFrames, type SystemSpec, type World } from '@/engine/twin';
import { DEFAULT_POLICY, type LoopConfig, type LoopPolicy } from '@/engine/loop';

export const smallShop: SystemSpec = {
  nodes: [{ name: 'box', cpuMillicores: 8_000, memoryMib: 8_192, usdPerHour: 0.4 }],
  services: [
    { name: 'front', replicas: 1, replicasMin: 1, replicasMax: 4, lanes: 1, queueLimit: 200, demand: { meanMs: 1, cv: 0.5 }, calls: [{ service: 'back', perRequest: 1 }], startUp: { meanMs: 500 }, cpuRequestMillicores: 300, memoryMib: 64 },
    { name: 'back', replicas: 1, replicasMin: 1, replicasMax: 6, lanes: 1, queueLimit: 200, demand: { meanMs: 12, cv: 0.6 }, quotaMillicores: 900, startUp: { meanMs: 1_500, cv: 0.2 }, cpuRequestMillicores: 500, memoryMib: 64 },
  ],
  loads: [{ service: 'front', arrivals: 'poisson', profile: { kind: 'constant', rps: 30 } }],
};

export const testPolicy: LoopPolicy = { ...DEFAULT_POLICY, warmSeconds: 10, settleSeconds: 5, verifySeconds: 15, windowSeconds: 15, rehearsalSeeds: 4, objectives: [{ service: 'front', latencyP95MsMax: 120, errorShareMax: 0.01 }] };

export const testConfig: LoopConfig = { system: smallShop, policy: testPolicy, target: { connector: 'simulation', name: 'small-shop' }, seed: 5, engineVersion: 'test', calibrationError: 0.1, windowErrors: { latencyP95Ms: 0.1, latencyMeanMs: 0.1, cpuCores: 0.1, errorShare: 0.1 } };

/** A world whose traffic rises by `factor` after half a minute. */
export function risingWorld(seed: number, factor = 2.4): World {
  const world = compileWorld(smallShop, seed);
  scheduleFault(world, { kind: 'load-factor', service: 'front', factor, atSeconds: 30 });
  return world;
}

export function nextFrames(world: World, forSeconds: number): Frame[] {
  advanceWorld(world, (world.nowUs + seconds(forSeconds)) as TimeUs);
  return takeFrames(world);
}
