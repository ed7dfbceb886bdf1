import { describe, expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld, compileWorld, forkWorld, parseSystem, reseedWorld, takeFrames, worldHash, type SystemSpec } from '@/engine/twin';

const SYSTEM: SystemSpec = {
  nodes: [{ name: 'n', cpuMillicores: 4_000, memoryMib: 4_096, usdPerHour: 0.1 }],
  services: [{ name: 'web', replicas: 1, lanes: 1, demand: { meanMs: 5, cv: 0.5 }, startUp: { meanMs: 500 }, cpuRequestMillicores: 200, memoryMib: 64 }],
  loads: [{ service: 'web', arrivals: 'poisson', profile: { kind: 'constant', rps: 20 } }],
  hosts: [
    {
      name: 'box', cpus: 1, memoryMib: 512,
      groups: [{ name: 'api', quotaMs: 50, memoryLimitMib: 120 }],
      programs: [{ name: 'api', group: 'api', load: { kind: 'requests', rps: 30, lanes: 1, cpu: { meanMs: 8, cv: 0.5 } }, memoryMib: 60, leakMibPerSecond: 5, restart: { delaySeconds: 1, longestSeconds: 8 } }, { name: 'job', group: 'api', load: { kind: 'timer', everySeconds: 3, cpuMs: 100 }, memoryMib: 5 }],
    },
  ],
};

function lived(system: SystemSpec, forSeconds: number, eventsPerSlice = Infinity) {
  const world = compileWorld(system, 7);
  while (!advanceWorld(world, seconds(forSeconds), eventsPerSlice));
  return world;
}

describe('hosts of a world', () => {
  test('show in every frame, once a second, and their answering programs as services', () => {
    const frames = takeFrames(lived(SYSTEM, 20));
    expect(frames.map(({ hosts }) => hosts?.map(({ host, windowUs }) => [host, windowUs]))).toEqual(Array.from({ length: 20 }, () => [['box', 1_000_000]]));
    expect(frames[9]!.services.map(({ service }) => service)).toEqual(['client', 'web', 'box/api']);
    const served = frames.reduce((sum, frame) => sum + frame.services[2]!.servedRps! + frame.services[2]!.errorRps!, 0);
    expect(served / 20).toBeGreaterThan(25);
    expect(frames[5]!.services[2]!.latencyP95Us!).toBeGreaterThan(8_000);
  });

  test('raise the alarms of the world', () => {
    expect(lived(SYSTEM, 30).alarms.filter(({ kind }) => kind === 'oom-kill').map(({ subject }) => subject)).toContain('box/api');
  });

  test('in slices or whole, the state is the same; a fork lives the same future, a reseeded one another', () => {
    const whole = lived(SYSTEM, 20);
    expect(worldHash(lived(SYSTEM, 20, 7))).toBe(worldHash(whole));
    const [fork, other] = [forkWorld(whole), forkWorld(whole)];
    reseedWorld(other, 99);
    for (const world of [whole, fork, other]) advanceWorld(world, seconds(30));
    expect(worldHash(fork)).toBe(worldHash(whole));
    expect(worldHash(other)).not.toBe(worldHash(whole));
  });

  test('do not touch the services beside them', () => {
    const alone = takeFrames(lived({ ...SYSTEM, hosts: undefined }, 20));
    expect(takeFrames(lived(SYSTEM, 20)).map(({ services }) => services[1])).toEqual(alone.map(({ services }) => services[1]));
  });

  test('are a system by themselves, and what is wrong with one has its path', () => {
    const own = { nodes: [], services: [], loads: [], hosts: SYSTEM.hosts };
    expect(parseSystem(own)).toMatchObject({ ok: true });
    expect(parseSystem({ ...own, hosts: [] })).toMatchObject({ ok: false });
    const twice = parseSystem({ ...own, hosts: [SYSTEM.hosts![0], { ...SYSTEM.hosts![0], cpus: 0 }] });
    expect(twice.ok ? [] : twice.error.map(({ path }) => path)).toEqual(expect.arrayContaining(['hosts[1].cpus', 'hosts[1].name']));
  });
});
