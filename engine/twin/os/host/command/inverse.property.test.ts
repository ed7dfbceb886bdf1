/** Every host command, on hosts at any moment: its inverse brings the settings back, twice is as once where it says so, and a refusal changes nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seconds, type TimeUs } from '@/engine/kernel';
import { advanceWorld, applyCommand, compileWorld, effectClassOf, forkWorld, HOST_COMMAND_KINDS, inverseCommand, os, worldHash, type HostOrder, type SystemSpec, type World } from '@/engine/twin';

const asked = (rps: number): os.ProgramLoad => ({ kind: 'requests', rps, lanes: 2, cpu: { meanMs: 4, cv: 0.5 } });
const system: SystemSpec = {
  nodes: [], services: [], loads: [],
  hosts: [
    {
      name: 'a', cpus: 2, memoryMib: 1_024, disk: { sizeMib: 2_000, usedMib: 200, device: { readLatencyMs: 0.2, writeLatencyMs: 0.3, readMibPerSecond: 400, writeMibPerSecond: 300, flushMs: 2 } }, power: { idleWatts: 5, maxWatts: 20, suspend: { watts: 1, afterSeconds: 30, resumeMs: 500 } },
      groups: [{ name: 'slice', cpuWeight: 150, quotaMs: 150 }, { name: 'web', parent: 'slice', quotaMs: 60, burstMs: 40, memoryLimitMib: 256 }, { name: 'batch', cpuWeight: 50, cpus: [1] }],
      programs: [
        { name: 'web', group: 'web', load: asked(30), memoryMib: 60, logMibPerSecond: 1, restart: { supervisor: 'systemd' }, stop: { handlesTerm: 'drains', graceSeconds: 3 } },
        { name: 'job', group: 'batch', nice: 5, load: { kind: 'busy', threads: 2 }, memoryMib: 20 },
        { name: 'apt', group: 'batch', load: { kind: 'updates', schedule: '@daily', downloadMibPerSecond: 5, unpackMsPerMib: 50 }, memoryMib: 10 },
      ],
      upkeep: { certificates: [{ name: 'tls', program: 'web', notAfterSeconds: 500_000, lifetimeDays: 90 }], packages: [{ name: 'openssl', mib: 2, releasedAtSeconds: 0, usedBy: ['web'] }] },
    },
    { name: 'b', cpus: 1, memoryMib: 512, groups: [{ name: 'web' }], programs: [{ name: 'agent', group: 'web', load: { kind: 'timer', everySeconds: 2, cpuMs: 5 }, memoryMib: 10 }] },
  ],
};

const group = fc.constantFrom('slice', 'web', 'batch', 'nowhere');
const program = fc.constantFrom('web', 'job', 'apt', 'nobody');
const ms = (max: number) => fc.integer({ min: 1, max });
const orderOf: Readonly<Record<HostOrder['kind'], fc.Arbitrary<HostOrder>>> = {
  'set-cpu-weight': fc.record({ kind: fc.constant('set-cpu-weight'), host: fc.constant('a'), group, cpuWeight: fc.integer({ min: 1, max: 10_000 }) }),
  'set-quota': fc.record({ kind: fc.constant('set-quota'), host: fc.constant('a'), group, quotaMs: fc.option(ms(400), { nil: null }), periodMs: fc.integer({ min: 10, max: 1_000 }) }),
  'set-memory-limit': fc.record({ kind: fc.constant('set-memory-limit'), host: fc.constant('a'), group, memoryLimitMib: fc.option(fc.integer({ min: 1, max: 1_100 }), { nil: null }) }),
  'set-memory-high': fc.record({ kind: fc.constant('set-memory-high'), host: fc.constant('a'), group, memoryHighMib: fc.option(fc.integer({ min: 20, max: 1_100 }), { nil: null }) }),
  'set-io-limit': fc.record({ kind: fc.constant('set-io-limit'), host: fc.constantFrom('a', 'b'), group, direction: fc.constantFrom('read', 'write'), mibPerSecond: fc.option(fc.integer({ min: 1, max: 500 }), { nil: null }), iops: fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: null }) }),
  'pin-group': fc.record({ kind: fc.constant('pin-group'), host: fc.constant('a'), group, cpus: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 2 }) }),
  'renice-program': fc.record({ kind: fc.constant('renice-program'), host: fc.constant('a'), program, nice: fc.integer({ min: -21, max: 20 }) }),
  'move-program': fc.record({ kind: fc.constant('move-program'), host: fc.constant('a'), program, group }),
  'migrate-program': fc.record({ kind: fc.constant('migrate-program'), host: fc.constant('a'), program, toHost: fc.constantFrom('a', 'b', 'c'), toGroup: fc.constantFrom('web', 'nowhere') }),
  'set-suspend': fc.record({ kind: fc.constant('set-suspend'), host: fc.constantFrom('a', 'b'), afterSeconds: fc.option(fc.integer({ min: 1, max: 90_000 }), { nil: null }) }),
  'restart-program': fc.record({ kind: fc.constant('restart-program'), host: fc.constant('a'), program }),
  'stop-program': fc.record({ kind: fc.constant('stop-program'), host: fc.constant('a'), program }),
  'clean-up-logs': fc.record({ kind: fc.constant('clean-up-logs'), host: fc.constantFrom('a', 'b') }),
  'rotate-log': fc.record({ kind: fc.constant('rotate-log'), host: fc.constant('a'), program, tellsWriter: fc.boolean() }),
  'renew-certificate': fc.record({ kind: fc.constant('renew-certificate'), host: fc.constant('a'), certificate: fc.constantFrom('tls', 'none') }),
  'apply-updates': fc.record({ kind: fc.constant('apply-updates'), host: fc.constantFrom('a', 'b') }),
  'reboot-host': fc.record({ kind: fc.constant('reboot-host'), host: fc.constantFrom('a', 'b', 'c') }),
};
const order = fc.oneof(...HOST_COMMAND_KINDS.map((kind) => orderOf[kind]));
const moment = fc.integer({ min: 1, max: 40 }).map((tenths) => tenths / 10 + 2);

const started = compileWorld(system, 7);
function worldAt(second: number): World {
  const world = forkWorld(started);
  advanceWorld(world, seconds(second) as TimeUs);
  for (const host of world.hosts) os.advanceHost(host, world.nowUs); // hosts are brought up to the clock when they are looked at
  return world;
}
/** Groups, limits, weights, places: what commands set. Programs in order of name, since a move puts them last; certificates and counts of boots are no settings. */
const settingsOf = (world: World) =>
  world.hosts.map(os.settingsOfHost).map(({ host, suspendAfterSeconds, groups, programs }) => ({ host, suspendAfterSeconds, groups, programs: [...programs].sort((x, y) => (x.program < y.program ? -1 : 1)) }));
const contextOf = (world: World) => ({ services: [], hosts: world.hosts.map(os.settingsOfHost) });
const PARAMETERS = { numRuns: 250, seed: 4 };

test('the inverse of a command brings back every setting', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(order, moment, (command, second) => {
      const world = worldAt(second);
      const before = settingsOf(world);
      const inverse = inverseCommand(command, contextOf(world));
      if (!applyCommand(world, command).ok || inverse === null) return;
      seen.add(command.kind);
      expect(applyCommand(world, inverse)).toEqual({ ok: true, value: undefined });
      expect(settingsOf(world)).toEqual(before);
      advanceWorld(world, (world.nowUs + seconds(20)) as TimeUs);
      const up = world.hosts.flatMap(({ programs }) => programs.filter(({ phase }) => phase === 'down').map(({ spec }) => spec.name));
      if (command.kind === 'stop-program') expect(up).toEqual([]);
    }),
    PARAMETERS,
  );
  expect([...seen].sort()).toEqual(['migrate-program', 'move-program', 'pin-group', 'renice-program', 'set-cpu-weight', 'set-io-limit', 'set-memory-high', 'set-memory-limit', 'set-quota', 'set-suspend', 'stop-program']);
});

test('a command that calls itself repeatable sets twice what it sets once, and one that has no inverse says so before', () => {
  fc.assert(
    fc.property(order, moment, (command, second) => {
      const world = worldAt(second);
      if (!applyCommand(world, command).ok || effectClassOf(command) !== 'B') return;
      const once = settingsOf(world);
      expect(applyCommand(world, command).ok).toBe(true);
      expect(settingsOf(world)).toEqual(once);
    }),
    PARAMETERS,
  );
});

test('a refused command names what is wrong with it and leaves the host as it was', () => {
  const codes = new Set<string>();
  fc.assert(
    fc.property(order, moment, (command, second) => {
      const world = worldAt(second);
      const before = worldHash(world);
      const result = applyCommand(world, command);
      if (result.ok) return;
      codes.add(result.error.code);
      expect(JSON.stringify(result.error).length).toBeGreaterThan(25);
      expect(worldHash(world)).toBe(before);
    }),
    PARAMETERS,
  );
  expect([...codes].sort()).toEqual(['not-found', 'out-of-range', 'unsupported']);
});

test('a quota below the burst is refused with the least that is taken, as the kernel refuses it', () => {
  const world = worldAt(3);
  expect(applyCommand(world, { kind: 'set-quota', host: 'a', group: 'web', quotaMs: 39, periodMs: 100 })).toMatchObject({ ok: false, error: { code: 'out-of-range', value: 39, min: 40 } });
  expect(applyCommand(world, { kind: 'set-quota', host: 'a', group: 'web', quotaMs: 40, periodMs: 100 }).ok).toBe(true);
});
