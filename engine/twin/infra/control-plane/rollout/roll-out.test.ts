import { describe, expect, test } from 'vitest';
import { advanceWorld, effectClassOf, inverseCommand, takeFrames, type World } from '@/engine/twin';
import { seconds } from '@/engine/kernel';
import { alarmsOf, cluster, lived, livesOn, node, phasesOf, service } from '../testing/small-cluster';

const big = [node('n1', { cpuMillicores: 16_000, memoryMib: 16_384 })];
const rollOut = { kind: 'roll-out', service: 'web' } as const;
const webOf = ({ infra }: World) => infra.services[0]!;
const active = (world: World) => webOf(world).replicas.map((r) => world.infra.replicas[r]!).filter(({ phase }) => phase !== 'draining');

/** Smallest number of ready and largest number of active pods, looked at ten times a second. */
function extremes(world: World, untilSeconds: number): { readonly readyMin: number; readonly activeMax: number } {
  let [readyMin, activeMax] = [Infinity, 0];
  for (let at = world.nowUs; at < seconds(untilSeconds); at = (at + 100_000) as typeof at) {
    advanceWorld(world, at);
    readyMin = Math.min(readyMin, active(world).filter(({ phase }) => phase === 'ready').length);
    activeMax = Math.max(activeMax, active(world).length);
  }
  return { readyMin, activeMax };
}

describe('a rolling update', () => {
  test('keeps within surge and unavailable at every moment, and replaces every pod', () => {
    for (const [maxSurge, maxUnavailable, readyMin, activeMax] of [['25%', '25%', 6, 10], [0, 1, 7, 8], [1, 0, 8, 9], [2, 2, 6, 10]] as const) {
      const world = lived(cluster({ nodes: big, services: [service('web', { replicas: 8, rollout: { maxSurge, maxUnavailable } })], rps: 50 }), 20);
      livesOn(world, 20, rollOut);
      const seen = extremes(world, 90);
      expect(seen.readyMin).toBeGreaterThanOrEqual(readyMin);
      expect(seen.activeMax).toBeLessThanOrEqual(activeMax);
      expect(active(world).map(({ revision, phase }) => [revision, phase])).toEqual(Array.from({ length: 8 }, () => [2, 'ready']));
      expect(webOf(world).rules.rolling).toBe(false);
    }
  });

  test('waits for pods to be ready for long enough', () => {
    const doneAfter = (minReadySeconds: number) => {
      const world = lived(cluster({ nodes: big, services: [service('web', { replicas: 4, rollout: { maxSurge: 1, maxUnavailable: 0, minReadySeconds } })] }), 20);
      livesOn(world, 20, rollOut);
      while (webOf(world).rules.rolling) advanceWorld(world, (world.nowUs + 100_000) as typeof world.nowUs);
      return world.nowUs / 1e6 - 20;
    };
    expect(doneAfter(0)).toBeCloseTo(4 * 3, 0);
    expect(doneAfter(10)).toBeCloseTo(4 * 13, 0);
  });

  test('Recreate takes all old pods away before it makes a new one', () => {
    const world = lived(cluster({ nodes: big, services: [service('web', { replicas: 4, rollout: { strategy: 'Recreate' } })], rps: 50 }), 20);
    livesOn(world, 21, rollOut);
    expect(phasesOf(world, 'web')).toEqual(['starting', 'starting', 'starting', 'starting']);
    livesOn(world, 30);
    expect(takeFrames(world).filter(({ atUs }) => atUs > seconds(20)).some(({ services }) => services[0]!.errorRps! > 0)).toBe(true);
  });

  test('without room for one more pod it is stuck, and says so', () => {
    const world = lived(cluster({ nodes: [node('n1')], services: [service('web', { replicas: 4, rollout: { maxSurge: 1, maxUnavailable: 0 } })] }), 20);
    livesOn(world, 700, rollOut);
    expect(alarmsOf(world, 'rollout-stuck')).toHaveLength(1);
    expect(active(world).filter(({ phase }) => phase === 'ready')).toHaveLength(4);
  });

  test('gives the new pods their requests; those can be taken back, a restart cannot', () => {
    const world = lived(cluster({ nodes: big, services: [service('web')] }), 5);
    livesOn(world, 60, { ...rollOut, cpuRequestMillicores: 250, memoryRequestMib: 64 });
    expect(active(world).map(({ cpuRequest, memoryRequestBytes }) => [cpuRequest, memoryRequestBytes])).toEqual([[250, 64 * 2 ** 20], [250, 64 * 2 ** 20]]);
    const before = { services: [{ service: 'web', replicas: 2, quotaMillicores: null, cpuRequestMillicores: 500 }] };
    expect(inverseCommand({ ...rollOut, cpuRequestMillicores: 250 }, before)).toEqual({ ...rollOut, cpuRequestMillicores: 500 });
    expect([inverseCommand(rollOut, before), inverseCommand({ ...rollOut, memoryRequestMib: 1 }, before)]).toEqual([null, null]);
    expect([effectClassOf(rollOut), effectClassOf({ ...rollOut, cpuRequestMillicores: 1 })]).toEqual(['C', 'A']);
  });
});
