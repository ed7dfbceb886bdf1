/** Measured values are from our recordings of a virtual disk under cgroup v1 blkio limits (Linux 6.18, November 2026). */
import { expect, test } from 'vitest';
import { readBytes, readDdScript, runDiskScenario, UNLIMITED_IO, type DiskGroup, type IoLimit } from '../index';

const READ_64K = 'while :; do dd if=/tmp/a iflag=direct of=/dev/null bs=64k count=1024 status=none; done';
const group = (name: string, script: string, read: IoLimit, write: IoLimit = UNLIMITED_IO): DiskGroup => ({ name, read, write, loops: readDdScript(script).map((loop) => ({ ...loop, label: `${name}/x`, nice: 0 })) });
const run = (...groups: DiskGroup[]) => runDiskScenario({ durationS: 8, warmS: 1, sampleHz: 5, files: [{ file: '/tmp/a', mb: 64 }], changes: [], groups });
const bps = (bytesPerSecond: number): IoLimit => ({ bytesPerSecond, iops: Infinity });

test('a dd loop is understood with its direction, block, count and flags', () => {
  expect(readDdScript(READ_64K)).toEqual([{ direction: 'read', file: '/tmp/a', blockBytes: 65_536, count: 1_024, direct: true, fsync: false, repeats: true }]);
  expect(readDdScript('dd if=/dev/zero of=/tmp/b conv=notrunc,fsync bs=1M count=5')).toMatchObject([{ direction: 'write', blockBytes: 1_048_576, direct: false, fsync: true, repeats: false }]);
  expect(readDdScript('sleep 5; echo dd of nothing')).toEqual([]);
  expect(readBytes('12parsecs')).toBe(512);
});

test('one limited reader gets its limit as measured, to a few parts in 100 000', () => {
  const g = run(group('g1', READ_64K, bps(20_971_520))).groups['g1']!;
  expect(Math.abs(g.readBps / 20_974_802 - 1)).toBeLessThan(2e-4);
  expect(Math.abs(g.cpu - 0.0087)).toBeLessThan(0.01);
});

test('operations are limited as measured', () => {
  const g = run(group('g1', READ_64K.replace('64k count=1024', '4k count=16384'), { bytesPerSecond: Infinity, iops: 200 })).groups['g1']!;
  expect(Math.abs(g.readIops - 199.95)).toBeLessThan(0.2);
  expect(g.readBps).toBeGreaterThan(818_000);
});

test('two groups keep to their own limits', () => {
  const { groups } = run(group('g1', READ_64K, bps(31_457_280)), group('g2', READ_64K, bps(10_485_760)));
  expect(Math.abs(groups['g1']!.readBps / 31_461_025 - 1)).toBeLessThan(3e-4);
  expect(Math.abs(groups['g2']!.readBps / 10_486_658 - 1)).toBeLessThan(3e-4);
});

test('an unlimited reader gets what the device gives at depth one', () => {
  const g = run(group('g1', READ_64K, bps(99_999_999_999))).groups['g1']!;
  expect(g.readBps).toBeGreaterThan(590e6);
  expect(g.readBps).toBeLessThan(710e6);
  expect(Math.abs(g.cpu - 0.23)).toBeLessThan(0.03);
});

test('a limit lowered while running first works off what the old one had let through ahead', () => {
  const report = runDiskScenario({ durationS: 9, warmS: 1, sampleHz: 5, files: [], changes: [{ tS: 5, group: 'g1', direction: 'read', kind: 'bps', value: 10_485_760 }], groups: [group('g1', READ_64K, bps(20_971_520))] });
  expect(report.groups['g1']!.readBps).toBeGreaterThan(15e6);
  expect(report.groups['g1']!.readBps).toBeLessThan(16.5e6);
});

test('a read through the page cache reaches the device once', () => {
  const g = run(group('g1', READ_64K.replace('iflag=direct ', ''), UNLIMITED_IO)).groups['g1']!;
  expect(g.readBps).toBe(0);
});
