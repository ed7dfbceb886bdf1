import { describe, expect, it } from 'vitest';
import { drawRequests, runServiceExperiment, type ServerSpec, type ServiceRecord } from './index';

const HOST = { cpus: 2, hz: 250 };
const record = (server: Partial<ServerSpec>, loads: readonly number[], more: Partial<ServiceRecord['scenario']> = {}): ServiceRecord => ({
  id: 'test', host: HOST, repeats: [{ rep: 1, probe: { throughputRps: 195, cpuPerReqMs: 5.15, meanWorkMs: 5 }, offered: [] }],
  scenario: { server: { mode: 'loop', threads: 1, cpus: '0', ...server }, work: { dist: 'det', meanMs: 5 }, loadgen: { cpus: '1', spin: true }, neighbors: [], probe: { concurrency: 4, durationS: 2 }, loads, durationsS: loads.map(() => 8), warmS: 1, drainS: 20, ...more },
});

describe('a service on a host', () => {
  it('answers everything below capacity and no more than capacity above it', () => {
    const [light, over] = runServiceExperiment(record({}, [0.5, 1.3]), 1);
    expect(Math.abs(light!.throughputRps - light!.arrivalRps)).toBeLessThan(1);
    expect(over!.throughputRps).toBeGreaterThan(190);
    expect(over!.throughputRps).toBeLessThan(201);
  });

  it('keeps Little’s law', () => {
    const [run] = runServiceExperiment(record({}, [0.7]), 1);
    expect(run!.meanInFlight / run!.littleLawL).toBeGreaterThan(0.95);
    expect(run!.meanInFlight / run!.littleLawL).toBeLessThan(1.05);
  });

  it('serves held connections first and starves new ones when the handler works itself, under overload', () => {
    const [loop] = runServiceExperiment(record({ mode: 'loop' }, [1.3]), 1);
    const [naive] = runServiceExperiment(record({ mode: 'naive' }, [1.3]), 1);
    expect(naive!.p50Ms).toBeLessThan(0.6 * loop!.p50Ms);
    expect(naive!.p99Ms).toBeGreaterThan(2 * loop!.p99Ms);
  });

  it('waits for the next period once a quota is spent: the tail grows, the median stays', () => {
    const [free] = runServiceExperiment(record({}, [0.2]), 1);
    const [limited] = runServiceExperiment(record({ quotaUs: 30_000 }, [0.2]), 1);
    expect(limited!.p50Ms).toBeLessThan(1.2 * free!.p50Ms);
    expect(limited!.p99Ms).toBeGreaterThan(2 * free!.p99Ms);
    expect(limited!.nrThrottled).toBeGreaterThan(0);
  });

  it('answers long after its workers are done where many threads share a CPU: the main thread waits for a port that a preempted worker has locked', () => {
    const work = { dist: 'det', meanMs: 8 } as const;
    const probe = [{ rep: 1, probe: { throughputRps: 119, cpuPerReqMs: 8.2, meanWorkMs: 8 }, offered: [] }];
    const waitedMs = (threads: number, cpus: string) => {
      const [run] = runServiceExperiment({ ...record({ mode: 'pool', threads, cpus }, [0.8], { work }), repeats: probe }, 1);
      return run!.meanMs - run!.meanQueueMs - run!.meanSvcMs;
    };
    expect(waitedMs(48, '0')).toBeGreaterThan(3 * waitedMs(2, '0-1'));
  });

  it('is slower beside a busy neighbour on its CPU', () => {
    const neighbors = [{ name: 'hog', cpus: '0' }];
    const [alone] = runServiceExperiment(record({}, [0.3]), 1);
    const [crowded] = runServiceExperiment(record({}, [0.3], { neighbors }), 1);
    expect(crowded!.meanMs).toBeGreaterThan(1.3 * alone!.meanMs);
  });

  it.each(['pool', 'cluster'] as const)('uses two CPUs with two workers of a %s', (mode) => {
    const [run] = runServiceExperiment(record({ mode, threads: 2, cpus: '0-1' }, [1.5], { loadgen: { cpus: '0-1', spin: false, keepAlive: mode === 'pool' } }), 1);
    expect(run!.serverCpu).toBeGreaterThan(1.4);
    expect(run!.throughputRps).toBeGreaterThan(270);
  });

  it('keeps a connection at the worker of a cluster that took it', () => {
    const [run] = runServiceExperiment(record({ mode: 'cluster', threads: 2, cpus: '0' }, [0.6], { loadgen: { cpus: '1', spin: true, keepAlive: true } }), 1);
    expect(run!.notOk).toBe(0);
    expect(Math.abs(run!.throughputRps - run!.arrivalRps)).toBeLessThan(1);
  });

  it('gives the same runs for the same seed and others for another', () => {
    const runs = [1, 1, 2].map((seed) => runServiceExperiment(record({ quotaUs: 50_000 }, [0.4]), seed));
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).not.toEqual(runs[2]);
  });

  it('draws the laboratory’s arrivals: first request of seed 1000 at a rate of 39.0858/s', () => {
    const drawn = drawRequests({ profile: [[0, 39.0858], [10, 39.0858]], durationS: 10, arrival: 'poisson', works: [{ dist: 'det', meanMs: 5 }], seed: 1_000 });
    expect(drawn[0]).toEqual({ atUs: 40_570, worksUs: [5_000] });
    expect(drawn[1]!.atUs).toBe(70_659);
  });
});
