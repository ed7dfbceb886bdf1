import { describe, expect, test } from 'vitest';
import type { CallSpec } from '../call-policy';
import { complaints, lived, poisson, service, system } from '../testing/small-world';
import type { CallGroupSpec } from './call-group';

const backs = ['x', 'y', 'z'];
const graph = (waitFor: CallGroupSpec['waitFor'] | null, rps = 5, call: Partial<CallSpec> = {}) =>
  system(
    [
      service('front', 0.01, { lanes: 100, calls: backs.map((name) => ({ service: name, perRequest: 1, ...(waitFor === null ? {} : { group: 'all' }), ...call })), ...(waitFor === null ? {} : { groups: [{ name: 'all', waitFor }] }) }),
      ...backs.map((name) => service(name, 30, { lanes: 1_000 })),
    ],
    [poisson('front', rps)],
  );
const meanMs = (world: ReturnType<typeof lived>) => world.infra.client.total.latency.sum / world.infra.client.total.latency.count / 1_000;

describe('calls made at once', () => {
  // order statistics of three exponential times of mean 30 ms: 30 · (1/3 + 1/2 + 1), 30 · (1/3 + 1/2), 30 / 3
  test.each([
    [null, 90],
    ['all', 55],
    [2, 25],
    ['first', 10],
  ] as const)('waiting for %s take as long as the order statistic says', (waitFor, expected) => {
    const mean = meanMs(lived(graph(waitFor), 2_000));
    expect(mean).toBeGreaterThan(expected * 0.96);
    expect(mean).toBeLessThan(expected * 1.04);
  });

  test('load every callee although only the first answer counts', () => {
    const world = lived(graph('first'), 300);
    const offered = world.infra.services.slice(1).map(({ total }) => total.offered);
    for (const count of offered) expect(count).toBe(world.infra.services[0]!.total.offered);
    expect(world.infra.spans.size - world.infra.spans.freeCount).toBeLessThan(20);
  });

  test('survive what a quorum survives: one dead callee of three', () => {
    const outage = [{ kind: 'dependency-outage', service: 'y', mode: 'refuse', share: 1, atSeconds: 10 } as const];
    const failed = (waitFor: CallGroupSpec['waitFor'] | null) => {
      const { failed: lost, offered } = lived(graph(waitFor), 100, { faults: outage }).infra.client.total;
      return lost / offered;
    };
    expect(failed(null)).toBeGreaterThan(0.85);
    expect(failed('all')).toBeGreaterThan(0.85);
    expect(failed(2)).toBe(0);
    expect(failed('first')).toBe(0);
  });

  test('of one callee, several times: a quorum read', () => {
    const spec = system([service('front', 0.01, { lanes: 100, calls: [{ service: 'x', perRequest: 3, group: 'read' }], groups: [{ name: 'read', waitFor: 2 }] }), service('x', 30, { lanes: 1_000 })], [poisson('front', 5)]);
    const mean = meanMs(lived(spec, 2_000));
    expect(mean).toBeGreaterThan(24);
    expect(mean).toBeLessThan(26);
  });
});

describe('a hedged call', () => {
  const hedged = (hedgeAfterMs: number | undefined, faults: Parameters<typeof lived>[2] = {}) =>
    lived(system([service('front', 0.01, { lanes: 100, calls: [{ service: 'back', perRequest: 1, ...(hedgeAfterMs === undefined ? {} : { hedgeAfterMs }) }] }), service('back', 10, { lanes: 1_000, replicas: 2 })], [poisson('front', 20)]), 400, faults);

  test('ends with the sooner of two: beyond the delay the tail falls twice as fast', () => {
    const world = hedged(30);
    // mean of min(X, 30 + Y): ∫ P(X > t) dt up to 30, then P(X > t) P(Y > t − 30)
    const expected = 10 * (1 - Math.exp(-3)) + Math.exp(-3) * 5;
    expect(meanMs(world)).toBeGreaterThan(expected * 0.96);
    expect(meanMs(world)).toBeLessThan(expected * 1.04);
  });

  test('is made twice as often as its delay is exceeded', () => {
    const world = hedged(20);
    const { hedged: second } = world.infra.services[0]!.calls[0]!.state;
    const share = second / world.infra.services[0]!.total.offered;
    expect(share).toBeGreaterThan(Math.exp(-2) * 0.85);
    expect(share).toBeLessThan(Math.exp(-2) * 1.15);
    expect(world.infra.services[1]!.total.offered).toBe(world.infra.services[0]!.total.offered + second);
  });

  test('is answered although the first try hangs', () => {
    const answered = (after: number | undefined) => {
      const { served, offered } = hedged(after, { faults: [{ kind: 'dependency-outage', service: 'back', mode: 'hang', share: 0.2, atSeconds: 0 }] }).infra.client.total;
      return served / offered;
    };
    expect(answered(undefined)).toBeGreaterThan(0.77);
    expect(answered(undefined)).toBeLessThan(0.83);
    expect(answered(20)).toBeGreaterThan(0.94);
    expect(answered(20)).toBeLessThan(0.98);
  });
});

test('groups are read with their limits and must be used, stand together and exist', () => {
  const base = graph(2);
  const [front, ...rest] = base.services;
  const paths = (calls: unknown, groups: unknown) => complaints({ ...base, services: [{ ...front, calls, groups }, ...rest] });
  const call = (name: string, group?: string) => ({ service: name, perRequest: 1, ...(group === undefined ? {} : { group }) });
  expect(paths([call('x', 'g')], [])).toEqual(['services[0].calls[0].group']);
  expect(paths([call('x', 'g'), call('y'), call('z', 'g')], [{ name: 'g', waitFor: 'all' }])).toEqual(['services[0].calls[2].group']);
  expect(paths([call('x', 'g')], [{ name: 'g', waitFor: 0 }, { name: 'h', waitFor: 'some' }])).toEqual(expect.arrayContaining(['services[0].groups[0].waitFor', 'services[0].groups[1].waitFor', 'services[0].groups[1].name']));
});
