import { expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld, compileWorld, inspectRouter, meshMetrics, setMeshLink, type SystemSpec } from '@/engine/twin';

/** Ten requests a second enter at `far` and go to a service at the gateways' side. */
const SYSTEM: SystemSpec = {
  nodes: [{ name: 'n1', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1 }],
  services: [{ name: 'web', replicas: 1, lanes: 4, demand: { meanMs: 1 }, startUp: { meanMs: 500 }, cpuRequestMillicores: 200, memoryMib: 100 }],
  loads: [{ service: 'web', arrivals: 'even', profile: { kind: 'constant', rps: 10 }, router: 'far' }],
  mesh: { routers: [{ name: 'gate', gateway: true }, { name: 'mid' }, { name: 'far' }], links: [{ a: 'gate', b: 'mid' }, { a: 'mid', b: 'far' }] },
};

test('requests and answers that cross the mesh are counted where they are sent, passed on and received', () => {
  const world = compileWorld(SYSTEM, 1);
  advanceWorld(world, seconds(60));
  const counted = (router: string) => inspectRouter(world, router)!.counters;
  const before = { far: counted('far'), mid: counted('mid'), gate: counted('gate') };
  advanceWorld(world, seconds(70));
  expect(counted('far').tx! - before.far.tx!).toBe(100);
  expect(counted('gate').rx! - before.gate.rx!).toBe(100);
  expect(counted('gate').tx! - before.gate.tx!).toBeGreaterThanOrEqual(99);
  expect(counted('mid').forward! - before.mid.forward!).toBeGreaterThanOrEqual(198);
  expect(counted('mid').forwardBytes! / counted('mid').forward!).toBeGreaterThan(1_400);
  setMeshLink(world.mesh!, world.queue, 'gate', 'mid', false);
  const cut = counted('gate').rx!;
  advanceWorld(world, seconds(80));
  expect(counted('gate').rx).toBe(cut);
  expect(meshMetrics(world.mesh!, world.nowUs)).toContain(`batadv_forward_packets_total{router="mid"} ${counted('mid').forward!}`);
});
