import { describe, expect, test } from 'vitest';
import { advanceHost } from './advance-host';
import { applyHostCommand } from './command/apply/apply-host-command';
import { compileHost } from './spec/compile-host';
import { findOnHost } from './sample/find-on-host';
import type { HostSpec } from './spec/host-spec';
import type { HostWorld } from './host-world';

const SECOND = 1_000_000;
const MIB = 1_048_576;
const SPEC: HostSpec = {
  name: 'edge-4',
  cpus: 1,
  memoryMib: 512,
  disk: { sizeMib: 1_000, usedMib: 400 },
  groups: [{ name: 'api', memoryLimitMib: 200 }],
  programs: [{ name: 'api', group: 'api', load: { kind: 'requests', rps: 20, lanes: 1, cpu: { meanMs: 5 } }, memoryMib: 40, logMibPerSecond: 10, restart: { delaySeconds: 2, longestSeconds: 2 } }],
};
const usedMib = (world: HostWorld) => world.samples.at(-1)!.disk!.usedBytes / MIB;

function lived(seconds: number, spec: HostSpec = SPEC): HostWorld {
  const world = compileHost(spec, { seed: 1 });
  advanceHost(world, seconds * SECOND);
  return world;
}

test('a log fills the disk up to what root keeps for itself, and then its writer falls over and over', () => {
  const world = lived(90);
  expect(usedMib(world)).toBeLessThanOrEqual(950);
  expect(usedMib(world)).toBeGreaterThan(945);
  expect(world.events.filter(({ kind }) => kind === 'disk-full').length).toBeGreaterThan(2);
  expect(findOnHost(world).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['disk-full', 'restart-loop']));
});

test('the finding says when the disk will be full, and the disk is full then', () => {
  const world = lived(30);
  const found = findOnHost(world).find(({ kind }) => kind === 'disk-full')!;
  expect(found.detail).toMatch(/full in 2\d s/);
  const full = lived(90).events.find(({ kind }) => kind === 'disk-full')!;
  expect(full.atUs / SECOND).toBeCloseTo(55, 0); // (950 − 400) / 10
});

describe('clean-up', () => {
  test('deleting logs that are open frees nothing, and is flagged the second time', () => {
    const world = lived(20);
    const before = usedMib(world);
    for (const at of [21, 22]) {
      applyHostCommand(world, { kind: 'clean-up-logs' });
      advanceHost(world, at * SECOND);
    }
    expect(usedMib(world)).toBeGreaterThan(before);
    expect(world.events.filter(({ kind }) => kind === 'cleaned')[0]!.detail).toMatch(/0 MiB free: nothing: the files are open/);
    expect(findOnHost(world).map(({ kind }) => kind)).toContain('ineffective-clean-up');
  });

  test('a restart lets go of what was deleted', () => {
    const world = lived(20);
    applyHostCommand(world, { kind: 'clean-up-logs' });
    applyHostCommand(world, { kind: 'restart-program', program: 'api' });
    advanceHost(world, 21 * SECOND);
    expect(usedMib(world)).toBeLessThan(420);
  });

  test('rotating helps when the writer is told, and not when it is not', () => {
    const freed = (tellsWriter: boolean) => {
      const world = lived(20);
      const before = usedMib(world);
      applyHostCommand(world, { kind: 'rotate-log', program: 'api', tellsWriter });
      advanceHost(world, 21 * SECOND);
      return before - usedMib(world);
    };
    expect(freed(true)).toBeGreaterThan(150);
    expect(freed(false)).toBeLessThan(0);
  });

  test('a host without a file system refuses', () => {
    const world = lived(1, { ...SPEC, disk: undefined });
    expect(applyHostCommand(world, { kind: 'clean-up-logs' })).toEqual({ ok: false, error: { code: 'no-disk' } });
  });
});

test('clients are refused while nobody listens', () => {
  const world = lived(90);
  expect(world.samples.some(({ programs }) => programs[0]!.phase === 'waiting' && programs[0]!.failedRps! > 0)).toBe(true);
});

test('a quota that bites and a neighbour that takes are found', () => {
  const busy = { name: 'batch', group: 'noise', load: { kind: 'busy' as const, threads: 3 }, memoryMib: 10 };
  const throttled = lived(40, { ...SPEC, disk: undefined, groups: [{ name: 'api', quotaMs: 8 }], programs: [{ ...SPEC.programs[0]!, logMibPerSecond: 0 }] });
  expect(findOnHost(throttled).map(({ kind, subject }) => `${kind} ${subject}`)).toContain('throttled api');
  const crowded = lived(40, { ...SPEC, disk: undefined, groups: [{ name: 'api', cpuWeight: 50 }, { name: 'noise', cpuWeight: 400 }], programs: [{ ...SPEC.programs[0]!, logMibPerSecond: 0, load: { kind: 'requests', rps: 60, lanes: 4, cpu: { meanMs: 10 } } }, busy] });
  expect(findOnHost(crowded).map(({ kind, subject }) => `${kind} ${subject}`)).toContain('noisy-neighbour api');
});
