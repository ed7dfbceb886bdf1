import { describe, expect, test } from 'vitest';
import type { ServiceSpec } from '../../../system-spec';
import { complaints, lived, service, system } from '../testing/small-world';
import type { JobSpec } from './job';

const batch = (job: Partial<JobSpec>, more: Partial<ServiceSpec> = {}) =>
  system([service('batch', 0, { replicas: 0, demand: { meanMs: 4_000 }, startUp: { meanMs: 1_000 }, job: { startsAtSeconds: 10, completions: 12, parallelism: 3, ...job }, ...more })], []);
const jobOf = (world: ReturnType<typeof lived>) => world.infra.services[0]!.job!;
const alarms = (world: ReturnType<typeof lived>) => world.alarms.map(({ kind }) => kind);

describe('a batch job', () => {
  test('does its tasks so many at once: 12 tasks of 5 s, three at a time, take 20 s', () => {
    const world = lived(batch({}), 60);
    expect(jobOf(world)).toMatchObject({ phase: 'complete', succeeded: 12, failed: 0 });
    expect((jobOf(world).endedUs - jobOf(world).startedUs) / 1e6).toBeCloseTo(20, 1);
    expect(world.infra.services[0]!.replicas).toEqual([]);
    expect(world.infra.nodes[0]!.replicas).toEqual([]);
  });

  test('never runs more pods than it may, nor more tasks than it has', () => {
    for (const second of [12, 17, 23, 29, 31]) {
      const world = lived(batch({ completions: 10, parallelism: 4 }), second);
      expect(world.infra.services[0]!.replicas.length).toBeLessThanOrEqual(4);
      expect(world.infra.services[0]!.total.offered).toBeLessThanOrEqual(10);
    }
  });

  test('replaces failed pods later and later: 10 s, 20 s, 40 s', () => {
    const world = lived(batch({ completions: 1, parallelism: 1, failureShare: 1, backOffLimit: 3 }), 200);
    expect(jobOf(world)).toMatchObject({ phase: 'failed', succeeded: 0, failed: 4 });
    expect((jobOf(world).endedUs - jobOf(world).startedUs) / 1e6).toBeCloseTo(4 * 5 + 10 + 20 + 40, 1);
    expect(alarms(world)).toContain('job-failed');
  });

  test('completes in spite of some failures within its limit', () => {
    const world = lived(batch({ completions: 30, parallelism: 5, failureShare: 0.1, backOffLimit: 50 }), 2_000);
    expect(jobOf(world)).toMatchObject({ phase: 'complete', succeeded: 30 });
    expect(jobOf(world).failed).toBeGreaterThan(0);
  });

  test('fails at its deadline and takes its pods away', () => {
    const world = lived(batch({ deadlineSeconds: 8 }), 60);
    expect(jobOf(world)).toMatchObject({ phase: 'failed' });
    expect(world.infra.services[0]!.replicas).toEqual([]);
  });

  test('comes again on schedule, and not while it still runs', () => {
    const world = lived(batch({ everySeconds: 30 }), 75);
    expect(jobOf(world)).toMatchObject({ run: 3 });
    const slow = lived(batch({ everySeconds: 15 }), 32);
    expect(alarms(slow)).toContain('job-skipped');
    expect(jobOf(slow).run).toBe(1);
  });

  test('goes on after its node is lost', () => {
    const spec = { ...batch({ completions: 6, parallelism: 2 }), nodes: ['n', 'm'].map((name) => ({ name, cpuMillicores: 4_000, memoryMib: 1_024, usdPerHour: 0 })) };
    const world = lived(spec, 600, { faults: [{ kind: 'node-down', node: 'n', atSeconds: 13 }] });
    expect(jobOf(world)).toMatchObject({ phase: 'complete', succeeded: 6 });
    expect(jobOf(world).failed).toBeGreaterThan(0);
  });

  test('takes CPU from services on its node', () => {
    const busy = (completions: number) => {
      const spec = system([service('web', 10, { lanes: 4 }), service('batch', 0, { replicas: 0, demand: { meanMs: 60_000 }, job: { startsAtSeconds: 1, completions, parallelism: completions } })], [{ service: 'web', arrivals: 'poisson', profile: { kind: 'constant', rps: 60 } }], {
        nodes: [{ name: 'n', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0 }],
      });
      const { latency } = lived(spec, 60).infra.client.total;
      return latency.sum / latency.count;
    };
    expect(busy(4)).toBeGreaterThan(1.5 * busy(1));
  });

  test('is read with its limits and has no replicas of its own', () => {
    const base = batch({});
    const paths = (change: object) => complaints({ ...base, services: [{ ...base.services[0], ...change }] });
    expect(paths({ replicas: 2 })).toEqual(['services[0].replicas']);
    expect(paths({ job: { startsAtSeconds: -1, completions: 0, parallelism: 0.5 } })).toEqual(['services[0].job.startsAtSeconds', 'services[0].job.completions', 'services[0].job.parallelism']);
    expect(paths({ external: {} })).toEqual(['services[0].job']);
  });
});
