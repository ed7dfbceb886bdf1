import { describe, expect, test } from 'vitest';
import { advanceHost } from '../advance-host';
import { applyHostCommand } from './apply/apply-host-command';
import { compileHost } from '../spec/compile-host';
import type { HostCommand } from './host-command';
import type { HostSpec } from '../spec/host-spec';
import { anonPages, type HostWorld } from '../host-world';

const SECOND = 1_000_000;
const MIB_PAGES = 256;
const SPEC: HostSpec = {
  name: 'edge-1',
  cpus: 2,
  memoryMib: 1_024,
  disk: { sizeMib: 1_000, usedMib: 10, device: { readLatencyMs: 0.2, writeLatencyMs: 0.2, readMibPerSecond: 200, writeMibPerSecond: 200, flushMs: 1 } },
  groups: [{ name: 'a', cpus: [0] }, { name: 'b', cpus: [0], memoryLimitMib: 200 }],
  programs: [
    { name: 'one', group: 'a', load: { kind: 'busy', threads: 1 }, memoryMib: 50, restart: { delaySeconds: 1, longestSeconds: 4 } },
    { name: 'two', group: 'b', load: { kind: 'busy', threads: 1 }, memoryMib: 100, restart: { delaySeconds: 1, longestSeconds: 4 } },
  ],
};

function started(): HostWorld {
  const world = compileHost(SPEC, { seed: 3 });
  advanceHost(world, 2 * SECOND);
  return world;
}

function done(world: HostWorld, command: HostCommand) {
  const result = applyHostCommand(world, command);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Cores of a group over the next seconds. */
function coresOver(world: HostWorld, group: number, seconds: number): number {
  const before = world.samples.length;
  advanceHost(world, world.cpu.nowUs + seconds * SECOND);
  const samples = world.samples.slice(before);
  return samples.reduce((sum, sample) => sum + sample.groups[group]!.cpuCores!, 0) / samples.length;
}

describe('a command changes the host, and its undo brings back what was', () => {
  const cases: readonly (readonly [string, HostCommand, (world: HostWorld) => number, number, number])[] = [
    ['weight', { kind: 'set-cpu-weight', group: 'a', cpuWeight: 300 }, (world) => coresOver(world, 0, 10), 0.75, 0.5],
    ['quota', { kind: 'set-quota', group: 'a', quotaMs: 10, periodMs: 100 }, (world) => coresOver(world, 0, 10), 0.1, 0.5],
    ['CPUs', { kind: 'pin-group', group: 'b', cpus: [1] }, (world) => coresOver(world, 0, 10), 1, 0.5],
    ['nice', { kind: 'renice-program', program: 'one', nice: 19 }, (world) => world.programs[0]!.nice, 19, 0],
    ['group', { kind: 'move-program', program: 'two', group: 'a' }, (world) => coresOver(world, 1, 4), 0, 0.5],
    ['memory high', { kind: 'set-memory-high', group: 'b', memoryHighMib: 150 }, (world) => Math.min(999, world.memory.tree.groups[2]!.highPages / MIB_PAGES), 150, 999],
    ['I/O limit', { kind: 'set-io-limit', group: 'b', direction: 'read', mibPerSecond: 5, iops: null }, (world) => Math.min(999, world.io!.throttles[1]!.read.limit.bytesPerSecond / 1_048_576), 5, 999],
    ['memory limit', { kind: 'set-memory-limit', group: 'b', memoryLimitMib: 150 }, (world) => world.memory.tree.groups[2]!.limitPages / MIB_PAGES, 150, 200],
  ];
  test.each(cases)('%s', (_, command, look, changed, before) => {
    const world = started();
    const undo = done(world, command);
    expect(look(world)).toBeCloseTo(changed, 1);
    expect(undo).not.toBeNull();
    done(world, undo!);
    expect(look(world)).toBeCloseTo(before, 1);
  });
});

test('a limit below what is held kills, and the program comes back into the smaller room', () => {
  const world = started();
  done(world, { kind: 'set-memory-limit', group: 'b', memoryLimitMib: 60 });
  expect(world.events.at(-1)).toMatchObject({ kind: 'changed' });
  expect(world.events.some(({ kind, subject }) => kind === 'oom-kill' && subject === 'two')).toBe(true);
  advanceHost(world, 30 * SECOND);
  expect(world.memory.tree.groups[2]!.chargedPages).toBeLessThanOrEqual(60 * MIB_PAGES);
});

test('a program that moved leaves its pages in the old group until it ends', () => {
  const world = started();
  done(world, { kind: 'move-program', program: 'two', group: 'a' });
  expect(world.memory.tree.groups[2]!.anonPages).toBe(100 * MIB_PAGES);
  done(world, { kind: 'restart-program', program: 'two' });
  advanceHost(world, 6 * SECOND);
  expect([world.memory.tree.groups[2]!.anonPages, world.memory.tree.groups[1]!.anonPages]).toEqual([0, 150 * MIB_PAGES]);
});

test('a stopped program stays down and gives back its memory; a restart starts it again', () => {
  const world = started();
  expect(done(world, { kind: 'stop-program', program: 'one' })).toEqual({ kind: 'restart-program', program: 'one' });
  advanceHost(world, 10 * SECOND);
  expect([world.programs[0]!.phase, anonPages(world.programs[0]!)]).toEqual(['down', 0]);
  done(world, { kind: 'restart-program', program: 'one' });
  advanceHost(world, 12 * SECOND);
  expect(world.programs[0]!.phase).toBe('ready');
});

test('after a reboot everything is back within five seconds', () => {
  const world = started();
  done(world, { kind: 'reboot-host' });
  expect(world.programs.map(({ phase }) => phase)).toEqual(['waiting', 'waiting']);
  advanceHost(world, world.cpu.nowUs + 5 * SECOND);
  expect(world.programs.map(({ phase }) => phase)).toEqual(['ready', 'ready']);
});

test('what cannot be done is refused with its numbers and changes nothing', () => {
  const world = started();
  const refused = (command: HostCommand) => {
    const result = applyHostCommand(world, command);
    return result.ok ? null : result.error;
  };
  expect(refused({ kind: 'set-quota', group: 'x', quotaMs: 10, periodMs: 100 })).toEqual({ code: 'not-found', what: 'group', name: 'x' });
  expect(refused({ kind: 'restart-program', program: 'x' })).toEqual({ code: 'not-found', what: 'program', name: 'x' });
  expect(refused({ kind: 'move-program', program: 'one', group: 'x' })).toEqual({ code: 'not-found', what: 'group', name: 'x' });
  expect(refused({ kind: 'set-cpu-weight', group: 'a', cpuWeight: 0 })).toMatchObject({ code: 'out-of-range', min: 1, max: 10_000 });
  expect(refused({ kind: 'set-cpu-weight', group: 'a', cpuWeight: NaN })).toMatchObject({ code: 'out-of-range' });
  expect(refused({ kind: 'set-quota', group: 'a', quotaMs: 0, periodMs: 100 })).toMatchObject({ what: 'quotaMs' });
  expect(refused({ kind: 'pin-group', group: 'a', cpus: [] })).toMatchObject({ what: 'cpus' });
  expect(refused({ kind: 'pin-group', group: 'a', cpus: [2] })).toMatchObject({ what: 'cpus', value: 2, max: 1 });
  expect(refused({ kind: 'renice-program', program: 'one', nice: 1.5 })).toMatchObject({ what: 'nice' });
  expect(world.events.filter(({ kind }) => kind === 'refused')).toHaveLength(9);
});
