import { describe, expect, test } from 'vitest';
import { advanceHost, applyHostCommand, compileHost, findOnHost, forkHost, hostHash, parseHost, setHostFault, type HostSpec, type HostWorld, type ProgramSpec } from '../..';

const SECOND = 1e6;
const api: ProgramSpec = { name: 'api', group: 'g', load: { kind: 'requests', rps: 40, lanes: 1, cpu: { meanMs: 6, cv: 0.5 }, wait: { meanMs: 120 } }, startUp: { cpuMs: 50, waitMs: 50 }, memoryMib: 40 };

function begun(more: Partial<ProgramSpec>, host: Partial<HostSpec> = {}): HostWorld {
  const read = parseHost(JSON.parse(JSON.stringify({ name: 'box', cpus: 1, memoryMib: 512, groups: [{ name: 'g', memoryLimitMib: 128 }], programs: [{ ...api, ...more }], ...host })));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return compileHost(read.value, { seed: 3, sampleSeconds: 1 });
}
function lived(more: Partial<ProgramSpec>, seconds: number, host?: Partial<HostSpec>): HostWorld {
  const world = begun(more, host);
  advanceHost(world, seconds * SECOND);
  return world;
}
const to = (world: HostWorld, seconds: number) => advanceHost(world, seconds * SECOND);
const events = (world: HostWorld, kind: string) => world.events.filter((event) => event.kind === kind);
const failed = (world: HostWorld) => world.samples.reduce((sum, { programs }) => sum + programs[0]!.failedRps!, 0);
const restarts = (world: HostWorld) => events(world, 'restart').map(({ detail }) => detail);

describe('supervisors', () => {
  const crashing: Partial<ProgramSpec> = { leakMibPerSecond: 200 }; // lives half a second

  test('systemd starts it five times in ten seconds and then leaves it down, which is found with the reason', () => {
    const world = lived({ ...crashing, restart: { supervisor: 'systemd' } }, 30);
    expect(restarts(world)).toEqual(Array.from({ length: 4 }, () => 'after waiting 0.1 s'));
    expect(events(world, 'gave-up')).toMatchObject([{ detail: 'started too often in a short time' }]);
    expect(findOnHost(world).find(({ kind }) => kind === 'service-down')!.detail).toContain('started too often');
    expect(applyHostCommand(world, { kind: 'restart-program', program: 'api' }).ok).toBe(true);
    to(world, 31);
    expect(world.programs[0]!.starts).toBeGreaterThan(5);
  });

  test('docker waits 0.1 s and doubles, the kubelet at once and then 10 s and doubles', () => {
    expect(restarts(lived({ ...crashing, restart: { supervisor: 'docker' } }, 12)).slice(0, 4)).toEqual([0.1, 0.2, 0.4, 0.8].map((seconds) => `after waiting ${seconds} s`));
    expect(restarts(lived({ ...crashing, restart: { supervisor: 'kubelet' } }, 80))).toEqual([0, 10, 20, 40].map((seconds) => `after waiting ${seconds} s`));
  });

  test('a back-off that has outgrown its life is a restart loop, however rare the exits have become', () => {
    const world = lived({ ...crashing, restart: { supervisor: 'kubelet' } }, 1_400, { programs: [{ ...api, ...crashing, load: { kind: 'requests', rps: 0.1, lanes: 1, cpu: { meanMs: 6 } }, restart: { supervisor: 'kubelet' } }] });
    expect(findOnHost(world).map(({ kind }) => kind)).toContain('restart-loop');
    expect(findOnHost({ ...world, samples: world.samples.slice(-200) }).map(({ kind }) => kind)).toContain('restart-loop');
  });
});

describe('a program that is asked to end', () => {
  const drains = { handlesTerm: 'drains', graceSeconds: 5 } as const;

  test('drains: what it has is answered, what comes then is refused, and the restart comes after it', () => {
    const [rude, polite] = [lived({}, 10.01), lived({ stop: drains }, 10.01)];
    for (const world of [rude, polite]) expect(applyHostCommand(world, { kind: 'restart-program', program: 'api' }).ok).toBe(true);
    expect(polite.programs[0]!.phase).toBe('stopping');
    for (const world of [rude, polite]) to(world, 20);
    expect(events(polite, 'stopped')[0]!.detail).toMatch(/^0\.\d\d s after SIGTERM, nothing lost$/);
    const down = (world: HostWorld) => failed(world);
    expect(down(rude)).toBeGreaterThan(0);
    expect(polite.programs[0]).toMatchObject({ phase: 'ready', exits: 0 });
  });

  test('drains what is with the disk too', () => {
    const device = { readLatencyMs: 20, writeLatencyMs: 20, readMibPerSecond: 100, writeMibPerSecond: 100, flushMs: 200 };
    const world = lived({ stop: drains, load: { kind: 'requests', rps: 20, lanes: 1, cpu: { meanMs: 2 }, disk: { writeKib: 16, fsync: true } } }, 10.05, { disk: { sizeMib: 1_000, usedMib: 100, device } });
    expect(world.io!.jobs.size).toBeGreaterThan(2);
    const before = failed(world);
    applyHostCommand(world, { kind: 'stop-program', program: 'api' });
    expect(world.programs[0]!.phase).toBe('stopping');
    to(world, 11);
    expect(events(world, 'stopped')[0]!.detail).toContain('nothing lost');
    expect(world.samples.reduce((sum, { programs }) => sum + programs[0]!.servedRps!, 0)).toBeGreaterThan(100);
    expect(before).toBe(0);
  });

  test('ignores the signal: it serves until its grace is over and is killed with what it has', () => {
    const world = lived({ stop: { handlesTerm: 'ignores', graceSeconds: 3 } }, 10);
    applyHostCommand(world, { kind: 'stop-program', program: 'api' });
    to(world, 12.9);
    expect(world.samples.at(-1)!.programs[0]).toMatchObject({ phase: 'stopping' });
    expect(world.samples.at(-1)!.programs[0]!.servedRps!).toBeGreaterThan(20);
    to(world, 14);
    expect(world.programs[0]).toMatchObject({ phase: 'down', lastExit: null });
    expect(events(world, 'stopped')[0]!.detail).toMatch(/^SIGKILL 3\.00 s after SIGTERM, \d+ requests lost$/);
    expect(findOnHost(world)).toEqual([]);
  });

  test('frozen hears nothing: SIGKILL ends it', () => {
    const world = lived({ stop: drains }, 10);
    setHostFault(world, { kind: 'program-freeze', program: 'api' }, true);
    applyHostCommand(world, { kind: 'restart-program', program: 'api' });
    to(world, 14.9);
    expect(world.programs[0]!.phase).toBe('stopping');
    to(world, 15.1);
    expect(events(world, 'stopped')[0]!.detail).toMatch(/^SIGKILL/);
  });

  test('asked twice ends once, and the last wish counts', () => {
    const world = lived({ stop: drains }, 10.01);
    applyHostCommand(world, { kind: 'restart-program', program: 'api' });
    applyHostCommand(world, { kind: 'stop-program', program: 'api' });
    to(world, 20);
    expect(world.programs[0]!.phase).toBe('down');
    expect(events(world, 'stopped')).toHaveLength(1);
  });

  test('delays the reboot of its host until it has ended, at most for its grace', () => {
    const world = lived({ stop: { handlesTerm: 'ignores', graceSeconds: 3 } }, 10);
    applyHostCommand(world, { kind: 'reboot-host' });
    to(world, 12.9);
    expect(world.reboots).toBe(0);
    to(world, 30);
    expect(events(world, 'reboot')[0]!.atUs / SECOND).toBeCloseTo(13, 6);
    expect(world.programs[0]!.phase).toBe('ready');
  });
});

describe('probes', () => {
  const probe = { periodSeconds: 1, timeoutSeconds: 0.5, failureThreshold: 3 };
  const restart = { supervisor: 'kubelet' } as const;

  test('of a healthy program change nothing that its clients see', () => {
    const world = lived({ probes: { startup: probe, liveness: probe, readiness: probe }, restart }, 60);
    expect(world.programs[0]).toMatchObject({ phase: 'ready', exits: 0 });
    expect(world.samples.at(-1)!.programs[0]!.phase).toBe('ready');
    expect(failed(world) - world.samples.slice(0, 3).reduce((sum, { programs }) => sum + programs[0]!.failedRps!, 0)).toBe(0);
  });

  test('of a program that hangs have it killed and started anew: three periods and a time-out after it froze', () => {
    const world = lived({ probes: { liveness: probe }, restart, stop: { handlesTerm: 'drains', graceSeconds: 2 } }, 10.2);
    setHostFault(world, { kind: 'program-freeze', program: 'api' }, true);
    to(world, 20);
    const [exit] = events(world, 'exit');
    expect(exit).toMatchObject({ detail: 'its liveness probe failed 3 times in a row' });
    expect(exit!.atUs / SECOND).toBeGreaterThan(14.5); // asked at 11, 12 and 13 s, and two seconds of grace
    expect(exit!.atUs / SECOND).toBeLessThan(16);
  });

  test('of one that starts too slowly kill it for ever; a start-up probe gives it the time', () => {
    const slow: Partial<ProgramSpec> = { startUp: { cpuMs: 100, waitMs: 5_000 }, restart };
    const [killed, waited] = [lived({ ...slow, probes: { liveness: probe } }, 60), lived({ ...slow, probes: { liveness: probe, startup: { ...probe, failureThreshold: 30 } } }, 60)];
    expect(events(killed, 'ready')).toEqual([]);
    expect(findOnHost(killed).map(({ kind }) => kind)).toContain('restart-loop');
    expect(waited.programs[0]).toMatchObject({ phase: 'ready', exits: 0 });
  });

  test('of one that has too much to do send its clients away until it has caught up', () => {
    const world = lived({ probes: { readiness: { ...probe, failureThreshold: 2 } }, restart }, 10);
    setHostFault(world, { kind: 'program-load-factor', program: 'api', factor: 8 }, true);
    to(world, 30);
    expect(world.samples.some(({ programs }) => programs[0]!.phase === 'not-ready')).toBe(true);
    setHostFault(world, { kind: 'program-load-factor', program: 'api', factor: 8 }, false);
    to(world, 90);
    expect(world.samples.at(-1)!.programs[0]!.phase).toBe('ready');
    expect(world.programs[0]!.exits).toBe(0);
  });

  test('and ends of programs are state: a fork lives the same future', () => {
    const world = lived({ probes: { liveness: probe, readiness: probe }, restart, stop: { handlesTerm: 'drains', graceSeconds: 5 } }, 10.01);
    applyHostCommand(world, { kind: 'restart-program', program: 'api' });
    const fork = forkHost(world);
    for (const each of [world, fork]) to(each, 30);
    expect(hostHash(fork)).toBe(hostHash(world));
  });
});

describe('a start', () => {
  const layer = (digest: string, mib: number) => ({ digest, compressedMib: mib / 2, mib });
  const host: Partial<HostSpec> = { disk: { sizeMib: 1_000, usedMib: 100 }, registry: { downloadMibPerSecond: 50, unpackMibPerSecond: 100, answerMs: 200 } };
  const image = (name: string, ...layers: ReturnType<typeof layer>[]) => ({ image: { name, layers } });
  const restart = { supervisor: 'docker' } as const;
  const readyAt = (world: HostWorld) => events(world, 'ready').map(({ atUs }) => Math.round(atUs / 1e4) / 100);

  test('pulls what is missing of its image, works, waits, and works until it is warm', () => {
    const world = lived({ ...image('web:1', layer('base', 100), layer('web', 50)), startUp: { cpuMs: 100, waitMs: 300, warmUpCpuMs: 600 }, restart }, 20, host);
    expect(readyAt(world)[0]).toBeCloseTo(0.2 + 75 / 50 + 150 / 100 + 0.1 + 0.3 + 0.6, 1);
    applyHostCommand(world, { kind: 'restart-program', program: 'api' });
    to(world, 40);
    expect(readyAt(world)[1]).toBeCloseTo(21, 1); // everything is there
    expect(events(world, 'pulled')).toHaveLength(1);
  });

  test('of another program with the same base pulls only its own layer', () => {
    const other = { ...api, name: 'other', ...image('other:1', layer('base', 100), layer('other', 10)) };
    const world = lived({}, 20, { ...host, programs: [{ ...api, ...image('web:1', layer('base', 100), layer('web', 50)) }, other] });
    expect(events(world, 'pulled').map(({ subject, detail }) => [subject, /(\d+) layers?, (\d+)/.exec(detail)!.slice(1)])).toEqual([['api', ['2', '0']], ['other', ['1', '1']]]);
    expect(world.samples.at(-1)!.disk!.usedBytes / 1_048_576).toBeCloseTo(100 + 160, -1);
  });

  test('that cannot be pulled is tried again, later each time, and begins when it can', () => {
    const big = lived({ ...image('big:1', layer('big', 2_000)), restart }, 60, host);
    expect(events(big, 'pull-failed').map(({ detail }) => detail)).toEqual([10, 20, 40].map((seconds) => `big:1: no space left on device; again in ${seconds} s`));
    expect(findOnHost(big).map(({ kind, detail }) => `${kind}: ${detail}`)).toEqual(['service-down: has been starting for 60 s']);
    const cut = begun({ ...image('web:1', layer('web', 50)), restart }, host);
    setHostFault(cut, { kind: 'host-network-cut' }, true);
    to(cut, 15);
    setHostFault(cut, { kind: 'host-network-cut' }, false);
    to(cut, 60);
    expect(events(cut, 'pull-failed')).toHaveLength(2);
    expect(events(cut, 'pulled')[0]!.atUs / SECOND).toBeCloseTo(30, 6);
    expect(cut.programs[0]!.phase).toBe('ready');
  });
});

test('supervisors, ends and probes that cannot be are told with their path', () => {
  const wrong = parseHost({ name: 'box', cpus: 1, memoryMib: 512, groups: [{ name: 'g' }], programs: [{ ...api, restart: { supervisor: 'upstart' }, stop: { handlesTerm: 'later', graceSeconds: -1 }, probes: { liveness: { periodSeconds: 0 } } }, { name: 'job', group: 'g', load: { kind: 'busy', threads: 1 }, memoryMib: 5, probes: {}, restart: { supervisor: 'docker', restartSeconds: 1 } }] });
  expect(wrong.ok ? [] : wrong.error.map(({ path }) => path)).toEqual(expect.arrayContaining(['programs[0].restart.supervisor', 'programs[0].stop.handlesTerm', 'programs[0].stop.graceSeconds', 'programs[0].probes.liveness.periodSeconds', 'programs[1].probes', 'programs[1].restart.restartSeconds']));
});
