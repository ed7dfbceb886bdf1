/** What a belief takes over of a host's limits. */
import { expect, test } from 'vitest';
import { os } from '@/engine/twin';
import { believeHosts } from './believe-hosts';

const SECOND = 1e6;
const read = os.parseHost({
  name: 'box', cpus: 1, memoryMib: 512,
  disk: { sizeMib: 1_000, usedMib: 100, device: { readLatencyMs: 1, writeLatencyMs: 1, readMibPerSecond: 100, writeMibPerSecond: 100, flushMs: 1 } },
  groups: [{ name: 'a', memoryHighMib: 200, io: { read: { iops: 50 } } }],
  programs: [{ name: 'p', group: 'a', load: { kind: 'busy', threads: 1 }, memoryMib: 20 }],
});

test('limits that were changed since are believed, not those that are specified', () => {
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const world = os.compileHost(read.value, { seed: 1, sampleSeconds: 1 });
  os.advanceHost(world, 5 * SECOND);
  for (const command of [{ kind: 'set-memory-high', group: 'a', memoryHighMib: null }, { kind: 'set-io-limit', group: 'a', direction: 'read', mibPerSecond: 5, iops: null }] as const) expect(os.applyHostCommand(world, command).ok).toBe(true);
  os.advanceHost(world, 20 * SECOND);
  const [believed] = believeHosts([{ host: 'box', samples: world.samples, programs: [] }], [read.value], 1, 5);
  expect(believed!.memory.tree.groups[1]!.highPages).toBe(Infinity);
  expect(believed!.io!.throttles[0]!.read.limit).toEqual({ bytesPerSecond: 5 * 1_048_576, iops: Infinity });
});
