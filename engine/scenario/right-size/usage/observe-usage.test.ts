import { describe, expect, test } from 'vitest';
import type { Frame, ServiceSample } from '@/engine/telemetry';
import { timeUs } from '@/engine/kernel';
import { runScenario } from '../../run-scenario';
import { small } from '../testing/small-systems';
import { observeUsage } from './observe-usage';
import { samplesIn } from './usage-history';

const sample = (more: Partial<ServiceSample>): ServiceSample => ({ service: 'web', offeredRps: null, servedRps: null, errorRps: null, latencyMeanUs: null, latencyP50Us: null, latencyP95Us: null, latencyP99Us: null, cpuCores: 0.8, throttledShare: null, replicas: 2, replicasReady: 2, quotaMillicores: null, inFlight: null, memoryBytes: 400e6, ...more });
const frame = (second: number, services: readonly ServiceSample[], more: Partial<Frame> = {}): Frame => ({ atUs: timeUs(second * 1e6), windowUs: timeUs(1e6), source: 'recorded', services, nodes: [], mesh: null, usdPerHour: null, watts: null, ...more });

describe('a simulated run', () => {
  const spec = small({ seconds: 120 });
  const { frames, alarms } = runScenario(spec);
  const usage = observeUsage({ frames, alarms, warmUpSeconds: 30 });

  test('is read pod by pod after its warm-up, and the pods together use what the service used', () => {
    const [web] = usage.services;
    expect(usage.seconds).toBe(90);
    expect(web!.podByPod).toBe(true);
    expect(web!.pods.map(({ pod }) => pod)).toEqual(['web-1', 'web-2']);
    expect(web!.pods[0]!.atSeconds).toEqual([30, 45, 60, 75, 90]);
    const read = web!.pods.reduce((sum, { cpuMillicores }) => sum + cpuMillicores.reduce((total, value) => total + value * 15, 0), 0);
    const used = frames.filter(({ atUs }) => atUs > 45e6).reduce((sum, { services }) => sum + services.find(({ service }) => service === 'web')!.cpuCores! * 1_000, 0);
    expect(read).toBeCloseTo(used, 3);
  });
});

describe('a recording', () => {
  test('is divided over the ready pods, in steps of a metrics server', () => {
    const frames = Array.from({ length: 45 }, (_, i) => frame(1_000 + i, [sample({ cpuCores: i < 15 ? 0.4 : 0.8, replicasReady: i < 30 ? 2 : 4 })]));
    const [web] = observeUsage({ frames }).services;
    expect(web!.podByPod).toBe(false);
    expect(web!.pods[0]!.cpuMillicores.map(Math.round)).toEqual([200, 400, 200]);
    expect(web!.pods[0]!.memoryBytes).toEqual([200e6, 200e6, 100e6]);
    expect([web!.millicoresMost, web!.replicasMost]).toEqual([800, 4]);
  });
  test('seconds that were not measured, and services without a ready pod, are no use at all', () => {
    const frames = [frame(1, [sample({ cpuCores: null })]), frame(2, [sample({ memoryBytes: null })]), frame(3, [sample({ replicasReady: 0 })]), frame(4, [])];
    expect(observeUsage({ frames }).services.map((web) => [web.service, samplesIn(web)])).toEqual([['web', 0]]);
  });
  test('nothing recorded is a history without services', () => {
    expect(observeUsage({ frames: [] })).toEqual({ seconds: 0, services: [] });
  });
});

test('a pod without a node, or that was read once, has used nothing that is known', () => {
  const reading = (pod: string, node: string | null, cpuSeconds: number) => ({ pod, service: 'web', node, cpuSeconds, memoryBytes: 1e6, restarts: 0 });
  const frames = [frame(15, [], { pods: [reading('web-1', 'n1', 1), reading('web-2', null, 0)] }), frame(30, [], { pods: [reading('web-1', 'n1', 4), reading('web-2', null, 0), reading('web-3', 'n1', 0)] })];
  const [web] = observeUsage({ frames }).services;
  expect(web!.pods.map(({ pod, cpuMillicores }) => [pod, cpuMillicores])).toEqual([['web-1', [200]]]);
  expect(web!.replicasMost).toBe(2);
});
