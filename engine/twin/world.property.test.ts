import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seconds, type TimeUs } from '@/engine/kernel';
import { advanceWorld, compileWorld, forkWorld, reseedWorld, scheduleFault, takeFrames, worldHash, type FaultSpec, type SystemSpec } from '@/engine/twin';

const system: SystemSpec = {
  nodes: ['n1', 'n2', 'n3'].map((name) => ({ name, cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, ...(name === 'n1' ? { router: 'r1' } : {}) })),
  services: [
    { name: 'web', replicas: 2, lanes: 1, demand: { meanMs: 5, cv: 0.5 }, calls: [{ service: 'api', perRequest: 1.3 }], startUp: { meanMs: 800, cv: 0.3 }, cpuRequestMillicores: 200, memoryMib: 100, queueLimit: 50, timeoutMs: 1_000 },
    { name: 'api', replicas: 3, lanes: 2, holdsLane: true, demand: { meanMs: 12, cv: 1 }, wait: { meanMs: 4, cv: 1 }, quotaMillicores: 700, startUp: { meanMs: 1_500 }, cpuRequestMillicores: 400, memoryMib: 200, memoryLimitMib: 260, queueLimit: 30, balancing: 'least-in-flight' },
  ],
  loads: [
    { service: 'web', arrivals: 'poisson', profile: { kind: 'day', meanRps: 40, amplitude: 0.5, daySeconds: 20 } },
    { service: 'web', arrivals: 'even', router: 'r2', profile: { kind: 'constant', rps: 5 } },
  ],
  mesh: { routers: [{ name: 'r1', gateway: true }, { name: 'r2' }], links: [{ a: 'r1', b: 'r2', lossPercent: 5, delayMs: 2 }] },
  nodeLoss: { endpointSeconds: 2, rescheduleSeconds: 4 },
};

const fault: fc.Arbitrary<FaultSpec> = fc
  .record({ atSeconds: fc.integer({ min: 0, max: 12 }), lastsSeconds: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }) })
  .chain((times) =>
    fc.oneof(
      fc.constantFrom('n1', 'n2', 'n3').map((node): FaultSpec => ({ ...times, kind: 'node-down', node })),
      fc.integer({ min: 1, max: 6 }).map((threads): FaultSpec => ({ ...times, kind: 'cpu-hog', node: 'n2', threads })),
      fc.integer({ min: 1, max: 300 }).map((extraMs): FaultSpec => ({ ...times, kind: 'slow-service', service: 'api', extraMs })),
      fc.integer({ min: 1, max: 40 }).map((mibPerSecond): FaultSpec => ({ ...times, kind: 'memory-leak', service: 'api', mibPerSecond })),
      fc.integer({ min: 1, max: 3 }).map((count): FaultSpec => ({ ...times, kind: 'kill-replica', service: 'api', count })),
      fc.constantFrom(0.3, 2, 4).map((factor): FaultSpec => ({ ...times, kind: 'load-factor', service: 'web', factor })),
      fc.constant<FaultSpec>({ ...times, kind: 'link-down', a: 'r1', b: 'r2' }),
    ),
  );
const faults = fc.array(fault, { maxLength: 4 });
const worldWith = (seed: number, list: readonly FaultSpec[]) => {
  const world = compileWorld(system, seed);
  for (const each of list) scheduleFault(world, each);
  return world;
};
const END = seconds(16);
const runs = { numRuns: 25, seed: 20261121 };

describe('a world', () => {
  test('has one future per seed, whatever the slices', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), faults, fc.integer({ min: 1, max: 700 }), (seed, list, slice) => {
        const whole = worldWith(seed, list);
        advanceWorld(whole, END);
        const sliced = worldWith(seed, list);
        while (!advanceWorld(sliced, END, slice));
        expect(worldHash(sliced)).toBe(worldHash(whole));
        expect(takeFrames(sliced)).toEqual(takeFrames(whole));
      }),
      runs,
    );
  });

  test('forked at any time and continued equals a cold run, and leaves the original alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), faults, fc.integer({ min: 0, max: 16_000_000 }), (seed, list, at) => {
        const cold = worldWith(seed, list);
        advanceWorld(cold, END);
        const world = worldWith(seed, list);
        advanceWorld(world, at as TimeUs);
        const before = worldHash(world);
        const fork = forkWorld(world);
        advanceWorld(fork, END);
        expect(worldHash(world)).toBe(before);
        expect(worldHash(fork)).toBe(worldHash(cold));
      }),
      runs,
    );
  });

  test('loses no request: offered = served + failed + still in flight, at every service', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), faults, (seed, list) => {
        const world = worldWith(seed, list);
        advanceWorld(world, END);
        const { services, spans } = world.infra;
        const free = new Set(spans.free.subarray(0, spans.freeCount));
        services.forEach((service, index) => {
          let inFlight = 0;
          for (let span = 0; span < spans.size; span += 1) if (!free.has(span) && spans.service[span] === index) inFlight += 1;
          expect(service.total.offered).toBe(service.total.served + service.total.failed + inFlight);
        });
      }),
      runs,
    );
  });

  test('never gives a node more CPU time than it has, nor a replica more than its quota', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), faults, (seed, list) => {
        const world = worldWith(seed, list);
        advanceWorld(world, END);
        for (const frame of takeFrames(world)) {
          for (const node of frame.nodes) expect(node.cpuCores!).toBeLessThanOrEqual(node.cpuCapacityCores + 1e-6);
          const api = frame.services.find((s) => s.service === 'api')!;
          // a second holds at most eleven period starts per replica, each worth 70 ms; draining ones count too
          expect(api.cpuCores!).toBeLessThanOrEqual(0.77 * 6 + 1e-6);
        }
      }),
      runs,
    );
  });

  test('reseeded, keeps its present and gets another future', () => {
    const world = worldWith(1, []);
    advanceWorld(world, seconds(5));
    const twins = [7, 7, 8].map((seed) => {
      const fork = forkWorld(world);
      reseedWorld(fork, seed);
      advanceWorld(fork, END);
      return worldHash(fork);
    });
    expect(twins[0]).toBe(twins[1]);
    expect(twins[0]).not.toBe(twins[2]);
  });
});
