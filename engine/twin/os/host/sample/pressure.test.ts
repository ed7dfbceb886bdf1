import { describe, expect, test } from 'vitest';
import { advanceHost, compileHost, type HostSpec } from '..';

const SECOND = 1e6;
const box = (more: Partial<HostSpec>): HostSpec => ({ name: 'box', cpus: 1, memoryMib: 512, groups: [{ name: 'a' }], programs: [], ...more });
const busy = (name: string, threads: number) => ({ name, group: 'a', load: { kind: 'busy' as const, threads }, memoryMib: 10 });

function pressureAfter(spec: HostSpec, seconds: number) {
  const world = compileHost(spec, { seed: 1, sampleSeconds: 1 });
  advanceHost(world, seconds * SECOND);
  const { cpuSome, cpuFull, ioSome, ioFull } = world.samples.at(-1)!.pressure!;
  return { cpuSome: cpuSome!, cpuFull: cpuFull!, ioSome: ioSome!, ioFull: ioFull! };
}

describe('pressure of a host', () => {
  test('two that compute on one CPU press it all the time, one alone never', () => {
    expect(pressureAfter(box({ programs: [busy('x', 2)] }), 80).cpuSome).toBeGreaterThan(98);
    expect(pressureAfter(box({ programs: [busy('x', 1)] }), 80).cpuSome).toBeLessThan(0.5);
    expect(pressureAfter(box({ cpus: 2, programs: [busy('x', 2)] }), 80).cpuSome).toBeLessThan(1);
  });

  test('a quota presses as waiting does: a throttled task is runnable', () => {
    const { cpuSome, cpuFull } = pressureAfter(box({ groups: [{ name: 'a', quotaMs: 30 }], programs: [busy('x', 1)] }), 80);
    expect(cpuSome).toBeGreaterThan(65);
    expect(cpuSome).toBeLessThan(75);
    expect(cpuFull).toBe(0);
  });

  test('each group has its own: who waits feels it, a throttled group is full, those above feel both, others nothing', () => {
    const world = compileHost(box({ cpus: 2, groups: [{ name: 'a', quotaMs: 30, cpus: [0] }, { name: 'p', cpus: [1] }, { name: 'q', parent: 'p' }], programs: [busy('x', 1), { ...busy('y', 2), group: 'q' }] }), { seed: 1, sampleSeconds: 1 });
    advanceHost(world, 80 * SECOND);
    const [a, p, q] = world.samples.at(-1)!.groups.map(({ pressure }) => pressure!);
    expect(a!.cpuFull!).toBeGreaterThan(65);
    expect(a!.cpuFull!).toBeLessThan(75);
    expect(q!.cpuSome!).toBeGreaterThan(98);
    expect(q!.cpuFull!).toBeLessThan(1);
    expect(p).toEqual(q);
    expect([a!.ioSome, a!.memorySome]).toEqual([0, 0]);
  });

  test('waiting for a disk is I/O pressure, waiting for the network is none', () => {
    const api = (waitsFor: 'disk' | 'network') => ({ name: 'api', group: 'a', load: { kind: 'requests' as const, rps: 40, lanes: 4, cpu: { meanMs: 1 }, wait: { meanMs: 10 }, waitsFor }, memoryMib: 10 });
    const disk = pressureAfter(box({ programs: [api('disk')] }), 80);
    expect(disk.ioSome).toBeGreaterThan(25); // 1 − exp(−0.4)
    expect(disk.ioSome).toBeLessThan(42);
    expect(disk.ioFull).toBeLessThanOrEqual(disk.ioSome);
    expect(pressureAfter(box({ programs: [api('network')] }), 80).ioSome).toBeLessThan(0.1);
  });

  test('it fades on a host that has become idle', () => {
    const world = compileHost(box({ programs: [{ name: 'cron', group: 'a', load: { kind: 'timer', everySeconds: 60, cpuMs: 4_000 }, memoryMib: 5 }, { name: 'other', group: 'a', load: { kind: 'timer', everySeconds: 60, cpuMs: 4_000 }, memoryMib: 5 }] }), { seed: 1, sampleSeconds: 1 });
    advanceHost(world, 110 * SECOND);
    const some = world.samples.map(({ pressure }) => pressure!.cpuSome!);
    expect(Math.max(...some)).toBeGreaterThan(30);
    expect(some.at(-1)!).toBeLessThan(5);
  });
});
