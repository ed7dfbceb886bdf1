/** memory.high and swap as a running program meets them. */
import { describe, expect, test } from 'vitest';
import { advanceHost, applyHostCommand, compileHost, forkHost, hostHash, parseHost, setHostFault, type HostGroupSpec, type HostSpec, type HostWorld, type ProgramSpec } from '../..';

const SECOND = 1e6;
const MIB = 1_048_576;
const leaky: ProgramSpec = { name: 'app', group: 'g', load: { kind: 'requests', rps: 50, lanes: 1, cpu: { meanMs: 4 } }, memoryMib: 60, leakMibPerSecond: 5 };

function lived(group: Omit<HostGroupSpec, 'name'>, seconds: number, more: Partial<HostSpec> = {}, program: ProgramSpec = leaky): HostWorld {
  const read = parseHost(JSON.parse(JSON.stringify({ name: 'h', cpus: 1, memoryMib: 1_024, groups: [{ name: 'g', ...group }], programs: [program], ...more })));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const world = compileHost(read.value, { seed: 5, sampleSeconds: 1 });
  advanceHost(world, seconds * SECOND);
  return world;
}
const heldMib = (world: HostWorld) => world.samples.at(-1)!.groups[0]!.memoryBytes! / MIB;
const kills = (world: HostWorld) => world.events.filter(({ kind }) => kind === 'oom-kill').length;

describe('memory.high', () => {
  test('slows a leak down where memory.max would have killed it, and shows as pressure and latency', () => {
    const free = lived({ memoryLimitMib: 160 }, 60);
    const slowed = lived({ memoryLimitMib: 160, memoryHighMib: 100 }, 60);
    expect(kills(free)).toBeGreaterThan(0);
    expect(kills(slowed)).toBe(0);
    expect(heldMib(slowed)).toBeGreaterThan(100);
    expect(heldMib(slowed)).toBeLessThan(140);
    const { pressure, programs } = slowed.samples.at(-1)!;
    expect(pressure!.memorySome!).toBeGreaterThan(50);
    expect(pressure!.memoryFull!).toBeGreaterThan(50);
    expect(programs[0]!.servedRps!).toBeLessThan(45);
  });

  test('takes page cache first, and makes nobody sleep as long as that is enough', () => {
    const world = lived({ memoryHighMib: 200 }, 15, {}, { ...leaky, fileCacheMib: 100 });
    const { groups, pressure } = world.samples.at(-1)!;
    expect(groups[0]!.reclaimedBytes! / MIB).toBeGreaterThan(3);
    expect(groups[0]!.memoryBytes! / MIB).toBeLessThan(203);
    expect(pressure!.memorySome!).toBeLessThan(5);
  });

  test('holds a start up that needs more than it', () => {
    const ready = (memoryHighMib: number) => lived({ memoryHighMib }, 60, {}, { ...leaky, leakMibPerSecond: 0 }).events.find(({ kind }) => kind === 'ready')?.atUs ?? Infinity;
    expect(ready(80)).toBeLessThan(SECOND);
    expect(ready(45)).toBeGreaterThan(10 * SECOND);
  });

  test('a program that is restarted while it sleeps begins anew', () => {
    const world = lived({ memoryHighMib: 80 }, 60);
    expect(applyHostCommand(world, { kind: 'restart-program', program: 'app' }).ok).toBe(true);
    advanceHost(world, 61 * SECOND);
    expect(world.programs[0]).toMatchObject({ phase: 'ready', freezes: 0 });
    expect(heldMib(world)).toBeLessThan(70);
  });

  test('a fork made while it sleeps lives the same future', () => {
    const world = lived({ memoryHighMib: 80 }, 40);
    const fork = forkHost(world);
    for (const each of [world, fork]) advanceHost(each, 60 * SECOND);
    expect(hostHash(fork)).toBe(hostHash(world));
  });
});

describe('swap', () => {
  test('takes what was leaked, so that the kill comes later by as much as swap holds', () => {
    const first = (swapMib: number) => lived({ memoryLimitMib: 100 }, 60, { swapMib }).events.find(({ kind }) => kind === 'oom-kill')!.atUs / SECOND;
    expect(first(0)).toBeCloseTo(8, 0); // (100 − 60) / 5
    expect(first(50)).toBeCloseTo(18, 0); // 50 MiB more
  });

  test('is free again after the exit, and a program that is killed comes back whole', () => {
    const world = lived({ memoryLimitMib: 100 }, 120, { swapMib: 50 }, { ...leaky, restart: { delaySeconds: 1, longestSeconds: 1 } });
    expect(kills(world)).toBeGreaterThan(2);
    applyHostCommand(world, { kind: 'stop-program', program: 'app' });
    expect(world.memory.tree.swapFreePages).toBe((50 * MIB) / 4_096);
    expect(world.memory.tree.groups[1]).toMatchObject({ anonPages: 0, swapPages: 0 });
  });

  test('memory.swap.max holds for a group, whatever the host has', () => {
    const first = lived({ memoryLimitMib: 100, swapLimitMib: 10 }, 60, { swapMib: 500 }).events.find(({ kind }) => kind === 'oom-kill')!.atUs / SECOND;
    expect(first).toBeCloseTo(10, 0);
  });

  test('of the working set makes a program wait for the disk again and again, longer on a slow one', () => {
    const still: ProgramSpec = { ...leaky, memoryMib: 120, leakMibPerSecond: 0 };
    const after = (memoryLimitMib: number, factor: number) => {
      const world = lived({ memoryLimitMib }, 5, { swapMib: 200 }, still);
      setHostFault(world, { kind: 'host-slow-disk', factor }, true);
      advanceHost(world, 40 * SECOND);
      return world.samples.at(-1)!;
    };
    const [roomy, tight, slow] = [after(150, 1), after(40, 1), after(40, 20)];
    expect(roomy.pressure!.memorySome!).toBe(0);
    expect(tight.pressure!.memorySome!).toBeGreaterThan(0.5);
    expect(slow.pressure!.memorySome!).toBeGreaterThan(10 * tight.pressure!.memorySome!);
    expect(slow.groups[0]!.swapBytes! / MIB).toBeGreaterThan(75);
    expect(tight.programs[0]!.spent!.waitingMs).toBeGreaterThan(roomy.programs[0]!.spent!.waitingMs);
  });
});
