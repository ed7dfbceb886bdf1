import { expect, test } from 'vitest';
import { cleanUp, createFile, fileSystem } from '../filesystem';
import { runMemoryScenario } from '../memory';
import { conflictingRules, findCacheSpiral, findCertificates, findConflicts, findDisk, findDuels, findIneffectiveCleanUps, findMemory, growth, timeTo, type DiskSample, type LimitRule, type MemorySample } from './index';

const MIB = 1_048_576;
const GIB = 1_024 * MIB;
const wobble = (i: number) => Math.abs(((i * 7_919) % 101) / 101 - 0.5); // 0..0.5, no trend
const memory = (n: number, used: (i: number) => number, limitMib: number | null = 512, file = 0): MemorySample[] => Array.from({ length: n }, (_, i) => ({ atSeconds: i * 60, usedBytes: used(i) * MIB, fileBytes: file * MIB, limitBytes: limitMib === null ? null : limitMib * MIB }));

test('a leak is found with its time to the OOM kill, and the kill falls into the band', () => {
  const samples = memory(60, (i) => 200 + 2 * i + 3 * wobble(i));
  const [leak] = findMemory('api', samples);
  const trueSeconds = ((512 - 200) / 2) * 60 - 59 * 60;
  expect(leak).toMatchObject({ kind: 'memory-leak', severity: 'ticket' });
  expect(leak!.dueSeconds!.expected).toBeGreaterThan(trueSeconds * 0.95);
  expect(leak!.dueSeconds!.expected).toBeLessThan(trueSeconds * 1.05);
  expect(leak!.dueSeconds!.earliest).toBeLessThanOrEqual(trueSeconds);
  expect(leak!.dueSeconds!.latest).toBeGreaterThanOrEqual(trueSeconds * 0.99);
});

test('noise, a saw-tooth and a growing page cache are no leaks', () => {
  expect(findMemory('a', memory(60, (i) => 200 + 20 * wobble(i)))).toEqual([]);
  expect(findMemory('a', memory(60, (i) => 150 + 10 * (i % 6)))).toEqual([]);
  expect(findMemory('a', memory(60, (i) => 100 + 5 * i).map((sample, i) => ({ ...sample, fileBytes: 5 * i * MIB })))).toEqual([]);
});

test('after a restart only the present life counts', () => {
  const samples = memory(40, (i) => (i < 20 ? 100 + 20 * i : 100 + 2 * (i - 20)));
  expect(findMemory('a', samples)[0]).toMatchObject({ kind: 'memory-leak', value: expect.closeTo(120, 3) });
});

test('a leak of the memory twin is foreseen from its first half', () => {
  const run = runMemoryScenario({ durationS: 40, warmS: 0.5, sampleHz: 10, dropCaches: false, files: [], events: [], groups: [{ name: 'g', memLimitMb: 200, procs: [{ steps: [{ op: 'grow', mb: 400, mbPerS: 6 }] }] }] });
  const killed = run.events.find(({ action }) => action === 'exit')!.tS;
  const samples = Array.from({ length: 16 }, (_, i) => ({ atSeconds: i, usedBytes: (8.4 + 6.035 * i) * MIB, fileBytes: 0, limitBytes: 200 * MIB }));
  const [leak] = findMemory('g', samples);
  expect(Math.abs(leak!.dueSeconds!.expected + 15 - killed)).toBeLessThan(0.03 * killed);
});

test('memory pressure is what cannot be reclaimed near the limit, or tasks that wait for memory', () => {
  expect(findMemory('a', memory(3, () => 500))[0]).toMatchObject({ kind: 'memory-pressure', severity: 'ticket' });
  expect(findMemory('a', memory(3, () => 500, 512, 300))).toEqual([]);
  expect(findMemory('a', [{ ...memory(1, () => 100)[0]!, pressurePercent: 22 }])[0]).toMatchObject({ kind: 'memory-pressure', severity: 'page' });
});

const disk = (n: number, usedGib: (i: number) => number): DiskSample[] => Array.from({ length: n }, (_, i) => ({ atSeconds: i * 3_600, usedBytes: usedGib(i) * GIB, availableBytes: (100 - usedGib(i)) * GIB }));

test('the date of a full disk comes with a band that holds it', () => {
  const [full] = findDisk('/var', disk(72, (i) => 50 + 0.25 * i + 0.4 * wobble(i)));
  const trueSeconds = ((100 - 50 - 0.25 * 71) / 0.25) * 3_600;
  expect(full).toMatchObject({ kind: 'disk-full', severity: 'ticket' });
  expect(full!.dueSeconds!.earliest).toBeLessThanOrEqual(trueSeconds);
  expect(full!.dueSeconds!.latest).toBeGreaterThanOrEqual(trueSeconds * 0.97);
  expect(Math.abs(full!.dueSeconds!.expected / trueSeconds - 1)).toBeLessThan(0.1);
});

test('a disk that stands still is not foreseen to fill, a full one pages', () => {
  expect(findDisk('/', disk(72, () => 60))).toEqual([]);
  expect(findDisk('/', disk(72, () => 97))[0]).toMatchObject({ severity: 'page' });
});

test('a clean-up in the window does not hide the growth', () => {
  const [full] = findDisk('/var', disk(72, (i) => (i < 30 ? 50 + i : 50 + (i - 30) * 0.9)));
  expect(full!.dueSeconds!.expected / 3_600).toBeLessThan(20);
});

test('inodes run out too', () => {
  const samples = disk(48, () => 20).map((sample, i) => ({ ...sample, inodesUsed: 500_000 + 9_000 * i, inodesMax: 1_000_000 }));
  expect(findDisk('/spool', samples)).toMatchObject([{ kind: 'inodes-full', severity: 'page' }]);
});

test('a remedy that frees nothing is flagged at its second run', () => {
  const fs = fileSystem({ capacityBytes: 100 * MIB });
  createFile(fs, { path: '/var/log/app.log', kind: 'log', bytes: 90 * MIB, nowUs: 0, openBy: 'app' });
  const remedy = (day: number) => ({ atSeconds: day * 86_400, effect: cleanUp(fs, { under: '/tmp', olderThanUs: 7 * 86_400e6 }, day * 86_400e6, 90) });
  const records = [remedy(8)];
  expect(findIneffectiveCleanUps('/', records, 90)).toEqual([]);
  records.push(remedy(9));
  expect(findIneffectiveCleanUps('/', records, 90)).toMatchObject([{ kind: 'ineffective-clean-up', severity: 'page', value: 2 }]);
});

test('a certificate is reported when its renewal is overdue, and pages near its end', () => {
  const DAY = 86_400e6;
  const certificate = { name: 'web', notBeforeUs: 0, notAfterUs: 90 * DAY };
  expect(findCertificates([certificate], 60 * DAY)).toEqual([]);
  expect(findCertificates([certificate], 70 * DAY)).toMatchObject([{ severity: 'ticket', value: 20 }]);
  expect(findCertificates([certificate], 88 * DAY)).toMatchObject([{ severity: 'page' }]);
  expect(findCertificates([certificate], 91 * DAY)[0]!.detail).toContain('expired');
});

test('rules that set one limit to two values are found before they run', () => {
  const rules: LimitRule[] = [
    { name: 'cpu', subject: 'web', when: 'cpu > 80 %', sets: { cpu: 2, memoryGib: 4 }, everySeconds: 300 },
    { name: 'memory', subject: 'web', when: 'memory > 80 %', sets: { cpu: 1.5, memoryGib: 8 }, everySeconds: 300 },
    { name: 'other', subject: 'db', when: 'cpu > 80 %', sets: { cpu: 4 }, everySeconds: 300 },
  ];
  expect(conflictingRules(rules).map(({ setting, values }) => [setting, values])).toEqual([['cpu', [2, 1.5]], ['memoryGib', [4, 8]]]);
  expect(findConflicts(rules)).toHaveLength(2);
});

test('a setting that goes to and fro between two rules is a duel, a rising one is not', () => {
  const change = (i: number, value: number, by: string) => ({ atSeconds: i * 300, subject: 'web', setting: 'cpu', value, by });
  expect(findDuels([2, 1.5, 2, 1.5, 2].map((value, i) => change(i, value, i % 2 === 0 ? 'cpu' : 'memory')))).toMatchObject([{ kind: 'duelling-rules', value: 3 }]);
  expect(findDuels([1, 2, 3, 4].map((value, i) => change(i, value, 'cpu')))).toEqual([]);
});

test('clearing a cache that is cold is found to be the cause', () => {
  const rates = Array.from({ length: 30 }, (_, i) => ({ atSeconds: i * 60, hitRate: 0.05 * (i % 10) }));
  expect(findCacheSpiral('cache', rates, [599, 1_199], 0.7)).toMatchObject([{ kind: 'cache-clear-spiral' }]);
  expect(findCacheSpiral('cache', rates.map(({ atSeconds }) => ({ atSeconds, hitRate: Math.min(0.9, atSeconds / 1_000) })), [599, 1_199], 0.7)).toEqual([]);
});

test('growth needs points, and never says that what falls will be full', () => {
  expect(growth([{ atSeconds: 0, value: 1 }, { atSeconds: 1, value: 2 }])).toBeNull();
  expect(growth(Array.from({ length: 9 }, () => ({ atSeconds: 4, value: 1 })))).toBeNull();
  expect(growth(Array.from({ length: 9 }, (_, i) => ({ atSeconds: i, value: NaN })))).toBeNull();
  const falling = growth(Array.from({ length: 20 }, (_, i) => ({ atSeconds: i, value: 100 - i })))!;
  expect(timeTo(200, 80, falling).expected).toBe(Infinity);
  expect(timeTo(50, 80, falling).expected).toBe(0);
});
