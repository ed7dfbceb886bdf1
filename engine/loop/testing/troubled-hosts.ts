/** Hosts in trouble and the loop that watches them, for the tests of the loop. */
import { seconds, type TimeUs } from '@/engine/kernel';
import { DEFAULT_POLICY, type LoopConfig, type LoopPolicy } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, compileWorld, takeFrames, type os, type SystemSpec, type World } from '@/engine/twin';

const restart = { delaySeconds: 1, longestSeconds: 30 };
const asked = (rps: number, meanMs: number): os.ProgramLoad => ({ kind: 'requests', rps, lanes: 2, cpu: { meanMs, cv: 0.6 } });

/** A quota that fits on average. */
export const throttledHost: os.HostSpec = {
  name: 'box', cpus: 2, memoryMib: 1_024,
  groups: [{ name: 'api', quotaMs: 40, memoryLimitMib: 256 }],
  programs: [{ name: 'api', group: 'api', load: asked(42, 8), memoryMib: 100, restart }],
};

/** One CPU for a service and a batch job. */
export const crowdedHost: os.HostSpec = {
  name: 'box', cpus: 1, memoryMib: 1_024,
  groups: [{ name: 'api' }, { name: 'batch' }],
  programs: [{ name: 'api', group: 'api', load: asked(40, 9), memoryMib: 100, restart }, { name: 'reindex', group: 'batch', load: { kind: 'busy', threads: 3 }, memoryMib: 80 }],
};

/** A leak that reaches its limit every few seconds. */
export const leakyHost: os.HostSpec = {
  name: 'box', cpus: 1, memoryMib: 2_048,
  groups: [{ name: 'api', memoryLimitMib: 200 }],
  programs: [{ name: 'api', group: 'api', load: asked(30, 6), startUp: { cpuMs: 300, waitMs: 400 }, memoryMib: 80, leakMibPerSecond: 6, restart }],
};

/** A log that fills the disk in some minutes. */
export const loggingHost: os.HostSpec = {
  name: 'box', cpus: 1, memoryMib: 1_024, disk: { sizeMib: 2_000, usedMib: 1_300 },
  groups: [{ name: 'api', memoryLimitMib: 256 }],
  programs: [{ name: 'api', group: 'api', load: asked(30, 6), memoryMib: 80, logMibPerSecond: 3, restart: { delaySeconds: 5, longestSeconds: 30 } }],
};

export const troubledHosts = { throttledHost, crowdedHost, leakyHost, loggingHost };

export const systemOf = (host: os.HostSpec): SystemSpec => ({ nodes: [], services: [], loads: [], hosts: [host] });

export const hostPolicy: LoopPolicy = { ...DEFAULT_POLICY, windowSeconds: 20, warmSeconds: 8, settleSeconds: 8, verifySeconds: 20, rehearsalSeeds: 4, objectives: [{ service: 'box/api', latencyP95MsMax: 40, errorShareMax: 0.01 }] };

export const hostConfig = (host: os.HostSpec, seed = 5): LoopConfig => ({ system: systemOf(host), policy: hostPolicy, target: { connector: 'simulation', name: 'box' }, seed, engineVersion: 'test', calibrationError: null, windowErrors: {} });

/** A world with this host, and its first frames. */
export function livedHost(host: os.HostSpec, seed: number, forSeconds: number): { readonly world: World; readonly frames: Frame[] } {
  const world = compileWorld(systemOf(host), seed);
  advanceWorld(world, (world.nowUs + seconds(forSeconds)) as TimeUs);
  return { world, frames: takeFrames(world) };
}
