/** The textbook's numbers against closed formulas: Pollaczek–Khinchine, M/G/1-PS by hand, weighted max-min shares. */
import { describe, expect, it } from 'vitest';
import { drawRequests } from '../../service';
import { fairShares } from './fair-share';
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
});
