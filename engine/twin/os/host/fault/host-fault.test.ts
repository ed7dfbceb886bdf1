import { describe, expect, test } from 'vitest';
import { advanceHost, applyHostCommand, compileHost, findOnHost, forkHost, hostHash, setHostFault, type HostSpec, type HostWorld, type ProgramSpec } from '..';
import type { HostFault } from './host-fault';

const SECOND = 1e6;
const api: ProgramSpec = { name: 'api', group: 'api', load: { kind: 'requests', rps: 50, lanes: 2, cpu: { meanMs: 5, cv: 0.5 }, wait: { meanMs: 4 }, waitsFor: 'disk' }, startUp: { cpuMs: 100, waitMs: 200 }, memoryMib: 60, logMibPerSecond: 0.5, restart: { delaySeconds: 1, longestSeconds: 8 } };
const spec: HostSpec = { name: 'box', cpus: 1, memoryMib: 1_024, disk: { sizeMib: 1_000, usedMib: 100 }, groups: [{ name: 'api', memoryLimitMib: 200 }, { name: 'batch' }], programs: [api, { name: 'job', group: 'batch', load: { kind: 'cron', schedule: '* * * * *', cpuMs: 200 }, memoryMib: 10 }], power: { idleWatts: 5, maxWatts: 15 } };

/** Lives to 20 s, with the fault from 10 s on. */
function struck(fault: HostFault, untilSeconds = 20): HostWorld {
  const world = compileHost(spec, { seed: 3, sampleSeconds: 1 });
  advanceHost(world, 10 * SECOND);
  setHostFault(world, fault, true);
  advanceHost(world, untilSeconds * SECOND);
  return world;
}
function mended(fault: HostFault, world: HostWorld, untilSeconds: number): HostWorld {
  setHostFault(world, fault, false);
  advanceHost(world, untilSeconds * SECOND);
  return world;
}
const apiIn = (world: HostWorld, second: number) => world.samples.find(({ atUs }) => atUs === second * SECOND)!.programs[0]!;

describe('power', () => {
  test('a host without power answers nobody, draws nothing and takes no command; when power is back it boots', () => {
    const world = struck({ kind: 'host-power-loss' });
    expect(world.samples.at(-1)).toMatchObject({ state: 'off', watts: 0, cpuCores: 0 });
    expect(apiIn(world, 15)).toMatchObject({ phase: 'down', servedRps: 0, lastExit: null });
    expect(apiIn(world, 15).failedRps).toBeGreaterThan(20);
    expect(findOnHost(world).map(({ kind }) => kind)).toEqual(['host-down']);
    expect(applyHostCommand(world, { kind: 'restart-program', program: 'api' })).toMatchObject({ ok: false, error: { code: 'no-power' } });
    mended({ kind: 'host-power-loss' }, world, 40);
    expect(world.samples.find(({ atUs }) => atUs === 22 * SECOND)!.state).toBe('booting');
    expect(apiIn(world, 40)).toMatchObject({ phase: 'ready' });
    expect(world.reboots).toBe(1);
  });

  test('two cuts at once are over when the second one is', () => {
    const world = struck({ kind: 'host-power-loss' });
    setHostFault(world, { kind: 'host-power-loss' }, true);
    mended({ kind: 'host-power-loss' }, world, 30);
    expect(world.samples.at(-1)!.state).toBe('off');
    expect(mended({ kind: 'host-power-loss' }, world, 50).samples.at(-1)!.state).toBe('up');
  });

  test('a crash loses the memory and boots at once', () => {
    const world = struck({ kind: 'host-crash' });
    expect(world.reboots).toBe(1);
    expect(world.samples[10]!.groups[0]!.memoryBytes).toBe(0);
    expect(apiIn(world, 20).phase).toBe('ready');
  });
});

test('a cut network fails every request, and the program itself is well', () => {
  const world = struck({ kind: 'host-network-cut' });
  expect(apiIn(world, 15)).toMatchObject({ phase: 'ready', servedRps: 0 });
  expect(apiIn(world, 15).failedRps).toBeGreaterThan(20);
  mended({ kind: 'host-network-cut' }, world, 30);
  expect(apiIn(world, 25).failedRps).toBe(0);
});

test('a request that waits for others over a cut network is answered when it is back', () => {
  const far: HostSpec = { ...spec, programs: [{ ...api, load: { kind: 'requests', rps: 20, lanes: 4, cpu: { meanMs: 2 }, wait: { meanMs: 400 }, waitsFor: 'network' } }] };
  const world = compileHost(far, { seed: 3, sampleSeconds: 1 });
  advanceHost(world, 10 * SECOND);
  setHostFault(world, { kind: 'host-network-cut' }, true);
  advanceHost(world, 15 * SECOND);
  expect(world.waiting.size).toBeGreaterThan(3);
  setHostFault(world, { kind: 'host-network-cut' }, false);
  advanceHost(world, 16.5 * SECOND);
  expect(world.samples.at(-1)!.programs[0]!.latencyP99Ms).toBeGreaterThan(5_000);
});

test('a slow disk shows as waiting and as I/O pressure', () => {
  const world = struck({ kind: 'host-slow-disk', factor: 20 });
  expect(apiIn(world, 18).spent!.waitingMs).toBeGreaterThan(40);
  expect(world.samples.at(-1)!.pressure!.ioSome!).toBeGreaterThan(world.samples[8]!.pressure!.ioSome! + 20);
  expect(apiIn(mended({ kind: 'host-slow-disk', factor: 20 }, world, 30), 28).spent!.waitingMs).toBeCloseTo(4, 3);
});

test('a program that cannot write its log ends, again and again until the file system is writable', () => {
  const world = struck({ kind: 'host-disk-read-only' }, 40);
  expect(world.events.filter(({ kind }) => kind === 'read-only').length).toBeGreaterThan(2);
  expect(applyHostCommand(world, { kind: 'clean-up-logs' })).toMatchObject({ ok: false, error: { code: 'read-only' } });
  expect(apiIn(mended({ kind: 'host-disk-read-only' }, world, 80), 80).phase).toBe('ready');
});

test('threads of nobody take the CPU, are found as what runs outside of every group, and in a group under its name', () => {
  const outside = struck({ kind: 'host-cpu-thief', threads: 3 }, 45);
  expect(outside.samples.at(-1)!.outside).toEqual([{ group: null, tasks: 3 }]);
  expect(apiIn(outside, 30).spent!.runQueueMs).toBeGreaterThan(2 * apiIn(outside, 8).spent!.runQueueMs);
  const inside = struck({ kind: 'host-cpu-thief', threads: 3, group: 'batch' }, 45);
  expect(inside.samples.at(-1)!.groups[1]!.cpuCores).toBeGreaterThan(0.5);
  const freed = mended({ kind: 'host-cpu-thief', threads: 3, group: 'batch' }, inside, 60);
  expect(freed.samples.at(-1)!.groups[1]!.cpuCores).toBeLessThan(0.3);
  expect(freed.samples.at(-1)!.outside).toEqual([]);
});

test('a clock that is ahead makes timers come early and is found; elapsed time goes on as before', () => {
  const world = struck({ kind: 'host-clock-skew', skewSeconds: 45 }, 25);
  expect(world.samples.filter(({ programs }) => programs[1]!.cpuCores! > 0.05).map(({ atUs }) => Math.round(atUs / SECOND))).toEqual([16]); // 15 s and 45 s are a minute
  expect(findOnHost(world)).toContainEqual(expect.objectContaining({ kind: 'clock-skew', value: 45 }));
  expect(apiIn(world, 20).failedRps).toBe(0);
});

describe('a program', () => {
  test('that leaks from now on is killed by its limit; the leak comes back with it', () => {
    const world = struck({ kind: 'program-leak', program: 'api', mibPerSecond: 20 }, 40);
    expect(world.events.filter(({ kind }) => kind === 'oom-kill').length).toBeGreaterThan(1);
    const after = mended({ kind: 'program-leak', program: 'api', mibPerSecond: 20 }, world, 60);
    expect(after.programs[0]!.leakMibPerSecond).toBe(0);
    expect(after.events.filter(({ kind, atUs }) => kind === 'oom-kill' && atUs > 45 * SECOND)).toEqual([]);
  });

  test('that is killed comes back by its supervisor', () => {
    const world = struck({ kind: 'program-kill', program: 'api' });
    expect(world.programs[0]!).toMatchObject({ exits: 1, phase: 'ready' });
    const before = hostHash(world);
    setHostFault(world, { kind: 'program-kill', program: 'api' }, false); // nothing to take back
    expect(hostHash(world)).toBe(before);
  });

  test('that is frozen keeps its memory and its requests, and answers them when it thaws', () => {
    const world = struck({ kind: 'program-freeze', program: 'api' }, 13);
    const frozen = apiIn(world, 13);
    expect(frozen).toMatchObject({ phase: 'ready', servedRps: 0, cpuCores: 0 });
    expect(frozen.memoryBytes).toBe(apiIn(world, 9).memoryBytes);
    expect(frozen.queued).toBeGreaterThan(80);
    const thawed = mended({ kind: 'program-freeze', program: 'api' }, world, 30);
    expect(thawed.samples.reduce((sum, { programs }) => sum + programs[0]!.failedRps!, 0)).toBe(0);
    expect(apiIn(thawed, 30).queued).toBeLessThan(5);
  });

  test('the parts of the latency of requests that were frozen in work add up to it', () => {
    const world = struck({ kind: 'program-freeze', program: 'api' }, 13);
    mended({ kind: 'program-freeze', program: 'api' }, world, 40);
    for (const { programs } of world.samples) {
      const { spent, latencyMeanMs } = programs[0]!;
      if (spent !== null) expect(Object.values(spent).reduce((sum, part) => sum + part, 0)).toBeCloseTo(latencyMeanMs!, 0);
    }
  });

  test('that gets more load gets it until the fault ends', () => {
    const world = struck({ kind: 'program-load-factor', program: 'api', factor: 3 }, 40);
    expect(apiIn(world, 30).arrivedRps).toBeGreaterThan(100);
    expect(apiIn(mended({ kind: 'program-load-factor', program: 'api', factor: 3 }, world, 60), 58).arrivedRps).toBeLessThan(90);
  });
});

test('after a fault has come and gone, a fork lives the same future', () => {
  for (const fault of [{ kind: 'host-power-loss' }, { kind: 'program-freeze', program: 'api' }, { kind: 'host-cpu-thief', threads: 2 }] as const) {
    const world = struck(fault, 15);
    const fork = forkHost(world);
    for (const each of [world, fork]) mended(fault, each, 30);
    expect(hostHash(fork)).toBe(hostHash(world));
  }
});
