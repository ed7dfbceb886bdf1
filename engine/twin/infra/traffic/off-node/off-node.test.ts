import { describe, expect, test } from 'vitest';
import type { LoadSpec, ServiceSpec } from '../../../system-spec';
import { complaints, lived, poisson, service, system } from '../testing/small-world';
import type { ServerlessSpec } from './function-pool';

const even = (rps: number, until = 1_000): LoadSpec => ({ service: 'f', arrivals: 'even', profile: { kind: 'series', stepSeconds: 1, rps: [...Array.from({ length: until }, () => rps), 0] } });
const fn = (serverless: Partial<ServerlessSpec>, load: LoadSpec, more: Partial<ServiceSpec> = {}, ms = 100) =>
  system([service('f', 0, { replicas: 0, demand: { meanMs: ms }, serverless: { coldStart: { meanMs: 800 }, ...serverless }, ...more })], [load]);
const poolOf = (world: ReturnType<typeof lived>) => world.infra.services[0]!.function!;

describe('a serverless function', () => {
  test('starts an instance for its first request, which waits for it, and uses it again', () => {
    const world = lived(fn({}, even(1, 20)), 30);
    const { latency, served } = world.infra.client.total;
    expect(poolOf(world).coldStarts).toBe(1);
    expect(served).toBe(19);
    expect(latency.max).toBe(900_000);
    expect(latency.sum).toBe(18 * 100_000 + 900_000);
  });

  test('needs as many instances as requests are there at once (M/G/∞), one request each', () => {
    const world = lived(fn({ keepAliveSeconds: 1 }, poisson('f', 40), {}, 250), 300, { warmUp: 30 });
    const meanBusy = world.infra.services[0]!.total.cpuCoreUs / 270e6;
    expect(meanBusy).toBeGreaterThan(9.5);
    expect(meanBusy).toBeLessThan(10.5);
  });

  test('lets idle instances go after the keep-alive, except the provisioned ones', () => {
    const lifes = (serverless: Partial<ServerlessSpec>) => poolOf(lived(fn({ keepAliveSeconds: 10, ...serverless }, even(20, 10)), 60)).instances.length;
    expect(lifes({})).toBe(0);
    expect(lifes({ provisioned: 3 })).toBe(3);
    expect(poolOf(lived(fn({ provisioned: 4 }, even(20, 10)), 60)).coldStarts).toBe(0);
  });

  test('refuses beyond its reserved concurrency', () => {
    const world = lived(fn({ instancesMax: 3 }, even(100, 30)), 60);
    expect(poolOf(world).instances.length).toBeLessThanOrEqual(3);
    expect(poolOf(world).throttled).toBe(world.infra.client.total.failed);
    // three instances of 100 ms serve 30 a second
    expect(world.infra.client.total.served).toBeGreaterThan(820);
    expect(world.infra.client.total.served).toBeLessThan(910);
  });

  test('scales no faster than its burst limit', () => {
    const started = (until: number) => poolOf(lived(fn({ burst: { instances: 10, everySeconds: 10 }, keepAliveSeconds: 600 }, even(200), {}, 5_000), until)).coldStarts;
    expect(started(1)).toBeLessThanOrEqual(11);
    expect(started(10)).toBeLessThanOrEqual(20);
    expect(started(30)).toBeLessThanOrEqual(40);
    expect(started(30)).toBeGreaterThan(35);
  });

  test('shares the cores of an instance between the requests in it', () => {
    // two requests at once on one core: each takes twice as long
    const world = lived(fn({ concurrency: 2, provisioned: 1, instancesMax: 1 }, { service: 'f', arrivals: 'closed', profile: { kind: 'users', users: 2, think: { meanMs: 0 } } }), 20);
    const { latency } = world.infra.client.total;
    expect(latency.sum / latency.count).toBeCloseTo(200_000, -2);
    expect(world.infra.services[0]!.total.cpuCoreUs / 20e6).toBeCloseTo(1, 2);
  });

  test('costs what it runs and what it is asked, and nothing when idle', () => {
    const cost = (until: number) => lived(fn({ usdPerGibSecond: 0.0000166667, usdPerMillionRequests: 0.2, provisioned: 1 }, even(10, 50), { memoryMib: 1_024 }), until).infra.microUsdTimesUs / 1e6 / 3.6e9;
    expect(cost(60)).toBeCloseTo(499 * (0.1 * 0.0000166667 + 0.2e-6), 7);
    expect(cost(600)).toBeCloseTo(cost(60), 10);
  });

  test('is read with its limits and has no replicas', () => {
    const base = fn({}, even(1));
    const paths = (change: object) => complaints({ ...base, services: [{ ...base.services[0], ...change }] });
    expect(paths({ replicas: 1 })).toEqual(['services[0].replicas']);
    expect(paths({ serverless: { coldStart: { meanMs: -1 }, concurrency: 0, vcpus: 0, burst: {} } })).toEqual(['coldStart.meanMs', 'concurrency', 'vcpus', 'burst.instances', 'burst.everySeconds'].map((key) => `services[0].serverless.${key}`));
  });
});

describe('an external dependency', () => {
  const calling = (external: object, rps = 20) =>
    system([service('front', 0.1, { lanes: 100, calls: [{ service: 'pay', perRequest: 1, timeoutMs: 1_000 }] }), service('pay', 0, { replicas: 0, demand: { meanMs: 0 }, wait: { meanMs: 120 }, external })], [poisson('front', rps)]);

  test('answers after its time, whatever the load', () => {
    for (const rps of [5, 500]) {
      const { latency } = lived(calling({}, rps), 30).infra.services[1]!.total;
      expect(latency.sum / latency.count).toBe(120_000);
    }
  });

  test('refuses above its rate', () => {
    const world = lived(calling({ rpsLimit: 50 }, 80), 100);
    expect(world.infra.client.total.served).toBeGreaterThan(4_900);
    expect(world.infra.client.total.served).toBeLessThan(5_060);
    expect(world.infra.services[1]!.external!.limited).toBe(world.infra.client.total.failed);
  });

  test('that is out refuses at once or lets its callers wait for their time-out', () => {
    const outage = (mode: 'refuse' | 'hang') => lived(calling({}), 60, { faults: [{ kind: 'dependency-outage', service: 'pay', mode, share: 0.5, atSeconds: 0 }] });
    const refused = outage('refuse');
    const hung = outage('hang');
    for (const world of [refused, hung]) expect(world.infra.client.total.failed / world.infra.client.total.offered).toBeCloseTo(0.5, 1);
    expect(hung.infra.services[0]!.calls[0]!.state.timedOut).toBeGreaterThan(300);
    expect(refused.infra.services[0]!.calls[0]!.state.timedOut).toBe(0);
  });
});
