import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recommendSizes, SIZING_METHODS, type SizingMethod } from './recommend';
import { historyOf, small } from '../testing/small-systems';

const RUNS = { seed: 20261121, numRuns: 100 };
const FLOORS: Readonly<Record<SizingMethod, { readonly cpu: number; readonly memoryMib: number }>> = { p95: { cpu: 10, memoryMib: 6 }, vpa: { cpu: 25, memoryMib: 250 }, krr: { cpu: 10, memoryMib: 100 } };

const reading = fc.record({ cpu: fc.integer({ min: 0, max: 20_000 }), memoryMib: fc.integer({ min: 0, max: 60_000 }) });
const pod = fc.array(reading, { minLength: 100, maxLength: 120 }).map((readings) => ({ cpu: readings.map(({ cpu }) => cpu), memoryMib: readings.map(({ memoryMib }) => memoryMib) }));
const pods = fc.array(pod, { minLength: 1, maxLength: 3 });
const method = fc.constantFrom(...SIZING_METHODS);
const spec = small({ service: { quotaMillicores: 1_500, memoryLimitMib: 400 } });

test('no method asks for less than its floor, and no limit is below its request', () => {
  fc.assert(fc.property(method, pods, (by, used) => {
    const { then } = recommendSizes(spec, historyOf(used), by)[0]!;
    expect(then.cpuRequestMillicores).toBeGreaterThanOrEqual(FLOORS[by].cpu);
    expect(then.memoryRequestMib).toBeGreaterThanOrEqual(FLOORS[by].memoryMib);
    expect(then.cpuLimitMillicores ?? Infinity).toBeGreaterThanOrEqual(then.cpuRequestMillicores);
    expect(then.memoryLimitMib ?? Infinity).toBeGreaterThanOrEqual(then.memoryRequestMib);
  }), RUNS);
});

test('who uses more is never given less', () => {
  fc.assert(fc.property(method, pods, fc.integer({ min: 100, max: 300 }), (by, used, percent) => {
    const more = used.map(({ cpu, memoryMib }) => ({ cpu: cpu.map((value) => (value * percent) / 100), memoryMib: memoryMib.map((value) => (value * percent) / 100) }));
    const [less, grown] = [recommendSizes(spec, historyOf(used), by)[0]!.then, recommendSizes(spec, historyOf(more), by)[0]!.then];
    expect(grown.cpuRequestMillicores).toBeGreaterThanOrEqual(less.cpuRequestMillicores);
    expect(grown.memoryRequestMib).toBeGreaterThanOrEqual(less.memoryRequestMib);
  }), RUNS);
});

test('KRR’s memory limit stands above everything that was read, the 95th percentile’s above 95 % of it, give or take one', () => {
  fc.assert(fc.property(pods, (used) => {
    expect(recommendSizes(spec, historyOf(used), 'krr')[0]!.aboveMemoryLimit).toBe(0);
    expect(recommendSizes(spec, historyOf(used), 'p95')[0]!.aboveMemoryLimit).toBeLessThanOrEqual(0.05 + 1 / used.reduce((sum, { cpu }) => sum + cpu.length, 0));
  }), RUNS);
});
