/** The textbook's numbers against closed formulas: Pollaczek–Khinchine, M/G/1-PS by hand, weighted max-min shares. */
import { describe, expect, it } from 'vitest';
import { drawRequests } from '../../service';
import { fairShares } from './fair-share';
import { predictChain, type MeasuredWindow } from './predict-chain';
import { latencyOf, responseTimes } from './queue';

const jobsOf = (rps: number, workMs: number) => drawRequests({ profile: [[0, rps], [4_000, rps]], durationS: 4_000, arrival: 'poisson', works: [{ dist: 'det', meanMs: workMs }], seed: 3 }).map(({ atUs }) => ({ atMs: atUs / 1_000, workMs }));

describe('the textbook', () => {
  it('gives the mean of M/D/1 that Pollaczek and Khinchine give', () => {
    const { meanMs } = latencyOf(responseTimes(jobsOf(100, 5), { discipline: 'central', servers: 1 }));
    expect(meanMs / (5 + (0.1 * 25) / (2 * 0.5))).toBeCloseTo(1, 1);
  });

  it('gives S / (1 − ρ) for a shared processor', () => {
    const { meanMs } = latencyOf(responseTimes(jobsOf(100, 5), { discipline: 'sharing', servers: 1_000 }));
    expect(meanMs / 10).toBeCloseTo(1, 1);
  });

  it('stops a job at the end of the quota until the next period', () => {
    const [response] = responseTimes([{ atMs: 10, workMs: 30 }], { discipline: 'central', servers: 1, quota: { quotaMs: 20, periodMs: 100, phaseMs: 0 } });
    expect(response).toBeCloseTo(100 - 10 + 10, 6);
  });

  it('divides by weight, and gives what one does not want to the others', () => {
    const shares = fairShares({ name: '', weight: 1, children: [{ name: 'a', weight: 2, demand: 1 }, { name: 'b', weight: 1, demand: 1 }, { name: 'c', weight: 1, demand: 0.1 }] }, 1);
    expect(shares.get('a')).toBeCloseTo(0.6, 9);
    expect(shares.get('b')).toBeCloseTo(0.3, 9);
    expect(shares.get('c')).toBeCloseTo(0.1, 9);
  });

  it('divides a chain’s CPU by its requests, and lets the two CPUs queue on their own', () => {
    const window = (t: number, rps: number, fault = ''): MeasuredWindow => ({ t, offered: rps, ok: rps, fault, meanMs: 1_000 * (0.002 / (1 - 0.002 * rps) + 0.007 / (1 - 0.007 * rps)) + 3, cores: { frontend: 0.002 * rps, backend: 0.004 * rps, db: 0.003 * rps } });
    const scenario = { groups: { frontend: { cpus: '1' }, backend: { cpus: '0' }, db: { cpus: '0' } } };
    const predicted = predictChain(scenario, { windows: [window(0, 90), ...[20, 40, 60, 80, 100, 30].map((rps, i) => window(10 * (i + 1), rps)), window(70, 50, 'cpu-hog'), window(80, 50)], eventsS: [] });
    expect([...predicted.keys()].filter((key) => key.endsWith('mean'))).toEqual(['20 s mean', '40 s mean', '60 s mean']);
    expect(predicted.get('20 s cpu_backend')).toBeCloseTo(0.16, 9);
    expect(predicted.get('40 s mean')).toBeCloseTo(window(40, 80).meanMs, 6);
  });
});
