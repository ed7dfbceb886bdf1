import { expect, test } from 'vitest';
import { advanceHost, applyHostCommand, compileHost, forkHost, hostHash, parseHost, type HostSpec, type HostWorld, type ProgramSpec } from '..';

const SECOND = 1e6;
const gateway = (rps: number): ProgramSpec => ({ name: 'gateway', group: 'a', load: { kind: 'requests', rps, lanes: 1, cpu: { meanMs: 20 } }, memoryMib: 20, logMibPerSecond: 0.001 });
const collector: ProgramSpec = { name: 'collector', group: 'a', load: { kind: 'timer', everySeconds: 30, cpuMs: 100 }, memoryMib: 5 };
const SUSPEND = { watts: 0.25, afterSeconds: 2, resumeMs: 800, resumeWatts: 4 };

function lived(programs: readonly ProgramSpec[], seconds: number, suspend: typeof SUSPEND | null = SUSPEND): HostWorld {
  const spec: HostSpec = { name: 'box', cpus: 2, memoryMib: 256, disk: { sizeMib: 500, usedMib: 10 }, groups: [{ name: 'a' }], programs, power: { idleWatts: 2.5, maxWatts: 6, ...(suspend === null ? {} : { suspend }) } };
  const read = parseHost(JSON.parse(JSON.stringify(spec)));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const world = compileHost(read.value, { seed: 2, sampleSeconds: 1 });
  advanceHost(world, seconds * SECOND);
  return world;
}
const joules = ({ samples }: HostWorld) => samples.reduce((sum, { watts }) => sum + watts!, 0);

test('a host with nothing to do suspends after its time, and a timer wakes it', () => {
  const world = lived([collector], 100);
  expect(world.events.filter(({ kind }) => kind === 'suspended').map(({ atUs }) => Math.round(atUs / SECOND))).toEqual([2, 33, 64, 95]);
  expect(world.samples.at(-1)!.resumes).toBe(3);
  expect(world.samples[9]).toMatchObject({ state: 'suspended', suspendedShare: 1, watts: 0.25, cpuCores: 0 });
});

test('the energy is that of its states: awake, suspended, resuming', () => {
  const world = lived([collector], 100);
  const asleep = world.samples.reduce((sum, { suspendedShare }) => sum + suspendedShare!, 0);
  const resuming = 3 * 0.8;
  const working = 3 * 0.1 * (6 - 2.5) * 0.5; // one of two CPUs
  expect(joules(world)).toBeCloseTo(asleep * 0.25 + resuming * 4 + (100 - asleep - resuming) * 2.5 + working, 0);
  expect(joules(world)).toBeLessThan(0.4 * joules(lived([collector], 100, null)));
});

test('the request that wakes it waits for the resume, and so do those that come meanwhile', () => {
  const world = lived([gateway(0.1)], 400);
  const answered = world.samples.flatMap(({ programs }) => (programs[0]!.spent === null ? [] : [programs[0]!]));
  expect(answered.length).toBeGreaterThan(20);
  const woke = answered.filter(({ spent }) => spent!.wakingMs > 0);
  expect(woke.length).toBeGreaterThan(0.5 * answered.length);
  for (const { spent, latencyMeanMs } of answered) expect(Object.values(spent!).reduce((sum, part) => sum + part, 0)).toBeCloseTo(latencyMeanMs!, 3);
  expect(Math.max(...woke.map(({ spent }) => spent!.wakingMs))).toBeCloseTo(800, 0);
  expect(world.samples.reduce((sum, { programs }) => sum + programs[0]!.failedRps!, 0)).toBe(0);
});

test('a host that works often never suspends', () => {
  expect(lived([gateway(5)], 60).events.filter(({ kind }) => kind === 'suspended')).toEqual([]);
});

test('a log stands still while the host is suspended', () => {
  const busy = lived([{ ...gateway(5), logMibPerSecond: 1 }], 100);
  const idle = lived([{ ...gateway(0.02), logMibPerSecond: 1 }], 100);
  const log = (world: HostWorld) => world.samples.at(-1)!.programs[0]!.logBytes!;
  expect(log(idle)).toBeLessThan(0.5 * log(busy));
});

test('how long it waits can be changed and taken back; a host whose power model knows no suspend refuses', () => {
  const world = lived([collector], 1);
  expect(applyHostCommand(world, { kind: 'set-suspend', afterSeconds: null })).toEqual({ ok: true, value: { kind: 'set-suspend', afterSeconds: 2 } });
  advanceHost(world, 60 * SECOND);
  expect(world.events.filter(({ kind }) => kind === 'suspended')).toEqual([]);
  expect(applyHostCommand(lived([collector], 1, null), { kind: 'set-suspend', afterSeconds: 1 })).toMatchObject({ ok: false, error: { code: 'no-suspend' } });
});

test('a command over the network wakes it', () => {
  const world = lived([collector], 10);
  expect(world.samples.at(-1)!.state).toBe('suspended');
  applyHostCommand(world, { kind: 'renice-program', program: 'collector', nice: 5 });
  advanceHost(world, 11 * SECOND);
  expect(world.samples.at(-1)!).toMatchObject({ state: 'up', resumes: 1 });
});

test('in slices or whole, and in a fork, the sleep is the same', () => {
  const whole = lived([gateway(0.1), collector], 200);
  const sliced = lived([gateway(0.1), collector], 0.05);
  for (let at = 0.1; at <= 200; at += 0.1) advanceHost(sliced, at * SECOND);
  advanceHost(sliced, 200 * SECOND);
  expect(hostHash(sliced)).toBe(hostHash(whole));
  const fork = forkHost(whole);
  for (const each of [whole, fork]) advanceHost(each, 300 * SECOND);
  expect(hostHash(fork)).toBe(hostHash(whole));
});
