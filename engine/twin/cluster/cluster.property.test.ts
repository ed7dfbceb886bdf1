import fc from 'fast-check';
import { expect, test } from 'vitest';
import { erlangC, nextBelow, randomStream } from '@/engine/kernel';
import { resourceReplicas, type HpaPod, type PodSample } from '../infra/kubernetes/autoscaling/hpa';
import { advanceCluster } from './advance-cluster';
import { NodePhase, PodPhase, type ClusterRun } from './cluster-run';
import type { ClusterSpec, WorkloadSpec } from './cluster-spec';
import { compileCluster } from './compile-cluster';
import { clusterHash, reportCluster } from './report-cluster';
import { proposeUniform } from './scale-workload';

const SEED = 20_261_121;

function workload(name: string, more: Partial<WorkloadSpec> = {}): WorkloadSpec {
  return { name, replicas: 6, cpuMillicores: 500, memoryMib: 512, imageMib: 120, startSeconds: 8, stopSeconds: 5, cpuMsPerRequest: 10, load: { meanRps: 180, dayAmplitude: 0.5, peakHour: 12, noise: 0.05 }, hpa: { min: 2, max: 20, utilizationPercent: 60 }, ...more };
}

function spec(workloads: readonly WorkloadSpec[], more: Partial<ClusterSpec> = {}): ClusterSpec {
  return { pools: [{ name: 'general', zones: ['a', 'b', 'c'], count: 6, countMax: 12, cpuMillicores: 8_000, memoryMib: 32_768, podsMax: 110, usdPerHour: 0.4, bootSeconds: 60 }], workloads, autoscalesNodes: true, ...more };
}

function lived(from: ClusterSpec, hours: number, seed = 1): ClusterRun {
  const run = compileCluster(from, seed);
  advanceCluster(run, hours * 3_600);
  return run;
}

test('in numbers the autoscaler concludes what its rule concludes from the list of pods', () => {
  const use = fc.record({ current: fc.integer({ min: 1, max: 30 }), ready: fc.integer({ min: 1, max: 30 }), unready: fc.integer({ min: 0, max: 10 }), usedMillicores: fc.integer({ min: 0, max: 2_000 }), requestedMillicores: fc.integer({ min: 10, max: 1_000 }), targetPercent: fc.integer({ min: 10, max: 95 }) });
  fc.assert(
    fc.property(use, (drawn) => {
      const asked = { ...drawn, current: drawn.ready + drawn.unready };
      const pod = (i: number): HpaPod => ({ name: `p${i}`, phase: 'Running', ready: i < asked.ready, startTime: i < asked.ready ? 0 : 990, readySince: i < asked.ready ? 100 : 990, terminating: false, requestsMilli: new Map([['c', asked.requestedMillicores]]) });
      const pods = Array.from({ length: asked.ready + asked.unready }, (_, i) => pod(i));
      const samples = pods.map(({ name }): PodSample => ({ podName: name, at: 995, windowSeconds: 30, usageMilli: new Map([['c', asked.usedMillicores]]) }));
      const context = { currentReplicas: asked.current, statusReplicas: asked.current, pods, tolerance: { up: 0.1, down: 0.1 }, clock: { now: 1_000, cpuInitializationSeconds: 300, initialReadinessDelaySeconds: 30 } };
      const byRule = resourceReplicas(context, 'cpu', samples, asked.targetPercent, null);
      expect(byRule.ok && byRule.value.replicas).toBe(proposeUniform(asked));
    }),
    { seed: SEED, numRuns: 400 },
  );
});

/** Room, phases and counts agree with each other. */
function check(run: ClusterRun): void {
  const { nodes, pods, workloads, scheduler } = run;
  for (let node = 0; node < nodes.phase.length; node += 1) {
    const on = nodes.pods[node]!;
    if (nodes.phase[node] === NodePhase.absent) expect(on).toEqual([]);
    for (const { name, allocatable, requested } of scheduler.columns.resources) {
      const sum = on.reduce((total, slot) => total + (workloads[pods.workload[slot]!]!.template.containers[0]!.requests![name] ?? 0), 0);
      expect(requested[node]).toBe(sum);
      expect(sum).toBeLessThanOrEqual(allocatable[node]!);
    }
    for (const slot of on) expect([pods.node[slot], pods.phase[slot] !== PodPhase.free && pods.phase[slot] !== PodPhase.pending]).toEqual([node, true]);
  }
  for (const each of workloads) {
    expect(each.pods).toHaveLength(each.wanted);
    expect(each.ready).toBe(each.pods.filter((slot) => pods.phase[slot] === PodPhase.ready).length);
    const { hpa } = each.spec;
    if (hpa !== undefined && run.totals.scaleUps + run.totals.scaleDowns > 0 && each.wanted !== each.spec.replicas) expect(each.wanted >= hpa.min && each.wanted <= hpa.max).toBe(true);
  }
}

test('no node holds more than fits, no pod is lost or counted twice, and sizes stay in their range, whatever happens', () => {
  const drawn = fc.record({ seed: fc.integer({ min: 0, max: 1e6 }), workloads: fc.integer({ min: 1, max: 8 }), nodes: fc.integer({ min: 2, max: 8 }), fails: fc.boolean() });
  fc.assert(
    fc.property(drawn, ({ seed, workloads, nodes, fails }) => {
      const random = randomStream(seed, 'test');
      const list = Array.from({ length: workloads }, (_, i) => workload(`w${i}`, { replicas: 1 + nextBelow(random, 12), cpuMillicores: 100 * (1 + nextBelow(random, 20)), memoryMib: 256 * (1 + nextBelow(random, 8)), load: { meanRps: 20 + nextBelow(random, 600), dayAmplitude: 0.8, peakHour: nextBelow(random, 24), noise: 0.2 } }));
      const from = spec(list, { pools: [{ ...spec([]).pools[0]!, count: nodes, countMax: nodes + 4 }], ...(fails ? { nodeFailureHours: 3 } : {}) });
      const run = compileCluster(from, seed);
      for (let hour = 0.5; hour <= 6; hour += 0.5) {
        advanceCluster(run, hour * 3_600);
        check(run);
      }
    }),
    { seed: SEED, numRuns: 12 },
  );
});

test('equal seeds give equal lives, in slices or whole; other seeds another one', () => {
  const from = spec([workload('a'), workload('b', { hpa: undefined })], { nodeFailureHours: 20 });
  const whole = lived(from, 8);
  const sliced = compileCluster(from, 1);
  for (let i = 1; i <= 80; i += 1) advanceCluster(sliced, i * 360);
  expect(clusterHash(sliced)).toBe(clusterHash(whole));
  expect(clusterHash(lived(from, 8, 2))).not.toBe(clusterHash(whole));
});

test('nodes come for pods that find no room, after their boot, and go when the load has gone', () => {
  const from = spec([workload('a', { replicas: 20, cpuMillicores: 1_900, load: { meanRps: 10, dayAmplitude: 0, peakHour: 0, noise: 0 }, hpa: { min: 2, max: 40, utilizationPercent: 60 } })], { pools: [{ ...spec([]).pools[0]!, count: 2, countMax: 12 }] });
  const run = compileCluster(from, 1);
  expect(run.pending.length).toBeGreaterThan(0);
  advanceCluster(run, 60);
  expect(run.nodes.phase.filter((phase) => phase === NodePhase.booting).length).toBeGreaterThan(0);
  advanceCluster(run, 240);
  expect(run.pending).toEqual([]);
  advanceCluster(run, 3 * 3_600);
  const { nodes, nodesRemoved } = reportCluster(run);
  expect([nodes, nodesRemoved > 0]).toEqual([1, true]);
});

test('a lost node takes its pods out after its lease, and they come back elsewhere after the toleration', () => {
  const run = compileCluster(spec([workload('a', { hpa: undefined, replicas: 12 })], { nodeFailureHours: 1, autoscalesNodes: false }), 5);
  let failed = 0;
  for (let at = 15; failed === 0; at += 15) {
    advanceCluster(run, at);
    failed = run.totals.nodesFailed;
  }
  expect(run.workloads[0]!.ready).toBeLessThan(12);
  advanceCluster(run, run.queue.now / 1e6 + 360 + 40);
  expect(run.workloads[0]!.pods).toHaveLength(12);
});

test('the flow waits as M/M/c waits', () => {
  const steady = workload('a', { replicas: 4, hpa: undefined, cpuMillicores: 500, cpuLimitMillicores: 1_000, cpuMsPerRequest: 10, load: { meanRps: 320, dayAmplitude: 0, peakHour: 0, noise: 0 } });
  const { latencyP95Ms, failedShare } = reportCluster(lived(spec([steady], { autoscalesNodes: false }), 2));
  const waitMs = (q: number) => Math.max(0, (Math.log(erlangC(3.2, 4) / (1 - q)) / (400 - 320)) * 1_000);
  expect(failedShare).toBe(0);
  expect(latencyP95Ms).toBeCloseTo(-Math.log(1 - 0.97) * 10 + waitMs(0.97), 0); // the highest entered quantile
});

test('what the pods cannot do waits, then fails, and none of it is lost from the books', () => {
  const drowned = workload('a', { replicas: 2, hpa: undefined, cpuMsPerRequest: 10, load: { meanRps: 400, dayAmplitude: 0, peakHour: 0, noise: 0 } });
  const run = lived(spec([drowned], { autoscalesNodes: false }), 1);
  const { requests, failed } = run.totals;
  expect(requests + failed + run.workloads[0]!.backlog).toBeCloseTo(400 * 3_600, 3);
  expect(requests).toBeCloseTo(2 * 100 * 3_600, 3);
});
