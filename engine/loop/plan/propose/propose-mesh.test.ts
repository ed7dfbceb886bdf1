import { expect, it } from 'vitest';
import type { SystemSpec } from '@/engine/twin';
import type { Finding } from '../../analyze/analyze';
import type { MeshObservation } from '../../observe/observe-mesh';
import { MESH_PROPOSALS_MAX, proposeMesh } from './propose-mesh';

const READY = { forMore: () => true, forLess: () => true };
const system = (routers: number): SystemSpec => ({
  nodes: [], services: [], loads: [],
  mesh: { routers: [...Array.from({ length: routers - 1 }, (_, i) => ({ name: `r${i}`, gateway: i < 2 })), { name: 'new', planned: true }], links: [{ a: 'r2', b: 'r0' }, { a: 'r2', b: 'r4', planned: true }] },
});
const seen = (more: Partial<MeshObservation> = {}): MeshObservation => ({
  links: [{ from: 'r2', to: 'r4', up: false, tq: 0, usualTq: null, lowSeconds: 0, downSeconds: 30 }],
  routes: [{ router: 'r2', gateway: 'r0', nextHop: 'r3', hops: ['r3', 'r4', 'r3', 'r4', 'r3'], way: ['r2', 'r3', 'r0'], loops: false, lostSeconds: 0 }],
  routers: ['r0', 'r2', 'r3', 'r4'].map((router) => ({ router, up: true, hopPenalty: 30, lastSeenSeconds: 1 })),
  identity: null,
  edge: [],
  ...more,
});
const finding = (kind: Finding['kind'], subject: string): Finding => ({ kind, subject, severity: 'page', value: 1, limit: 0, unit: '', detail: '' });
const commandsFor = (found: readonly Finding[], observed = seen(), of = system(8)) => proposeMesh(found, observed, of, READY).map(({ commands }) => commands[0]);

it('penalises both next hops of a route that goes to and fro', () => {
  expect(commandsFor([finding('route-flapping', 'r2')])).toEqual([{ kind: 'set-hop-penalty', router: 'r3', hopPenalty: 90 }, { kind: 'set-hop-penalty', router: 'r4', hopPenalty: 90 }]);
});

it('offers who lost the gateway another choice and what is planned', () => {
  expect(commandsFor([finding('gateway-lost', 'r2')])).toEqual([{ kind: 'reselect-gateway', router: 'r2' }, { kind: 'add-mesh-router', router: 'new' }, { kind: 'add-mesh-link', router: 'r2', towards: 'r4' }]);
});

it('restarts who is silent, and renews SVIDs only while somebody signs', () => {
  expect(commandsFor([finding('originator-lost', 'r3')])[0]).toEqual({ kind: 'restart-mesh-router', router: 'r3' });
  const identity = { workloads: 1, withoutSvid: 0, overdueCount: 1, overdue: [], servers: 1, serversUp: 1, issued: 1, authorities: 1, signingQueueSeconds: 0, handshakesPerSecond: 0, handshakeBytesPerSecond: 0, refusedPerSecond: [] };
  expect(commandsFor([finding('svid-expiring', 'store')], seen({ identity }))).toEqual([{ kind: 'rotate-svid', service: 'store' }]);
  expect(commandsFor([finding('svid-expiring', 'store')], seen({ identity: { ...identity, serversUp: 0 } }))).toEqual([]);
});

it('proposes each change once, not too many, nothing that was just changed, and for meshes of any size', () => {
  const many = ['r2', 'r3', 'r4', 'r5', 'r6'].flatMap((router) => [finding('gateway-lost', router), finding('originator-lost', router)]);
  const proposed = commandsFor(many);
  expect(proposed).toHaveLength(MESH_PROPOSALS_MAX);
  expect(new Set(proposed.map((command) => JSON.stringify(command))).size).toBe(proposed.length);
  expect(proposeMesh(many, seen(), system(8), { forMore: () => false, forLess: () => false })).toEqual([]);
  expect(commandsFor(many, seen(), system(500))).toEqual(proposed);
});
