/**
 * Two models of one service: a replica on a node of the cluster (fair shares, quota per period) and a program on a host
 * (the kernel's scheduler and bandwidth slices). What one says of latency the other must say within a stated bound.
 */
import { expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld, compileWorld, takeFrames, type SystemSpec } from '@/engine/twin';

const SECONDS = 300;

type Case = { readonly name: string; readonly cpus: number; readonly lanes: number; readonly rps: number; readonly meanMs: number; readonly quotaMs: number | null };
const CASES: readonly Case[] = [
  { name: 'an event loop alone', cpus: 1, lanes: 1, rps: 50, meanMs: 10, quotaMs: null },
  { name: 'an event loop under a quota', cpus: 2, lanes: 1, rps: 30, meanMs: 10, quotaMs: 50 },
  { name: 'a pool of four on two CPUs', cpus: 2, lanes: 4, rps: 120, meanMs: 10, quotaMs: null },
  { name: 'a pool of four under a quota', cpus: 2, lanes: 4, rps: 45, meanMs: 8, quotaMs: 60 },
  { name: 'many threads', cpus: 2, lanes: 48, rps: 120, meanMs: 10, quotaMs: null },
  { name: 'many threads under a quota', cpus: 2, lanes: 48, rps: 45, meanMs: 8, quotaMs: 60 },
];

function latencies({ cpus, lanes, rps, meanMs, quotaMs }: Case, cpuModel: 'fair-share' | 'kernel' = 'fair-share') {
  const work = { meanMs, law: 'exponential' as const };
  const system: SystemSpec = {
    nodes: [{ name: 'n', cpuMillicores: cpus * 1_000, memoryMib: 4_096, usdPerHour: 0.1, cpuModel }],
    services: [{ name: 'web', replicas: 1, lanes, queueLimit: 4_096, demand: work, startUp: { meanMs: 1 }, cpuRequestMillicores: 100, memoryMib: 64, quotaMillicores: quotaMs === null ? null : quotaMs * 10 }],
    loads: [{ service: 'web', arrivals: 'poisson', profile: { kind: 'constant', rps } }],
    hosts: [{ name: 'box', cpus, memoryMib: 512, groups: [{ name: 'web', quotaMs }], programs: [{ name: 'web', group: 'web', load: { kind: 'requests', rps, lanes, cpu: work }, memoryMib: 40 }] }],
  };
  const world = compileWorld(system, 3);
  advanceWorld(world, seconds(SECONDS));
  const frames = takeFrames(world).slice(5);
  /** Of the whole run, or the mean of the seconds' own quantiles. */
  const figureOf = (service: string, figure: 'latencyMeanUs' | 'latencyP50Us' | 'latencyP95Us' | 'latencyP99Us') => {
    const own = frames.flatMap((frame) => frame.services.filter((sample) => sample.service === service && sample[figure] !== null));
    const served = own.reduce((sum, sample) => sum + sample.servedRps!, 0);
    return own.reduce((sum, sample) => sum + sample[figure]! * sample.servedRps!, 0) / served;
  };
  const ratio = (figure: Parameters<typeof figureOf>[1]) => figureOf('web', figure) / figureOf('box/web', figure);
  return { mean: ratio('latencyMeanUs'), p50: ratio('latencyP50Us'), p95: ratio('latencyP95Us'), p99: ratio('latencyP99Us') };
}

test.each(CASES)('$name takes as long in the cluster as on the host', (each) => {
  const { mean, p95 } = latencies(each);
  for (const ratio of [mean, p95]) {
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  }
});

test.each(CASES)('$name, on a node that plays the kernel', (each) => {
  const { mean, p50, p95, p99 } = latencies(each, 'kernel');
  for (const ratio of [mean, p50, p95, p99]) {
    expect(ratio).toBeGreaterThan(0.88);
    expect(ratio).toBeLessThan(1.14);
  }
});
