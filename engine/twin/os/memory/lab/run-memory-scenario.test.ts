/**
 * The numbers are from our recordings of a 2-CPU virtual machine with Linux 6.18 and cgroup v1 (November 2026, three
 * repeats each); bands are the repeats' own range, or 0.3 s + 3 % for the time of a kill and 0.01 cores for CPU.
 */
import { expect, test } from 'vitest';
import { runMemoryScenario, type MemoryScenario, type MemoryStep } from '../index';

const scenario = (memLimitMb: number, durationS: number, steps: readonly MemoryStep[], more: Partial<MemoryScenario> & { readonly restart?: { delayS: number; factor?: number; maxS?: number }; readonly oomDisable?: boolean } = {}): MemoryScenario => ({
  durationS, warmS: 0.5, sampleHz: 10, dropCaches: more.dropCaches ?? false, files: more.files ?? [], events: more.events ?? [],
  groups: more.groups ?? [{ name: 'g1', memLimitMb, oomDisable: more.oomDisable ?? false, procs: [{ steps, ...(more.restart === undefined ? {} : { restart: more.restart }) }] }],
});
const exits = (run: ReturnType<typeof runMemoryScenario>) => run.events.filter(({ action }) => action === 'exit');
const near = (value: number, measured: number) => expect(Math.abs(value - measured)).toBeLessThanOrEqual(0.3 + 0.03 * measured);

test.each([
  ['20 MB/s into 200 MB', 200, 14, 20, 9.543, [108, 575]],
  ['150 MB/s into 512 MB', 512, 7, 150, 3.421, [95, 2_120]],
] as const)('growth of %s ends in one kill at the measured time', (_, limit, durationS, mbPerS, killS, failcnt) => {
  const run = runMemoryScenario(scenario(limit, durationS, [{ op: 'grow', mb: 900, mbPerS }]));
  expect(exits(run)).toHaveLength(1);
  expect(Math.abs(exits(run)[0]!.tS - killS)).toBeLessThan(0.02);
  expect(run.groups['g1']).toMatchObject({ oomKills: 1 });
  expect(run.groups['g1']!.failcnt).toBeGreaterThanOrEqual(failcnt[0]);
  expect(run.groups['g1']!.failcnt).toBeLessThanOrEqual(failcnt[1]);
});

test('reading a file larger than the limit fills the cache to the limit and kills nobody', () => {
  const run = runMemoryScenario(scenario(128, 10, [{ op: 'read', file: 'big', mbPerS: 60 }, { op: 'hold', s: 2 }], { dropCaches: true, files: [{ file: 'big', mb: 400 }] }));
  const group = run.groups['g1']!;
  expect(group.oomKills).toBe(0);
  expect(group.memMaxMb).toBeGreaterThan(126.5);
  expect(group.failcnt).toBeGreaterThanOrEqual(131);
  expect(group.failcnt).toBeLessThanOrEqual(181);
  near(exits(run)[0]!.tS, 8.677);
});

test('page cache gives way to anonymous memory first: the kill comes as late as without the cache', () => {
  const run = runMemoryScenario(scenario(256, 12, [{ op: 'read', file: 'big', mbPerS: 150 }, { op: 'grow', mb: 400, mbPerS: 40 }], { dropCaches: true, files: [{ file: 'big', mb: 400 }] }));
  expect(Math.abs(exits(run)[0]!.tS - 8.834)).toBeLessThan(0.03);
  expect(run.groups['g1']!.failcnt).toBeGreaterThan(7_800);
});

test('a leak that is restarted is killed again and again, at the measured times', () => {
  const run = runMemoryScenario(scenario(160, 24, [{ op: 'grow', mb: 400, mbPerS: 30 }], { restart: { delayS: 1 } }));
  expect(run.groups['g1']!.oomKills).toBe(4);
  [5.058, 11.252, 17.401, 23.538].forEach((measured, i) => near(exits(run)[i]!.tS, measured));
  expect(Math.abs(run.groups['g1']!.cpu - 0.0302)).toBeLessThan(0.01);
});

test('doubling delays of a supervisor spread the kills', () => {
  const run = runMemoryScenario(scenario(160, 20, [{ op: 'grow', mb: 400, mbPerS: 80 }], { restart: { delayS: 0.5, factor: 2, maxS: 8 } }));
  expect(run.events.filter(({ action }) => action === 'restart').map(({ waitedS }) => waitedS)).toEqual([0.5, 1, 2, 4]);
  [1.909, 4.421, 7.439, 11.46, 17.443].forEach((measured, i) => near(exits(run)[i]!.tS, measured));
});

test('a limit lowered below anonymous use is refused, one above it drops the cache', () => {
  const set = (tS: number, mib: number) => ({ tS, action: 'set', group: 'g1', file: 'memory/memory.limit_in_bytes', value: mib * 1_048_576 }) as const;
  const run = runMemoryScenario(scenario(400, 10, [{ op: 'grow', mb: 120, mbPerS: 120 }, { op: 'read', file: 'big', mbPerS: 200 }, { op: 'hold', s: 10 }], { dropCaches: true, files: [{ file: 'big', mb: 400 }], events: [set(5, 200), set(7, 100)] }));
  expect(run.events.filter(({ action }) => action === 'set').map(({ error }) => error)).toEqual([null, 'EBUSY']);
  expect(run.groups['g1']).toMatchObject({ oomKills: 0 });
});

test('with the OOM killer off a growing program stops, and goes on when the limit is raised', () => {
  const events = [{ tS: 6, action: 'set', group: 'g1', file: 'memory/memory.limit_in_bytes', value: 300 * 1_048_576 }] as const;
  const run = runMemoryScenario(scenario(150, 12, [{ op: 'grow', mb: 220, mbPerS: 50 }, { op: 'hold', s: 5 }], { oomDisable: true, events }));
  expect(run.groups['g1']).toMatchObject({ oomKills: 0 });
  expect(Math.abs(run.groups['g1']!.memMaxMb - 229.6)).toBeLessThan(0.3);
  near(exits(run)[0]!.tS, 11.076);
});

test('the bigger of two is killed when the smaller grows, then the smaller has the room', () => {
  const groups = [{ name: 'g1', memLimitMb: 300, procs: [{ label: 'big', steps: [{ op: 'grow', mb: 150, mbPerS: 150 }, { op: 'hold', s: 20 }] }, { label: 'grower', steps: [{ op: 'hold', s: 1 }, { op: 'grow', mb: 400, mbPerS: 40 }] }] }] as const;
  const run = runMemoryScenario(scenario(300, 10, [], { groups }));
  expect(exits(run).map(({ label }) => label)).toEqual(['g1/big', 'g1/grower']);
  near(exits(run)[0]!.tS, 4.323);
  near(exits(run)[1]!.tS, 8.286);
});

test('the same scenario gives the same run', () => {
  const spec = scenario(160, 24, [{ op: 'grow', mb: 400, mbPerS: 30 }], { restart: { delayS: 1 } });
  expect(runMemoryScenario(spec)).toEqual(runMemoryScenario(spec));
});
