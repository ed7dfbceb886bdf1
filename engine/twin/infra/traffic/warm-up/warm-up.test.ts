import { describe, expect, test } from 'vitest';
import { complaints, lived, poisson, service, system } from '../testing/small-world';
import { coldness, warmUp } from './warm-up';

describe('a replica that has just started', () => {
  test('is slow at first and as fast as ever after many half-lives, by requests or by time', () => {
    const byRequests = warmUp({ factor: 5, halfLifeRequests: 10 });
    const factors = Array.from({ length: 400 }, () => coldness(byRequests, 0, 0));
    expect(factors[0]).toBe(5);
    expect(factors[10]).toBeCloseTo(3, 9);
    expect(factors[20]).toBeCloseTo(2, 9);
    expect(factors[399]).toBeCloseTo(1, 6);
    const byTime = warmUp({ factor: 3, halfLifeSeconds: 20 });
    expect([0, 20, 40, 2_000].map((second) => coldness(byTime, 0, second * 1e6))).toEqual([3, expect.closeTo(2, 9), expect.closeTo(1.5, 9), 1]);
  });

  test('uses more CPU for the same requests than those that were there when the run began', () => {
    const spec = system([service('s', 5, { lanes: 50, warmUp: { factor: 6, halfLifeRequests: 200 }, demand: { meanMs: 5 } })], [poisson('s', 50)]);
    const cpu = (faults: Parameters<typeof lived>[2]) => {
      const { cpuCoreUs, served } = lived(spec, 60, faults).infra.services[0]!.total;
      return cpuCoreUs / served / 1_000;
    };
    expect(cpu({})).toBeCloseTo(5, 1);
    // what 1 500 requests after the restart at half time need more: Σ (6 − 1) · 2^(−i/200) · 5 ms over 3 000 requests
    const extraMs = (5 * 5 * 200) / Math.LN2 / 3_000;
    const restarted = cpu({ faults: [{ kind: 'kill-replica', service: 's', count: 1, atSeconds: 30 }] });
    expect(restarted).toBeGreaterThan(5 + extraMs * 0.85);
    expect(restarted).toBeLessThan(5 + extraMs * 1.15);
  });

  test('says by what it warms up, and by one thing only', () => {
    const base = system([service('s', 1)], []);
    const paths = (warm: object) => complaints({ ...base, services: [{ ...base.services[0], warmUp: warm }] });
    expect(paths({ factor: 2 })).toEqual(['services[0].warmUp']);
    expect(paths({ factor: 2, halfLifeSeconds: 1, halfLifeRequests: 1 })).toEqual(['services[0].warmUp']);
    expect(paths({ factor: 0.5, halfLifeSeconds: 1 })).toEqual(['services[0].warmUp.factor']);
  });
});
