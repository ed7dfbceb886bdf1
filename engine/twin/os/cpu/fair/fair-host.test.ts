import { describe, expect, it } from 'vitest';
import { advanceFairHost, createFairHost, setDemand, setFairQuota, setFairWeight, type FairHostSpec } from './index';

const busy = (spec: FairHostSpec) => {
  const host = createFairHost(spec);
  spec.tasks.forEach((_, task) => setDemand(host, task, Infinity));
  return host;
};
const coresOf = (spec: FairHostSpec) => {
  const host = busy(spec);
  advanceFairHost(host, 1_000_000);
  return [...host.taskCores].map((cores) => Math.round(cores * 1_000) / 1_000);
};
const task = (group: number, nice = 0) => ({ name: '', group, nice });
const group = (more: object = {}) => ({ name: '', ...more });

describe('the fluid host', () => {
  it('shares between groups by weight and inside them by nice', () => {
    expect(coresOf({ cpus: 1, groups: [group({ weight: 2048 }), group()], tasks: [task(0), task(1), task(1, 5)] })).toEqual([0.667, 0.251, 0.082]);
  });

  it('gives what one thread cannot use to the others', () => {
    expect(coresOf({ cpus: 2, groups: [group({ weight: 4096 }), group()], tasks: [task(0), task(1), task(1), task(1)] })).toEqual([1, 0.333, 0.333, 0.333]);
  });

  it('divides a parent between its children before anyone else sees it', () => {
    expect(coresOf({ cpus: 1, groups: [group(), group({ parent: 0, weight: 2048 }), group({ parent: 0 }), group()], tasks: [task(1), task(2), task(3)] })).toEqual([0.333, 0.167, 0.5]);
  });

  it('keeps nested quotas', () => {
    expect(coresOf({ cpus: 2, groups: [group({ quotaUs: 60_000 }), group({ parent: 0, quotaUs: 50_000 }), group({ parent: 0, quotaUs: 50_000 })], tasks: [task(1), task(2)] })).toEqual([0.3, 0.3]);
  });

  it('gives groups confined to one CPU no more than that CPU', () => {
    expect(coresOf({ cpus: 2, groups: [group({ cpus: [0] }), group({ cpus: [0] }), group()], tasks: [task(0), task(1), task(2)] })).toEqual([0.5, 0.5, 1]);
  });

  it('lets work that was not done wait, and works it off later', () => {
    const host = createFairHost({ cpus: 1, groups: [group()], tasks: [task(0), task(0)] });
    setDemand(host, 0, 0.7);
    setDemand(host, 1, 0.7);
    advanceFairHost(host, 1_000_000);
    expect(host.backlogUs[0]).toBeCloseTo(200_000, 6);
    setDemand(host, 0, 0);
    setDemand(host, 1, 0);
    advanceFairHost(host, 1_000_000);
    expect(host.backlogUs[0]).toBe(0);
    expect(host.taskCpuUs[0]).toBeCloseTo(700_000, 6);
  });

  it('counts throttling like the kernel: once a period, on every CPU that stands still', () => {
    const host = busy({ cpus: 2, groups: [group({ quotaUs: 100_000 })], tasks: [task(0), task(0)] });
    advanceFairHost(host, 11_000_000);
    expect([host.periods[1], host.throttledPeriods[1], host.throttledUs[1]]).toEqual([110, 110, 11_000_000]);
  });

  it('follows weights and quotas that change', () => {
    const host = busy({ cpus: 1, groups: [group(), group()], tasks: [task(0), task(1)] });
    setFairWeight(host, 0, 3_072);
    advanceFairHost(host, 1_000_000);
    expect(host.taskCores[0]).toBeCloseTo(0.75, 9);
    setFairQuota(host, 0, 25_000);
    advanceFairHost(host, 1_000_000);
    expect(host.taskCores[0]).toBeCloseTo(0.25, 9);
  });
});
