import { expect, test } from 'vitest';
import { advanceHost, compileHost, parseHost, type HostSpec, type ProgramLoad } from '..';

const box = (load: ProgramLoad, power: HostSpec['power']): HostSpec => ({ name: 'box', cpus: 2, memoryMib: 256, groups: [{ name: 'a' }], programs: [{ name: 'x', group: 'a', load, memoryMib: 5 }], power });
const PI = { idleWatts: 2.7, maxWatts: 6.4 };
const DEEP = { ...PI, deepIdle: { watts: 0.9, afterMs: 20 } };

function meanWatts(spec: HostSpec, sampleSeconds = 0.5): number {
  const read = parseHost(JSON.parse(JSON.stringify(spec)));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const world = compileHost(read.value, { seed: 1, sampleSeconds });
  advanceHost(world, 60e6);
  const samples = world.samples.filter(({ atUs }) => atUs > 10e6);
  return samples.reduce((sum, { watts }) => sum + watts!, 0) / samples.length;
}

test('without deep idle, power is by utilization', () => {
  expect(meanWatts(box({ kind: 'busy', threads: 1 }, PI))).toBeCloseTo((2.7 + 6.4) / 2, 1);
  expect(meanWatts(box({ kind: 'timer', everySeconds: 50, cpuMs: 1 }, PI))).toBeCloseTo(2.7, 1);
});

test('a host with nothing to do sleeps deep, a busy one never', () => {
  expect(meanWatts(box({ kind: 'timer', everySeconds: 50, cpuMs: 1 }, DEEP))).toBeCloseTo(0.9, 1);
  expect(meanWatts(box({ kind: 'busy', threads: 2 }, DEEP))).toBeCloseTo(6.4, 1);
});

test('the same work in many wake-ups draws more than in one piece', () => {
  const often = meanWatts(box({ kind: 'timer', everySeconds: 0.03, cpuMs: 1.5 }, DEEP));
  const once = meanWatts(box({ kind: 'timer', everySeconds: 1, cpuMs: 50 }, DEEP));
  expect(once).toBeCloseTo(0.93 * 0.9 + 0.07 * (2.7 + 3.7 * (0.025 / 0.07)), 1);
  expect(often).toBeGreaterThan(once * 1.5);
});

test('however long the samples are, the energy is the same', () => {
  const load: ProgramLoad = { kind: 'timer', everySeconds: 0.7, cpuMs: 90 };
  expect(meanWatts(box(load, DEEP), 0.25)).toBeCloseTo(meanWatts(box(load, DEEP), 5), 1);
});
