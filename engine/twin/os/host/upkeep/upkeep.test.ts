import { describe, expect, test } from 'vitest';
import { advanceHost, applyHostCommand, compileHost, findOnHost, forkHost, hostHash, parseHost, setHostFault, type HostSpec, type HostWorld, type UpkeepSpec } from '..';
import { driftOfHost } from './drift-of-host';

const SECOND = 1e6;
const DAY = 86_400;
const restart = { delaySeconds: 1, longestSeconds: 4 };
const BOX: HostSpec = {
  name: 'box', cpus: 1, memoryMib: 512,
  groups: [{ name: 'web' }, { name: 'upkeep' }],
  programs: [
    { name: 'web', group: 'web', load: { kind: 'requests', rps: 0.005, lanes: 1, cpu: { meanMs: 5 } }, memoryMib: 40, restart },
    { name: 'backup', group: 'upkeep', load: { kind: 'cron', schedule: '30 2 * * *', cpuMs: 2_000 }, memoryMib: 10 },
    { name: 'apt', group: 'upkeep', load: { kind: 'updates', schedule: '0 6 * * *', downloadMibPerSecond: 5, unpackMsPerMib: 100 }, memoryMib: 10 },
  ],
};

function lived(upkeep: UpkeepSpec, days: number): HostWorld {
  const read = parseHost(JSON.parse(JSON.stringify({ ...BOX, upkeep })));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const world = compileHost(read.value, { seed: 2, sampleSeconds: 600 });
  advanceHost(world, days * DAY * SECOND);
  return world;
}
const when = (world: HostWorld, kind: string) => world.events.filter((event) => event.kind === kind).map(({ atUs }) => atUs / SECOND / DAY);

test('cron works by the calendar: at half past two every night', () => {
  const { samples } = lived({}, 3);
  const busy = samples.filter(({ programs }) => programs[1]!.cpuCores! > 0.001).map(({ atUs }) => ((atUs / SECOND) % DAY) / 3_600);
  expect(busy).toHaveLength(3);
  for (const hour of busy) expect(hour).toBeCloseTo(2.5 + 1 / 6, 1);
});

test('a run that an outage swallowed is lost to cron and made up once by a persistent timer', () => {
  const ran = (persistent: boolean) => {
    const programs = BOX.programs.map((program) => (program.load.kind === 'cron' ? { ...program, load: { ...program.load, schedule: '0 * * * *', persistent }, restart } : program));
    const read = parseHost(JSON.parse(JSON.stringify({ ...BOX, programs })));
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const world = compileHost(read.value, { seed: 2, sampleSeconds: 600 });
    advanceHost(world, 1.5 * 3_600 * SECOND);
    setHostFault(world, { kind: 'host-power-loss' }, true);
    advanceHost(world, 5.25 * 3_600 * SECOND);
    setHostFault(world, { kind: 'host-power-loss' }, false);
    advanceHost(world, 6.9 * 3_600 * SECOND);
    return world.samples.filter(({ programs: each }) => each[1]!.cpuCores! > 0.001).map(({ atUs }) => Math.floor(atUs / SECOND / 360) / 10);
  };
  expect(ran(false)).toEqual([1.1, 6.1]);
  expect(ran(true)).toEqual([1.1, 5.3, 6.1]);
});

describe('updates', () => {
  const packages = [{ name: 'openssl', mib: 10, releasedAtSeconds: 0.5 * DAY, usedBy: ['web'] }, { name: 'linux-image', mib: 50, releasedAtSeconds: 1.5 * DAY, usedBy: [], needsReboot: true }];

  test('are installed at their time, restart who uses them, and a kernel waits for the window', () => {
    const world = lived({ packages, rebootSchedule: '0 4 * * sun' }, 7);
    expect(when(world, 'updated')).toEqual([expect.closeTo(1.25, 2), expect.closeTo(2.25, 2)]);
    expect(world.events.find(({ kind, subject }) => kind === 'restart' && subject === 'web')!.atUs / SECOND / DAY).toBeCloseTo(1.25, 2);
    expect(when(world, 'reboot')).toEqual([expect.closeTo(6 + 4 / 24, 3)]); // it began on a Monday
    expect(world.upkeep.rebootNeeded).toBe(false);
  });

  test('without a window the reboot stays due and is found', () => {
    expect(findOnHost(lived({ packages }, 7)).map(({ kind }) => kind)).toContain('reboot-needed');
  });

  test('by command they are installed at once', () => {
    const world = lived({ packages }, 0.6);
    expect(applyHostCommand(world, { kind: 'apply-updates' })).toMatchObject({ ok: true });
    advanceHost(world, 0.61 * DAY * SECOND);
    expect(when(world, 'updated')).toEqual([expect.closeTo(0.6, 3)]);
  });
});

describe('certificates', () => {
  const certificate = { name: 'tls', program: 'web', notAfterSeconds: 4 * DAY, lifetimeDays: 6 };

  test('one that runs out is found before, and then every request is refused', () => {
    expect(findOnHost(lived({ certificates: [certificate] }, 3)).map(({ kind }) => kind)).toContain('certificate-expiring');
    const world = lived({ certificates: [certificate] }, 6);
    const failed = (from: number, to: number) => world.samples.filter(({ atUs }) => atUs > from * DAY * SECOND && atUs <= to * DAY * SECOND).reduce((sum, { programs }) => sum + programs[0]!.failedRps!, 0);
    expect(failed(0, 4)).toBe(0);
    expect(failed(4, 6)).toBeGreaterThan(0);
  });

  test('a renewer renews when a third is left, and again after the issuer was away', () => {
    const renewal = { atRemainingShare: 1 / 3, retryHours: 6 };
    expect(when(lived({ certificates: [{ ...certificate, renewal }] }, 3), 'renewed')[0]).toBeCloseTo(2, 3);
    const away = lived({ certificates: [{ ...certificate, renewal }], issuerOutages: [{ fromSeconds: 1.9 * DAY, toSeconds: 2.6 * DAY }] }, 3);
    expect(when(away, 'renewed')[0]).toBeCloseTo(2.75, 3);
    expect(applyHostCommand(lived({ certificates: [certificate], issuerOutages: [{ fromSeconds: 0, toSeconds: DAY }] }, 0.5), { kind: 'renew-certificate', certificate: 'tls' })).toMatchObject({ ok: false, error: { code: 'no-issuer' } });
  });
});

describe('configuration drift', () => {
  const byHand = [{ atSeconds: 100, command: { kind: 'set-cpu-weight', group: 'web', cpuWeight: 900 } as const }];

  test('is what was done by hand, and not what was done in order', () => {
    const world = lived({ byHand }, 0.1);
    expect(driftOfHost(world)).toEqual([{ key: 'group web cpu.weight', wanted: '100', found: '900', kind: 'changed' }]);
    applyHostCommand(world, { kind: 'set-quota', group: 'web', quotaMs: 50, periodMs: 100 });
    expect(driftOfHost(world)).toHaveLength(1);
    applyHostCommand(world, { kind: 'set-cpu-weight', group: 'web', cpuWeight: 900 });
    expect(driftOfHost(world)).toEqual([]);
  });
});

test('a boot takes what its slowest chain takes', () => {
  const boot = { firmwareMs: 1_000, loaderMs: 0, kernelMs: 500, initrdMs: 500, goal: 'up', units: [{ name: 'net', cpuMs: 0, waitMs: 3_000, after: [] }, { name: 'disk', cpuMs: 100, waitMs: 0, after: [] }, { name: 'up', cpuMs: 0, waitMs: 0, after: ['net', 'disk'] }] };
  const world = lived({ boot }, 0.001);
  applyHostCommand(world, { kind: 'reboot-host' });
  expect(world.events.find(({ kind }) => kind === 'reboot')!.detail).toBe('up again after 5.0 s');
});

test('a month in slices is a month', () => {
  const whole = lived({ byHand: [], packages: [] }, 2);
  const sliced = lived({ byHand: [], packages: [] }, 0.5);
  const fork = forkHost(sliced);
  for (const hour of [13, 20, 33, 48]) advanceHost(fork, hour * 3_600 * SECOND);
  expect(hostHash(fork)).toBe(hostHash(whole));
});

test('schedules, boots and programs that are not there are told with their path', () => {
  const wrong = parseHost({ ...BOX, upkeep: { rebootSchedule: 'sometimes', certificates: [{ name: 'x', program: 'nobody', notAfterSeconds: 5, lifetimeDays: 1 }], boot: { firmwareMs: 0, loaderMs: 0, kernelMs: 0, initrdMs: 0, goal: 'up', units: [{ name: 'a', cpuMs: 1, waitMs: 1, after: ['a'] }] }, byHand: [{ atSeconds: 1, command: { kind: 'fly' } }] } });
  expect(wrong.ok ? [] : wrong.error.map(({ path }) => path)).toEqual(expect.arrayContaining(['upkeep.rebootSchedule', 'upkeep.certificates[0].program', 'upkeep.boot', 'upkeep.byHand[0].command.kind']));
});
