import { describe, expect, test } from 'vitest';
import { recommendSizes, type SizingMethod } from './recommend';
import { historyOf, small, steady } from '../testing/small-systems';

const web = (method: SizingMethod, spec = small(), history = historyOf([steady(200, 150)]), allowHpa = false) => recommendSizes(spec, history, method, { allowHpa })[0]!;
const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

describe('the 95th percentile', () => {
  test('is taken over all readings of all pods; memory may use no more than that', () => {
    const { then, aboveMemoryLimit } = web('p95', small(), historyOf([{ cpu: hundred, memoryMib: hundred }]));
    expect(then).toEqual({ cpuRequestMillicores: 96, cpuLimitMillicores: null, memoryRequestMib: 96, memoryLimitMib: 96 });
    expect(aboveMemoryLimit).toBeCloseTo(0.04, 9);
  });
  test('keeps the ratio of a CPU limit to its request; a limit without a request is the request', () => {
    expect(web('p95', small({ service: { quotaMillicores: 1_500 } })).then).toMatchObject({ cpuRequestMillicores: 200, cpuLimitMillicores: 300 });
    expect(web('p95', small({ service: { quotaMillicores: 1_500, cpuRequestMillicores: 0 } })).then).toMatchObject({ cpuRequestMillicores: 200, cpuLimitMillicores: 200 });
  });
});

describe('the vertical autoscaler', () => {
  test('takes bucket ends and 15 %, and asks for no less than its floor of 25 m and 250 MiB', () => {
    const { then } = web('vpa');
    // 200 m lie in the bucket that ends at 215 m, and 15 % more are 247 m; the memory is below the floor of a pod
    expect(then).toMatchObject({ cpuRequestMillicores: 247, memoryRequestMib: 250, memoryLimitMib: null });
    expect(web('vpa', small(), historyOf([steady(1, 1)])).then).toMatchObject({ cpuRequestMillicores: 25, memoryRequestMib: 250 });
  });
  test('scales limits with requests, and stays within the policy of the service', () => {
    const policy = { mode: 'Off', minAllowed: { cpuMillicores: 400 }, controls: ['cpu'] };
    const { then } = web('vpa', small({ service: { quotaMillicores: 2_000, memoryLimitMib: 400, verticalAutoscaler: policy } }));
    expect(then).toEqual({ cpuRequestMillicores: 400, cpuLimitMillicores: 800, memoryRequestMib: 200, memoryLimitMib: 400 });
  });
  test('a kill for memory raises it by at least 100 MiB above what was asked for', () => {
    const calm = web('vpa', small({ service: { memoryMib: 400 } }), historyOf([steady(200, 390)])).then.memoryRequestMib;
    const killed = web('vpa', small({ service: { memoryMib: 400 } }), historyOf([steady(200, 390)], { killedAtSeconds: [600] })).then.memoryRequestMib;
    expect(calm).toBeLessThan(500);
    expect(killed).toBeGreaterThanOrEqual(500 * 1.15);
  });
});

describe('KRR', () => {
  test('takes the busiest pod, no CPU limit, and the memory peak with 15 % as request and limit', () => {
    const { then, kept } = web('krr', small({ service: { quotaMillicores: 2_000 } }), historyOf([steady(100, 150), steady(300, 180)]));
    expect(then).toEqual({ cpuRequestMillicores: 300, cpuLimitMillicores: null, memoryRequestMib: 207, memoryLimitMib: 207 });
    expect(kept).toEqual([]);
  });
  test('leaves alone what a horizontal autoscaler scales on, unless it is allowed', () => {
    const scaled = small({ service: { autoscaler: { min: 2, max: 6 } } });
    const { then, kept } = web('krr', scaled);
    expect([then.cpuRequestMillicores, then.memoryRequestMib]).toEqual([1_000, 173]);
    expect(kept).toEqual([{ resource: 'cpu', why: 'a horizontal autoscaler scales on it, and KRR leaves that alone' }]);
    expect(web('krr', scaled, undefined, true).then.cpuRequestMillicores).toBe(200);
  });
  test('says how many readings it would need', () => {
    expect(web('krr', small(), historyOf([steady(200, 150, 40)])).kept.map(({ why }) => why)).toEqual(['40 readings, KRR asks for 100', '40 readings, KRR asks for 100']);
  });
  test('buys a quarter above the limit at which a container died', () => {
    expect(web('krr', small({ service: { memoryLimitMib: 400 } }), historyOf([steady(200, 150)], { killedAtSeconds: [60] })).then.memoryLimitMib).toBe(500);
  });
});

test('a service nobody measured keeps what it has, and says so', () => {
  for (const method of ['p95', 'vpa', 'krr'] as const) {
    const { now, then, kept } = web(method, small(), { seconds: 0, services: [] });
    expect(then).toEqual(now);
    expect(kept).toHaveLength(2);
  }
});

test('what runs on no machine of this system has no requests to set', () => {
  const bank = { name: 'bank', replicas: 0, lanes: 1, demand: { meanMs: 5 }, startUp: { meanMs: 1 }, cpuRequestMillicores: 0, memoryMib: 0, external: {} };
  expect(recommendSizes(small({ system: { services: [bank], loads: [] } }), historyOf([steady(200, 150)]), 'p95')).toEqual([]);
});
