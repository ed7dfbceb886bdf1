import { expect, test } from 'vitest';
import { seconds, type TimeUs } from '@/engine/kernel';
import { advanceWorld, applyCommand, compileWorld, forkWorld, inverseCommand, os, worldHash, type SystemSpec, type World } from '@/engine/twin';

const api: os.ProgramSpec = { name: 'api', group: 'api', load: { kind: 'requests', rps: 40, lanes: 2, cpu: { meanMs: 8, cv: 0.5 } }, startUp: { cpuMs: 100, waitMs: 200 }, memoryMib: 60, restart: { delaySeconds: 1, longestSeconds: 8 } };
const system: SystemSpec = {
  nodes: [], services: [], loads: [],
  hosts: [
    { name: 'full', cpus: 1, memoryMib: 512, groups: [{ name: 'api' }, { name: 'batch' }], programs: [api, { name: 'job', group: 'batch', load: { kind: 'busy', threads: 2 }, memoryMib: 20 }, { name: 'nightly', group: 'batch', load: { kind: 'cron', schedule: '@daily', cpuMs: 10 }, memoryMib: 5 }] },
    { name: 'empty', cpus: 2, memoryMib: 512, groups: [{ name: 'apps' }], programs: [{ name: 'idle', group: 'apps', load: { kind: 'timer', everySeconds: 5, cpuMs: 1 }, memoryMib: 5 }] },
  ],
};
const at = (world: World, second: number) => advanceWorld(world, seconds(second) as TimeUs);
const move = { kind: 'migrate-program', host: 'full', program: 'api', toHost: 'empty', toGroup: 'apps' } as const;

function moved(): World {
  const world = compileWorld(system, 5);
  at(world, 20);
  expect(applyCommand(world, move)).toEqual({ ok: true, value: undefined });
  at(world, 40);
  return world;
}
const service = (world: World, second: number) => world.frames.find(({ atUs }) => atUs === second * 1e6)!.services.find((sample) => sample.service === 'full/api')!;

test('a moved program runs on the other host and its clients follow under the name they know; the way costs them a start', () => {
  const world = moved();
  expect(service(world, 21).errorRps).toBeGreaterThan(5);
  expect(service(world, 35).errorRps).toBe(0);
  expect(service(world, 35).latencyP95Us!).toBeLessThan(0.5 * service(world, 18).latencyP95Us!);
  const [full, empty] = world.frames.at(-1)!.hosts!;
  expect(full!.programs.map(({ program }) => program)).toEqual(['job', 'nightly']);
  expect(empty!.programs.map(({ program, service: name }) => [program, name])).toEqual([['idle', null], ['api', 'full/api']]);
  expect([full, empty].flatMap((sample) => sample!.upkeep!.drift)).toEqual([]);
});

test('no client is counted twice or lost: arrivals go on at their rate', () => {
  const world = moved();
  const rates = world.frames.filter(({ atUs }) => atUs > 21e6).map(({ services }) => services.find((sample) => sample.service === 'full/api')!.offeredRps!);
  expect(rates.reduce((sum, rate) => sum + rate, 0) / rates.length).toBeGreaterThan(34);
  expect(rates.reduce((sum, rate) => sum + rate, 0) / rates.length).toBeLessThan(46);
});

test('the way back is the same command the other way round', () => {
  const world = moved();
  const settings = world.hosts.map(os.settingsOfHost);
  const before = compileWorld(system, 5).hosts.map(os.settingsOfHost);
  const back = inverseCommand(move, { services: [], hosts: before })!;
  expect(back).toEqual({ kind: 'migrate-program', host: 'empty', program: 'api', toHost: 'full', toGroup: 'api' });
  expect(applyCommand(world, back).ok).toBe(true);
  at(world, 60);
  expect(world.hosts.map(os.settingsOfHost)).not.toEqual(settings);
  expect(world.hosts.map(os.settingsOfHost)[0]!.programs.map(({ program }) => program).sort()).toEqual(['api', 'job', 'nightly']);
  expect(service(world, 60).servedRps).toBeGreaterThan(10);
});

test('what cannot move is refused with the reason, and nothing changes', () => {
  const world = compileWorld(system, 5);
  at(world, 5);
  const before = worldHash(world);
  const tries = [{ ...move, program: 'nightly' }, { ...move, toHost: 'none' }, { ...move, toGroup: 'none' }, { ...move, program: 'none' }, { ...move, toHost: 'full', toGroup: 'api' }];
  expect(tries.map((command) => applyCommand(world, command)).map((result) => (result.ok ? 'done' : result.error.code))).toEqual(['unsupported', 'not-found', 'not-found', 'not-found', 'unsupported']);
  expect(worldHash(world)).toBe(before);
});

test('a fork of a world with a moved program lives the same future', () => {
  const world = moved();
  const fork = forkWorld(world);
  for (const each of [world, fork]) at(each, 60);
  expect(worldHash(fork)).toBe(worldHash(world));
});
