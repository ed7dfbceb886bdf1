import { describe, expect, test } from 'vitest';
import { advanceHost } from './advance-host';
import { compileHost } from './spec/compile-host';
import type { HostGroupSpec, HostSpec, ProgramSpec } from './spec/host-spec';
import { forkHost, hostHash, reseedHost, type HostWorld } from './host-world';
import { parseHost } from './spec/read/read-host';

const SECOND = 1_000_000;
const api: ProgramSpec = { name: 'api', group: 'api', load: { kind: 'requests', rps: 40, lanes: 1, cpu: { meanMs: 10, law: 'exponential' } }, memoryMib: 60 };

function host(groups: readonly HostGroupSpec[], programs: readonly ProgramSpec[], more: Partial<HostSpec> = {}): HostSpec {
  const spec = { name: 'edge-1', cpus: 1, memoryMib: 1_024, groups, programs, ...more };
  const read = parseHost(JSON.parse(JSON.stringify(spec)));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function lived(spec: HostSpec, seconds: number, seed = 1): HostWorld {
  const world = compileHost(spec, { seed });
  advanceHost(world, seconds * SECOND);
  return world;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean over the samples of a stretch, weighted by requests where they are per request. */
function spentOn(world: HostWorld, program: string, fromSeconds = 2) {
  const samples = world.samples.filter(({ atUs }) => atUs > fromSeconds * SECOND).flatMap(({ programs }) => programs.filter((each) => each.program === program && each.spent !== null));
  const served = samples.reduce((sum, sample) => sum + sample.servedRps!, 0);
  const of = (part: 'queuedMs' | 'runQueueMs' | 'throttledMs' | 'onCpuMs' | 'waitingMs') => samples.reduce((sum, sample) => sum + sample.spent![part] * sample.servedRps!, 0) / served;
  return { queuedMs: of('queuedMs'), runQueueMs: of('runQueueMs'), throttledMs: of('throttledMs'), onCpuMs: of('onCpuMs'), waitingMs: of('waitingMs'), latencyMs: samples.reduce((sum, sample) => sum + sample.latencyMeanMs! * sample.servedRps!, 0) / served };
}

describe('why it is slow', () => {
  test('alone, the time of a request is its CPU work and the queue that M/M/1 expects', () => {
    const spent = spentOn(lived(host([{ name: 'api' }], [api]), 200), 'api');
    expect(spent.onCpuMs).toBeCloseTo(10, 0);
    expect(spent.latencyMs).toBeGreaterThan(14);
    expect(spent.latencyMs).toBeLessThan(20); // 10 / (1 − 0.4) = 16.7
    expect([spent.throttledMs, spent.runQueueMs < 0.5]).toEqual([0, true]);
  });

  test('the parts of the latency add up to it', () => {
    const world = lived(host([{ name: 'api', quotaMs: 50 }, { name: 'noise' }], [{ ...api, load: { kind: 'requests', rps: 40, lanes: 1, cpu: { meanMs: 8, cv: 0.5 }, wait: { meanMs: 5 } } }, { name: 'batch', group: 'noise', load: { kind: 'busy', threads: 1 }, memoryMib: 10 }]), 60);
    const { latencyMs, ...parts } = spentOn(world, 'api');
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(latencyMs, 1);
    expect(parts.waitingMs).toBeCloseTo(5, 3);
  });

  test('a quota shows as throttling, a neighbour as waiting for the CPU', () => {
    const limited = spentOn(lived(host([{ name: 'api', quotaMs: 20 }], [{ ...api, load: { kind: 'requests', rps: 15, lanes: 1, cpu: { meanMs: 10, law: 'exponential' } } }]), 60), 'api');
    const crowded = spentOn(lived(host([{ name: 'api' }, { name: 'noise', cpuWeight: 300 }], [{ ...api, load: { kind: 'requests', rps: 15, lanes: 1, cpu: { meanMs: 10, law: 'exponential' } } }, { name: 'batch', group: 'noise', load: { kind: 'busy', threads: 2 }, memoryMib: 10 }]), 60), 'api');
    expect(limited.throttledMs).toBeGreaterThan(5 * (limited.runQueueMs + 0.1));
    expect(crowded.runQueueMs).toBeGreaterThan(1);
    expect(crowded.throttledMs).toBe(0);
  });
});

describe('memory', () => {
  const leaky: ProgramSpec = { ...api, memoryMib: 40, leakMibPerSecond: 10, restart: { delaySeconds: 1, longestSeconds: 8 } };

  test('a leak runs into the limit when the room is used up, dies and comes again after a longer wait each time', () => {
    const world = lived(host([{ name: 'api', memoryLimitMib: 100 }], [leaky]), 60);
    const kills = world.events.filter(({ kind }) => kind === 'oom-kill').map(({ atUs }) => atUs / SECOND);
    expect(kills[0]).toBeCloseTo(6, 0); // (100 − 40) / 10
    const waits = world.events.filter(({ kind }) => kind === 'restart').map(({ detail }) => detail);
    expect(waits.slice(0, 4)).toEqual(['after waiting 1 s', 'after waiting 2 s', 'after waiting 4 s', 'after waiting 8 s']);
  });

  test('the charge never exceeds the limit, and what was killed is freed', () => {
    const world = compileHost(host([{ name: 'api', memoryLimitMib: 100 }], [leaky]), { seed: 1 });
    for (let second = 1; second <= 30; second += 1) {
      advanceHost(world, second * SECOND);
      const { memoryBytes, memoryLimitBytes } = world.samples.at(-1)!.groups[0]!;
      expect(memoryBytes).toBeLessThanOrEqual(memoryLimitBytes!);
      if (world.programs[0]!.phase === 'waiting') expect(memoryBytes).toBeLessThan(SECOND);
    }
  });

  test('without a supervisor it stays down', () => {
    const world = lived(host([{ name: 'api', memoryLimitMib: 100 }], [{ ...leaky, restart: undefined }]), 20);
    expect(world.programs[0]!.phase).toBe('down');
    expect(world.events.map(({ kind }) => kind)).toEqual(['ready', 'oom-kill', 'gave-up']);
  });

  test('when the host itself is full the largest program dies, whoever asked', () => {
    const world = lived(host([{ name: 'big' }, { name: 'small' }], [{ ...api, name: 'db', group: 'big', memoryMib: 500 }, { ...leaky, name: 'leaky', group: 'small', leakMibPerSecond: 50, restart: undefined }], { memoryMib: 800 }), 30);
    expect(world.events.find(({ kind }) => kind === 'oom-kill')).toMatchObject({ subject: 'db' });
  });
});

test('shares divide a contended CPU by weight', () => {
  const world = lived(host([{ name: 'a', cpuWeight: 100 }, { name: 'b', cpuWeight: 300 }], ['a', 'b'].map((name) => ({ name, group: name, load: { kind: 'busy' as const, threads: 1 }, memoryMib: 10 }))), 20);
  const cores = (group: number) => mean(world.samples.slice(10).map(({ groups }) => groups[group]!.cpuCores!));
  expect(cores(0)).toBeCloseTo(0.25, 2);
  expect(cores(1)).toBeCloseTo(0.75, 2);
});

test('a timer works by the clock, and a start takes its CPU work and its wait', () => {
  const world = lived(host([{ name: 'cron' }], [{ name: 'cron', group: 'cron', startUp: { cpuMs: 200, waitMs: 300 }, load: { kind: 'timer', everySeconds: 2, cpuMs: 500 }, memoryMib: 5 }]), 41);
  expect(world.events[0]).toMatchObject({ kind: 'ready', detail: 'after 0.50 s' });
  expect(mean(world.samples.slice(5).map(({ cpuCores }) => cpuCores!))).toBeCloseTo(0.25, 1);
});

describe('the same life', () => {
  const spec = host([{ name: 'api', quotaMs: 60, memoryLimitMib: 90 }, { name: 'noise' }], [{ ...api, leakMibPerSecond: 2, restart: { delaySeconds: 1, longestSeconds: 8 } }, { name: 'batch', group: 'noise', load: { kind: 'busy', threads: 1 }, memoryMib: 10 }]);

  test('equal seeds give equal states, in slices or whole; other seeds another one', () => {
    const whole = lived(spec, 30);
    const sliced = compileHost(spec, { seed: 1 });
    for (let i = 1; i <= 300; i += 1) advanceHost(sliced, (i * SECOND) / 10);
    expect(hostHash(sliced)).toBe(hostHash(whole));
    expect(hostHash(lived(spec, 30, 2))).not.toBe(hostHash(whole));
  });

  test('a fork lives the same future, and another one when it is reseeded', () => {
    const world = lived(spec, 10);
    const fork = forkHost(world);
    const other = forkHost(world);
    reseedHost(other, 9);
    for (const each of [world, fork, other]) advanceHost(each, 20 * SECOND);
    expect(hostHash(fork)).toBe(hostHash(world));
    expect(hostHash(other)).not.toBe(hostHash(world));
  });
});

test('work that is known by its CPU use alone uses that much, and no more than its quota', () => {
  const background = (cores: number, threads: number): ProgramSpec => ({ name: `at ${cores}`, group: 'a', load: { kind: 'background', cores, threads }, memoryMib: 5 });
  const used = (cores: number, threads: number, quotaMs?: number) => {
    const world = lived(host([{ name: 'a', ...(quotaMs === undefined ? {} : { quotaMs }) }], [background(cores, threads)], { cpus: 2 }), 60);
    return mean(world.samples.slice(10).map(({ cpuCores }) => cpuCores!));
  };
  expect(used(0.3, 1)).toBeCloseTo(0.3, 2);
  expect(used(1.4, 2)).toBeCloseTo(1.4, 1);
  expect(used(0.002, 1)).toBeCloseTo(0.002, 3);
  expect(used(0.6, 1, 40)).toBeCloseTo(0.4, 2);
  expect(used(0, 1)).toBe(0);
});
