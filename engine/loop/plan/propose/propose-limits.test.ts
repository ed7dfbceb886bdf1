/** What is tried for who waits for a disk, or sleeps above memory.high. */
import { expect, test } from 'vitest';
import { os, type Command } from '@/engine/twin';
import { proposeHosts } from './propose-hosts';

const READY = { forMore: () => true, forLess: () => true };
const DEVICE = { readLatencyMs: 0.5, writeLatencyMs: 1, readMibPerSecond: 200, writeMibPerSecond: 100, flushMs: 2 };

function proposedFor(groups: readonly object[], programs: readonly object[]): readonly Command[] {
  const read = os.parseHost({ name: 'box', cpus: 2, memoryMib: 1_024, disk: { sizeMib: 50_000, usedMib: 100, device: DEVICE }, groups, programs });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const world = os.compileHost(read.value, { seed: 4, sampleSeconds: 1 });
  os.advanceHost(world, 100e6);
  return proposeHosts([], [{ host: 'box', samples: world.samples, programs: [] }], [read.value], READY).flatMap(({ commands }) => commands);
}

test('who takes the disk gets half of what it moves, then a quarter', () => {
  const commands = proposedFor([{ name: 'api', memoryLimitMib: 40 }, { name: 'batch' }], [
    { name: 'api', group: 'api', load: { kind: 'requests', rps: 60, lanes: 8, cpu: { meanMs: 0.5 }, disk: { fileReads: 2 } }, memoryMib: 20, fileCacheMib: 400 },
    { name: 'backup', group: 'batch', load: { kind: 'backup', schedule: '* * * * *', mib: 20_000, windowHours: 1, cpuMsPerMib: 0.2 }, memoryMib: 10 },
  ]);
  const limits = commands.flatMap((command) => (command.kind === 'set-io-limit' ? [command] : []));
  expect(limits).toMatchObject([{ host: 'box', group: 'batch', direction: 'read', iops: null }, { host: 'box', group: 'batch' }]);
  expect(limits[0]!.mibPerSecond).toBeGreaterThan(60);
  expect(limits[1]!.mibPerSecond! / limits[0]!.mibPerSecond!).toBeCloseTo(0.5, 1);
});

test('a group above its high mark gets a higher one, within its limit', () => {
  const commands = proposedFor([{ name: 'g', memoryHighMib: 100, memoryLimitMib: 180 }], [{ name: 'app', group: 'g', load: { kind: 'requests', rps: 20, lanes: 1, cpu: { meanMs: 2 } }, memoryMib: 60, leakMibPerSecond: 5 }]);
  expect(commands).toContainEqual({ kind: 'set-memory-high', host: 'box', group: 'g', memoryHighMib: 150 });
  expect(commands.some((command) => command.kind === 'set-memory-high' && (command.memoryHighMib ?? 0) > 180)).toBe(false);
});
