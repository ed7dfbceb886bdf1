import { expect, it } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld, compileWorld, inspectIdentity, inspectRouter, setFault, type SystemSpec } from '../../index';

const SYSTEM: SystemSpec = {
  nodes: [{ name: 'centre', cpuMillicores: 1_000, memoryMib: 1_000, usdPerHour: 0 }, { name: 'edge', cpuMillicores: 1_000, memoryMib: 1_000, usdPerHour: 0, via: 'roof' }],
  services: ['front', 'store'].map((name, i) => ({ name, replicas: 1, lanes: 1, demand: { meanMs: 1 }, startUp: { meanMs: 1 }, cpuRequestMillicores: 10, memoryMib: 1, nodes: [i === 0 ? 'centre' : 'edge'], calls: i === 0 ? [{ service: 'store', perRequest: 1 }] : [] })),
  loads: [{ service: 'front', arrivals: 'poisson', profile: { kind: 'constant', rps: 5 } }],
  mesh: { routers: [{ name: 'gate', gateway: true }, { name: 'mast' }, { name: 'roof' }], links: [{ a: 'gate', b: 'mast' }, { a: 'gate', b: 'roof', lossPercent: 20 }, { a: 'mast', b: 'roof' }] },
  identity: { trustDomain: 'a.b', servers: [{ name: 's' }], svidTtlSeconds: 300, caTtlSeconds: 7_200 },
};
const world = compileWorld(SYSTEM, 1);
advanceWorld(world, seconds(120));

it('a router shows every candidate next hop, the one in use marked, and the way of its frames', () => {
  const seen = inspectRouter(world, 'roof')!;
  const toGate = seen.originators.filter((row) => row.originator === 'gate');
  expect(toGate.map((row) => row.nextHop).sort()).toEqual(['gate', 'mast']);
  expect(toGate.filter((row) => row.best)).toHaveLength(1);
  expect(seen.path.hops[1]).toBe(toGate.find((row) => row.best)!.nextHop);
  expect(seen).toMatchObject({ up: true, isGateway: false, hopPenalty: 30, metric: 'TQ', gateways: [{ gateway: 'gate', selected: true }] });
  expect(seen.ogmAirTimeShare).toBeGreaterThan(0);
  expect(inspectRouter(world, 'ghost')).toBeNull();
});

it('identities show who holds what until when, and what becomes of it', () => {
  const seen = inspectIdentity(world)!;
  expect(seen.workloads.map(({ workload, state }) => `${workload} ${state}`)).toEqual(['front@centre valid', 'store@edge valid']);
  expect(seen.issued.length).toBeGreaterThanOrEqual(2);
  for (const svid of seen.issued) expect(svid.notAfter - svid.at).toBeCloseTo(300, 3);
  expect(seen.calls.handshakes).toBe(1);
  setFault(world, { kind: 'revoke-svid', service: 'store', reissue: false }, true);
  setFault(world, { kind: 'identity-server-down', server: 's' }, true);
  advanceWorld(world, seconds(130));
  expect(inspectIdentity(world)!.workloads[1]!.state).toBe('revoked');
  advanceWorld(world, seconds(430));
  expect(inspectIdentity(world)).toMatchObject({ servers: [{ server: 's', up: false }], workloads: [{ state: 'expired' }, { state: 'revoked' }] });
  expect(inspectIdentity(compileWorld({ ...SYSTEM, identity: undefined }, 1))).toBeNull();
});
