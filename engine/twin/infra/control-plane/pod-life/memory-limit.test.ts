import { expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld, takeFrames } from '@/engine/twin';
import { alarmsOf, cluster, lived, node, service } from '../testing/small-cluster';

const MIB = 1_048_576;
const slow = { demand: { meanMs: 10, law: 'exponential' as const }, wait: { meanMs: 400 } };
const web = (more: object) => cluster({ nodes: [node('n1', { cpuMillicores: 8_000 })], services: [service('web', { ...slow, replicas: 1, memoryMib: 100, ...more })], rps: 40 });

test('requests in flight hold memory, and the frames show it', () => {
  const world = lived(web({ memoryPerRequestMib: 10 }), 60);
  const sample = takeFrames(world).at(-1)!.services.find((each) => each.service === 'web')!;
  expect(sample.inFlight).toBeGreaterThan(5);
  expect(sample.memoryBytes).toBe((100 + 10 * sample.inFlight!) * MIB);
});

test('a container that goes over its limit is killed at once, with every request it had', () => {
  const world = lived(web({ memoryPerRequestMib: 10, memoryLimitMib: 250 }), 60);
  const kills = alarmsOf(world, 'oom-kill');
  expect(kills.length).toBeGreaterThan(0);
  // the 16th request is one too many: 100 + 16 · 10 MiB
  expect(kills[0]!.detail).toBe(`${260 * MIB} bytes exceed the limit of ${250 * MIB}`);
  expect(world.infra.services[0]!.total.failed).toBeGreaterThanOrEqual(15);
  expect(world.infra.replicas[0]!.restarts).toBe(kills.length);
});

test('one that stays below it is never killed, and without memory per request nothing changes', () => {
  expect(alarmsOf(lived(web({ memoryPerRequestMib: 10, memoryLimitMib: 1_000 }), 60), 'oom-kill')).toEqual([]);
  expect(alarmsOf(lived(web({ memoryLimitMib: 101 }), 60), 'oom-kill')).toEqual([]);
});

test('pods are read one by one, as often as the metrics server reads them', () => {
  const world = lived(web({ replicas: 3 }), 30);
  advanceWorld(world, seconds(31));
  const read = takeFrames(world).filter(({ pods }) => pods !== undefined);
  expect(read.map(({ atUs }) => atUs / 1e6)).toEqual([15, 30]);
  const [before, after] = read.map(({ pods }) => pods!);
  expect(after!.map(({ pod }) => pod)).toEqual(['web-1', 'web-2', 'web-3']);
  const used = after!.reduce((sum, pod, i) => sum + pod.cpuSeconds - before![i]!.cpuSeconds, 0);
  expect(used / 15).toBeCloseTo(0.4, 1); // 40 requests a second of 10 ms
});
