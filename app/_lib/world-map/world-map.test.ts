import { expect, test } from 'vitest';
import { demo } from '@/scenarios/demo';
import { layOutWorld } from './lay-out-world';
import { orderOnRing } from './order-on-ring';
import { nodeRisk, routerRisk, serviceRisk } from './risk-level';
import { parseThingId, serviceOfReplica } from './world-ids';

const apart = (a: number, b: number) => Math.min(Math.abs(a - b), 1 - Math.abs(a - b));
const { system } = demo;

test('the same system is laid out the same way twice', () => {
  expect(layOutWorld(system)).toEqual(layOutWorld(structuredClone(system)));
});

test('everything in the system has a place', () => {
  const layout = layOutWorld(system);
  expect([...layout.services.keys()].sort()).toEqual(system.services.map((service) => service.name).sort());
  expect([...layout.nodes.keys()].sort()).toEqual(system.nodes.map((node) => node.name).sort());
  expect([...layout.routers.keys()].sort()).toEqual(system.mesh!.routers.map((router) => router.name).sort());
});

test('a router that lives on a node stands at the angle of its node', () => {
  const layout = layOutWorld(system);
  for (const node of system.nodes) if (node.router !== undefined) expect(layout.routers.get(node.router)).toBe(layout.nodes.get(node.name));
});

test('no two routers share a place, in the demo and in a mesh of two hundred', () => {
  const names = Array.from({ length: 200 }, (_, i) => `r${i}`);
  const large = { ...system, mesh: { routers: names.map((name) => ({ name })), links: names.slice(1).map((name, i) => ({ a: names[i]!, b: name })) }, nodes: [] };
  for (const world of [system, large]) {
    const angles = [...layOutWorld(world).routers.values()].sort((a, b) => a - b);
    for (const [i, angle] of angles.entries()) expect(apart(angle, angles[(i + 1) % angles.length]!)).toBeGreaterThan(0.2 / angles.length);
  }
});

test('a ring of calls is laid out as a ring', () => {
  const edges = [['a', 'b'], ['a', 'c'], ['b', 'd'], ['c', 'd']].map(([from, to]) => ({ from: from!, to: to! }));
  const order = orderOnRing(['a', 'b', 'c', 'd'], edges);
  for (const { from, to } of edges) expect([1, 3]).toContain(Math.abs(order.indexOf(from) - order.indexOf(to)));
});

const service = { service: 's', offeredRps: 10, servedRps: 10, errorRps: 0, latencyMeanUs: 1, latencyP50Us: 1, latencyP95Us: 1, latencyP99Us: 1, cpuCores: 0.2, throttledShare: 0, replicas: 2, replicasReady: 2, quotaMillicores: null, inFlight: 1, memoryBytes: 1 };

test('a service is hotter the busier it is, the more it fails and the fewer replicas are ready', () => {
  expect(serviceRisk(service, 2)).toBe(0);
  expect(serviceRisk({ ...service, cpuCores: 1.6 }, 2)).toBe(2);
  expect(serviceRisk({ ...service, servedRps: 8, errorRps: 2 }, 2)).toBe(4);
  expect(serviceRisk({ ...service, replicasReady: 0 }, 2)).toBe(4);
  expect(serviceRisk({ ...service, cpuCores: null, errorRps: null, throttledShare: null }, null)).toBe(0);
});

test('a node that is down is at the top of the scale, a pressed one near it', () => {
  const node = { node: 'n', up: true, cpuCapacityCores: 2, cpuCores: 0.5, cpuPressure: 0, memoryBytes: 0, replicas: [] };
  expect(nodeRisk(node)).toBe(0);
  expect(nodeRisk({ ...node, cpuPressure: 0.7 })).toBe(3);
  expect(nodeRisk({ ...node, up: false })).toBe(4);
});

test('a router without a way to a gateway is failing, a weak way is worse than a strong one', () => {
  const mesh = (tq: number, gateway: string | null) => ({ routes: [{ router: 'r', gateway, nextHop: gateway, tq }], links: [{ from: 'r', to: 'g', up: true, tq }], ogmBytesPerSecond: 0 });
  expect(routerRisk('r', mesh(250, 'g'), false)).toBe(0);
  expect(routerRisk('r', mesh(120, 'g'), false)).toBe(2);
  expect(routerRisk('r', mesh(0, null), false)).toBe(4);
  expect(routerRisk('g', mesh(250, 'g'), true)).toBe(0);
});

test('ids lead back to things, and replicas to their service', () => {
  expect(parseThingId('node/a/b')).toEqual({ kind: 'node', name: 'a/b' });
  expect(parseThingId('pod/x')).toBeNull();
  expect(serviceOfReplica('store-front-12', [{ name: 'store' }, { name: 'store-front' }])).toBe('store-front');
  expect(serviceOfReplica('unknown-1', [{ name: 'store' }])).toBeNull();
});
