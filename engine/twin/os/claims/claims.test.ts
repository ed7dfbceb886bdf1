import { expect, test } from 'vitest';
import { conflictingRules, findCacheSpiral, findDuels, findIneffectiveCleanUps } from '../findings';
import { bootClaim, containerStartClaim, runCache, runDiskRemedy, runRules, SEED_RULE, SEED_RULES, type CacheSpec } from './index';

const MIB = 1_048_576;
const DAY_US = 86_400e6;

test('a container in under 100 ms: not with a runtime that takes longer than that itself, and never with an image to pull', () => {
  const report = containerStartClaim({ program: 'nginx', layers: [{ digest: 'a', compressedBytes: 30 * MIB, bytes: 80 * MIB }], pull: { downloadBytesPerSecond: 60 * MIB, unpackBytesPerSecond: 250 * MIB, registryMs: 150 } }, 1);
  expect(report.verdict).toBe('fails');
  expect(report.cases[0]!.value).toBeGreaterThan(110);
  expect(report.cases[0]!.value).toBeLessThan(170);
  expect(report.cases[1]!.value).toBeGreaterThan(report.cases[0]!.value * 1.2);
  expect(report.cases[3]!.value).toBeGreaterThan(900);
});

const boot = {
  firmwareMs: 0, loaderMs: 150, kernelMs: 700, initrdMs: 450, cpus: 4, goal: 'multi-user',
  units: [
    { name: 'udev', cpuMs: 250, waitMs: 250, after: [] }, { name: 'local-fs', cpuMs: 60, waitMs: 250, after: ['udev'] }, { name: 'network', cpuMs: 120, waitMs: 650, after: ['udev'] },
    { name: 'journal', cpuMs: 150, waitMs: 100, after: ['local-fs'] }, { name: 'containerd', cpuMs: 350, waitMs: 150, after: ['network', 'local-fs'] }, { name: 'agents', cpuMs: 900, waitMs: 200, after: ['network', 'journal'] },
    { name: 'multi-user', cpuMs: 0, waitMs: 0, after: ['containerd', 'agents'] },
  ],
};

test('a boot in under 5 s: a virtual machine makes it, one CPU and a slow disk take longer, metal loses it in its firmware', () => {
  const report = bootClaim(boot, [
    { condition: 'virtual machine, 4 CPUs', cpus: 4, slowerDisk: 1, firmwareMs: 300 },
    { condition: 'virtual machine, 1 CPU, slow disk', cpus: 1, slowerDisk: 3, firmwareMs: 300 },
    { condition: 'bare metal', cpus: 16, slowerDisk: 1, firmwareMs: 9_000 },
  ]);
  expect(report.verdict).toBe('depends');
  expect(report.cases.map(({ meets }) => meets)).toEqual([true, false, false]);
});

test('a disk remedy that deletes week-old files says "remediated" every day while the log fills the disk, and is flagged at the second time', () => {
  const run = runDiskRemedy({ capacityBytes: 1_000 * MIB, logBytesPerDay: 30 * MIB, temporaryBytesPerDay: MIB, thresholdPercent: 80, rule: { under: '/tmp', olderThanUs: 7 * DAY_US }, days: 40 });
  expect(run.saidRemediated).toBeGreaterThan(5);
  expect(run.daysAboveAfterRemedy).toBe(run.saidRemediated);
  expect(findIneffectiveCleanUps('/', run.records.slice(0, 1), 80)).toEqual([]);
  expect(findIneffectiveCleanUps('/', run.records.slice(-2), 80)).toMatchObject([{ kind: 'ineffective-clean-up', severity: 'page' }]);
});

test('the same remedy where temporary files fill the disk works and is not flagged', () => {
  const run = runDiskRemedy({ capacityBytes: 1_000 * MIB, logBytesPerDay: MIB, temporaryBytesPerDay: 100 * MIB, thresholdPercent: 80, rule: { under: '/tmp', olderThanUs: 3 * DAY_US }, days: 40 });
  expect(run.saidRemediated).toBeGreaterThan(2);
  expect(run.daysAboveAfterRemedy).toBe(0);
  expect(findIneffectiveCleanUps('/', run.records, 80)).toEqual([]);
});

const slow: CacheSpec = { keys: 20_000, capacity: 10_000, zipf: 0.8, requestsPerSecond: 6 };

test('clearing a cache for its low hit rate keeps it low where warming takes longer than the cool-down', () => {
  const left = runCache(slow, null, 14_400, 5);
  const cleared = runCache(slow, SEED_RULE, 14_400, 5);
  expect(left.rates.at(-1)!.hitRate).toBeGreaterThan(0.7);
  expect(cleared.clearedAt.length).toBeGreaterThanOrEqual(4);
  expect(cleared.meanHitRate).toBeLessThan(left.meanHitRate - 0.1);
  expect(findCacheSpiral('cache', cleared.rates, cleared.clearedAt, 0.7)).toMatchObject([{ kind: 'cache-clear-spiral', severity: 'page' }]);
});

test('a cache that warms within the cool-down is cleared once at most and recovers', () => {
  const fast = runCache({ ...slow, keys: 2_000, capacity: 1_800, requestsPerSecond: 100 }, SEED_RULE, 3_600, 5);
  expect(fast.clearedAt.length).toBeLessThanOrEqual(1);
  expect(fast.rates.at(-1)!.hitRate).toBeGreaterThan(0.8);
  expect(findCacheSpiral('cache', fast.rates, fast.clearedAt, 0.7)).toEqual([]);
});

test('duelling limit rules change each other back at every look for ever, and are found before and while they do', () => {
  expect(conflictingRules(SEED_RULES)).toHaveLength(2);
  const run = runRules(SEED_RULES, { cpu: 2.5, memoryGib: 7.5 }, { cpu: 1, memoryGib: 2 }, 3_600);
  expect(run.changes.length).toBeGreaterThan(40);
  expect(findDuels(run.changes).map(({ unit, severity }) => [unit, severity])).toEqual([['times undone', 'page'], ['times undone', 'page']]);
});

test('one rule alone settles', () => {
  const run = runRules(SEED_RULES, { cpu: 2.5, memoryGib: 1 }, { cpu: 1, memoryGib: 2 }, 3_600);
  expect(run.final).toEqual({ cpu: 2, memoryGib: 4 });
  expect(findDuels(run.changes)).toEqual([]);
});
