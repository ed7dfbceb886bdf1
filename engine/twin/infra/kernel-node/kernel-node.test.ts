import { describe, expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld, applyCommand, compileWorld, forkWorld, parseSystem, reseedWorld, scheduleFault, shareDirtyNodes, takeFrames, worldHash, type SystemSpec, type World } from '@/engine/twin';

const service = (name: string, lanes: number, meanMs: number, cpuRequestMillicores: number) => ({ name, replicas: 1, replicasMin: 0, replicasMax: 3, lanes, queueLimit: 500, demand: { meanMs, cv: 0.8 }, startUp: { meanMs: 300 }, cpuRequestMillicores, memoryMib: 64, timeoutMs: 400 });
const SYSTEM: SystemSpec = {
  nodes: [{ name: 'n', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, cpuModel: 'kernel' }],
  services: [{ ...service('front', 1, 3, 200), calls: [{ service: 'back', perRequest: 1 }] }, { ...service('back', 4, 12, 400), quotaMillicores: 700, holdsLane: true }],
  loads: [{ service: 'front', arrivals: 'poisson', profile: { kind: 'constant', rps: 40 } }],
};

function lived(system: SystemSpec, forSeconds: number, eventsPerSlice = Infinity): World {
  const world = compileWorld(system, 5);
  while (!advanceWorld(world, seconds(forSeconds), eventsPerSlice));
  return world;
}
const served = (world: World, name: string) => takeFrames(world).reduce((sum, { services }) => sum + services.find((each) => each.service === name)!.servedRps!, 0);

describe('a node that plays the kernel', () => {
  test('serves what is asked, and its CPU is what the requests cost', () => {
    const world = lived(SYSTEM, 60);
    const frames = takeFrames(world);
    const mean = (of: (frame: (typeof frames)[number]) => number) => frames.slice(5).reduce((sum, frame) => sum + of(frame), 0) / (frames.length - 5);
    expect(mean(({ services }) => services[1]!.servedRps!)).toBeCloseTo(40, -1);
    expect(mean(({ services }) => services[2]!.cpuCores!)).toBeCloseTo(0.48, 1);
    expect(mean(({ nodes }) => nodes[0]!.cpuCores!)).toBeCloseTo(0.6, 1);
    expect(mean(({ services }) => services[2]!.throttledShare!)).toBeGreaterThan(0.02);
  });

  test('in slices or whole the state is the same; a fork lives on alike, reseeded otherwise', () => {
    const whole = lived(SYSTEM, 12);
    expect(worldHash(lived(SYSTEM, 12, 11))).toBe(worldHash(whole));
    const [fork, other] = [forkWorld(whole), forkWorld(whole)];
    reseedWorld(other, 77);
    for (const world of [whole, fork, other]) advanceWorld(world, seconds(18));
    expect(worldHash(fork)).toBe(worldHash(whole));
    expect(worldHash(other)).not.toBe(worldHash(whole));
  });

  test('a crowded CPU is divided by requests, as control groups divide it', () => {
    const greedy = (name: string, cpuRequestMillicores: number) => ({ ...service(name, 2, 20, cpuRequestMillicores), queueLimit: 20 });
    const world = lived({ nodes: [{ ...SYSTEM.nodes[0]!, cpuMillicores: 1_000 }], services: [greedy('large', 600), greedy('small', 150)], loads: ['large', 'small'].map((name) => ({ service: name, arrivals: 'poisson', profile: { kind: 'constant', rps: 120 } })) }, 40);
    const cores = takeFrames(world).slice(5).map(({ services }) => services.slice(1).map(({ cpuCores }) => cpuCores!));
    const [large, small] = [0, 1].map((i) => cores.reduce((sum, each) => sum + each[i]!, 0) / cores.length) as [number, number];
    expect(large + small).toBeCloseTo(1, 1);
    expect(large / small).toBeGreaterThan(3.6); // 600 / 150
    expect(large / small).toBeLessThan(4.4);
  });

  test('a tighter quota throttles more, and its removal ends that', () => {
    const world = lived(SYSTEM, 20);
    takeFrames(world);
    const throttledAfter = (quotaMillicores: number | null) => {
      expect(applyCommand(world, { kind: 'set-cpu-quota', service: 'back', quotaMillicores }).ok).toBe(true);
      shareDirtyNodes(world);
      advanceWorld(world, seconds(world.nowUs / 1e6 + 20));
      return takeFrames(world).slice(5).reduce((sum, { services }) => sum + (services[2]!.throttledShare ?? 0), 0) / 15;
    };
    expect(throttledAfter(550)).toBeGreaterThan(0.2);
    expect(throttledAfter(null)).toBe(0);
  });

  test('what runs beside the pods gets what its slice is due, however many threads it has', () => {
    const podsBeside = (threads: number, cpus: number) => {
      const greedy = { ...service('greedy', 4, 20, 100), queueLimit: 20 };
      const world = compileWorld({ nodes: [{ ...SYSTEM.nodes[0]!, cpuMillicores: cpus * 1_000 }], services: [greedy], loads: [{ service: 'greedy', arrivals: 'poisson', profile: { kind: 'constant', rps: 150 * cpus } }] }, 5);
      scheduleFault(world, { kind: 'cpu-hog', node: 'n', threads, atSeconds: 1, lastsSeconds: 60 });
      advanceWorld(world, seconds(40));
      const frames = takeFrames(world).slice(5);
      return frames.reduce((sum, { services }) => sum + services[1]!.cpuCores!, 0) / frames.length;
    };
    for (const threads of [2, 8]) expect(podsBeside(threads, 1)).toBeCloseTo(1 / 2, 1); // 1024 shares to 1024
    for (const threads of [4, 16]) expect(podsBeside(threads, 2)).toBeCloseTo(4 / 3, 1); // 2048 to 1024, of two CPUs
  });

  test('whom a quota stops waits for a CPU, as pressure has it, though CPUs are idle', () => {
    const pressureUnder = (quotaMillicores: number | null) => {
      const alone: SystemSpec = { ...SYSTEM, services: [{ ...service('front', 1, 12, 200), quotaMillicores }], loads: [{ service: 'front', arrivals: 'poisson', profile: { kind: 'constant', rps: 30 } }] };
      const frames = takeFrames(lived(alone, 40)).slice(5);
      return frames.reduce((sum, { nodes }) => sum + nodes[0]!.cpuPressure!, 0) / frames.length;
    };
    expect(pressureUnder(null)).toBeLessThan(0.01);
    expect(pressureUnder(450)).toBeGreaterThan(0.1);
  });

  test('hogs, restarts, time-outs and a lost node leave no request behind', () => {
    const world = compileWorld({ ...SYSTEM, nodes: [...SYSTEM.nodes, { ...SYSTEM.nodes[0]!, name: 'm' }], nodeLoss: { endpointSeconds: 2, rescheduleSeconds: 4 } }, 9);
    scheduleFault(world, { kind: 'cpu-hog', node: 'n', threads: 6, atSeconds: 10, lastsSeconds: 20 });
    scheduleFault(world, { kind: 'kill-replica', service: 'back', count: 1, atSeconds: 15 });
    scheduleFault(world, { kind: 'node-down', node: 'n', atSeconds: 40, lastsSeconds: 20 });
    advanceWorld(world, seconds(90));
    const last = takeFrames(world).slice(-15);
    const of = (figure: 'servedRps' | 'inFlight') => last.reduce((sum, { services }) => sum + services[1]![figure]!, 0) / 15;
    expect(of('servedRps')).toBeGreaterThan(30);
    expect(of('inFlight')).toBeLessThan(6);
  });

  test('is asked for by name, and nothing else is', () => {
    expect(parseSystem(SYSTEM)).toMatchObject({ ok: true });
    const wrong = parseSystem({ ...SYSTEM, nodes: [{ ...SYSTEM.nodes[0], cpuModel: 'magic' }] });
    expect(wrong.ok ? [] : wrong.error.map(({ path }) => path)).toEqual(['nodes[0].cpuModel']);
    const halves = parseSystem({ ...SYSTEM, nodes: [{ ...SYSTEM.nodes[0], cpuMillicores: 1_500 }] });
    expect(halves.ok ? [] : halves.error.map(({ path }) => path)).toEqual(['nodes[0].cpuMillicores']);
    expect(served(lived({ ...SYSTEM, nodes: [{ ...SYSTEM.nodes[0]!, cpuModel: undefined }] }, 20), 'front')).toBeGreaterThan(600);
  });
});
