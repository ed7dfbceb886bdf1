import { describe, expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceNoting, advanceWorld, applyCommand, compileWorld, forkWorld, inspectRouter, noteMoment, worldAt, worldHash, worldHistory, type SystemSpec } from '@/engine/twin';

const SYSTEM: SystemSpec = {
  nodes: [{ name: 'n1', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1 }],
  services: [{ name: 'web', replicas: 1, lanes: 1, demand: { meanMs: 5 }, startUp: { meanMs: 800 }, cpuRequestMillicores: 200, memoryMib: 100 }],
  loads: [{ service: 'web', arrivals: 'poisson', profile: { kind: 'constant', rps: 5 }, router: 'far' }],
  mesh: { routers: [{ name: 'gate', gateway: true }, { name: 'mid' }, { name: 'far' }], links: [{ a: 'gate', b: 'mid', lossPercent: 10 }, { a: 'mid', b: 'far', lossPercent: 20 }] },
};

/** The hash of every fifth second as it was lived, and the history that was kept. */
function lived() {
  const world = compileWorld(SYSTEM, 5);
  const history = worldHistory();
  noteMoment(history, world, true);
  const hashes = new Map<number, string>();
  const until = (end: number) => {
    for (let at = world.nowUs / 1e6 + 5; at <= end; at += 5) {
      advanceNoting(history, world, seconds(at));
      hashes.set(at, worldHash(world));
    }
  };
  until(60);
  applyCommand(world, { kind: 'set-hop-penalty', router: 'mid', hopPenalty: 120 });
  noteMoment(history, world, true);
  hashes.set(60, worldHash(world));
  until(700);
  return { world, history, hashes };
}

describe('looking back', () => {
  test('every earlier moment is exactly what it was, whatever the order of the looks, also across a change', () => {
    const { history, hashes } = lived();
    for (const at of [5, 55, 60, 65, 690, 30, 345, 350, 355, 700]) expect(worldHash(worldAt(history, seconds(at))!), `second ${at}`).toBe(hashes.get(at));
  });

  test('a moment between two copies shows the tables of that moment', () => {
    const { history } = lived();
    const world = compileWorld(SYSTEM, 5);
    advanceWorld(world, seconds(33));
    expect(inspectRouter(worldAt(history, seconds(33))!, 'far')).toEqual(inspectRouter(world, 'far'));
  });

  test('copies stay few, are spread over the whole past, and none is changed by a look', () => {
    const { history } = lived();
    expect(history.marks.length).toBeLessThanOrEqual(62);
    expect(history.spacingUs).toBeGreaterThan(5e6);
    const before = history.marks.map((mark) => worldHash(mark.world));
    worldAt(history, seconds(333));
    expect(history.marks.map((mark) => worldHash(mark.world))).toEqual(before);
  });

  test('there is nothing to see before the first copy, and a world too large to copy keeps none', () => {
    const { history } = lived();
    history.marks = history.marks.filter((mark) => mark.world.nowUs >= seconds(100));
    expect(worldAt(history, seconds(50))).toBeNull();
    const world = compileWorld({ ...SYSTEM, mesh: { routers: Array.from({ length: 1_100 }, (_, i) => ({ name: `r${i}`, gateway: i === 0 })), links: Array.from({ length: 3_297 }, (_, i) => ({ a: `r${i % 1_099}`, b: `r${(i % 1_099) + 1}` })) }, loads: [] }, 1);
    const none = worldHistory();
    noteMoment(none, forkWorld(world), true);
    expect(none.marks).toEqual([]);
  });
});
