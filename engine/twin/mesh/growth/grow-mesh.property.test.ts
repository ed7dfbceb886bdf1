import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventQueue, forkState, nextEventAt, seconds, takeEvent, takenEvent, type EventQueue } from '@/engine/kernel';
import { applyMeshCommand, clientPath, compileMesh, growMesh, handleMeshEvent, meshPath, moveMeshClient, originatorRows, neighbourRows, interfaceName, startMesh, type MeshCommand, type MeshSpec, type MeshState } from '../index';

type Run = { readonly mesh: MeshState; readonly queue: EventQueue };

function started(spec: MeshSpec, seed: number): Run {
  const run = { mesh: compileMesh(spec, seed), queue: eventQueue() };
  startMesh(run.mesh, run.queue, seconds(0));
  return run;
}

function live({ mesh, queue }: Run, untilMs: number): void {
  const event = takenEvent();
  while (nextEventAt(queue) <= untilMs * 1_000 && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
}

/** Everything that routers of the old mesh show, by name. */
function shown({ mesh }: Run, routers: number, atMs: number) {
  const name = (i: number) => interfaceName(mesh.topology, i);
  return Array.from({ length: routers }, (_, router) => ({
    rows: originatorRows(mesh, router, atMs * 1_000).map((row) => [name(row.originator), name(row.nextHop), row.metric, row.lastSeenMs, row.best]).sort(byText),
    neighbours: neighbourRows(mesh, router, atMs * 1_000).map((row) => [name(row.neighbour), row.lastSeenMs, row.kbit]).sort(byText),
    counters: Object.values(mesh.counters).map((values) => values[router]),
    gateway: mesh.routers.gateway[router],
  }));
}
const byText = (a: readonly unknown[], b: readonly unknown[]) => (String(a) < String(b) ? -1 : 1);

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const spec: fc.Arbitrary<MeshSpec> = fc.record({
  algorithm: fc.constantFrom('BATMAN_IV' as const, 'BATMAN_V' as const),
  medium: fc.constantFrom('radio' as const, 'link' as const),
  routers: fc.constant(NAMES.map((name) => ({ name, gateway: name === 'a' }))),
  links: fc.uniqueArray(fc.record({ pair: fc.integer({ min: 0, max: 9 }), lossPercent: fc.integer({ min: 0, max: 40 }), throughputMbps: fc.integer({ min: 2, max: 90 }) }), { minLength: 4, maxLength: 9, selector: ({ pair }) => pair }).map((list) => list.map(({ pair, ...link }) => ({ ...PAIRS[pair]!, ...link }))),
});
const PAIRS = NAMES.flatMap((a, i) => NAMES.slice(i + 1).map((b) => ({ a, b })));
const options = { numRuns: 25, seed: 20261121 };

describe('a mesh that grows', () => {
  test('lives on bit for bit while the newcomer is not switched on, at whatever moment it came', () => {
    fc.assert(
      fc.property(spec, fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 0, max: 4 }), (mesh, atMs, hears) => {
        const [plain, grown] = [started(mesh, 3), started(mesh, 3)];
        live(plain, atMs);
        live(grown, atMs);
        const links = mesh.medium === 'link' ? [] : [{ a: 'new', b: NAMES[hears]! }, ...PAIRS.filter(({ a, b }) => !mesh.links.some((link) => link.a === a && link.b === b)).slice(0, 2)];
        growMesh(grown.mesh, grown.queue, { routers: [{ name: 'new' }], links }, grown.queue.now);
        expect(shown(grown, 5, atMs)).toEqual(shown(plain, 5, atMs));
        live(plain, atMs + 30_000);
        live(grown, atMs + 30_000);
        expect(shown(grown, 5, atMs + 30_000)).toEqual(shown(plain, 5, atMs + 30_000));
        expect(plain.queue.length).toBe(grown.queue.length);
      }),
      options,
    );
  });

  test.each(['radio', 'link'] as const)('serves a new router and uses it for others (%s)', (medium) => {
    for (const algorithm of ['BATMAN_IV', 'BATMAN_V'] as const) {
      const run = started({ algorithm, medium, routers: ['gate', 'mid', 'far'].map((name) => ({ name, gateway: name === 'gate' })), links: [{ a: 'gate', b: 'mid', lossPercent: 30, throughputMbps: 20 }, { a: 'mid', b: 'far', lossPercent: 30, throughputMbps: 20 }] }, 4);
      const apply = (command: MeshCommand) => applyMeshCommand({ mesh: run.mesh, identity: null, queue: run.queue, at: run.queue.now }, command);
      live(run, 90_000);
      expect(meshPath(run.mesh, 'far').hops).toEqual(['far', 'mid', 'gate']);
      expect(apply({ kind: 'add-mesh-router', router: 'tower', neighbours: [{ router: 'gate', lossPercent: 1, throughputMbps: 80 }, { router: 'far', lossPercent: 1, throughputMbps: 80 }] })).toEqual({ ok: true, value: undefined });
      live(run, 200_000);
      expect(meshPath(run.mesh, 'tower').hops).toEqual(['tower', 'gate']);
      expect(meshPath(run.mesh, 'far').hops).toEqual(['far', 'tower', 'gate']);
      expect(apply({ kind: 'add-mesh-link', router: 'far', towards: 'gate', lossPercent: 0, throughputMbps: 90 }).ok).toBe(true);
      live(run, 300_000);
      expect(meshPath(run.mesh, 'far').hops).toEqual(['far', 'gate']);
      apply({ kind: 'remove-mesh-link', router: 'far', towards: 'gate' });
      apply({ kind: 'remove-mesh-router', router: 'tower' });
      live(run, 330_000);
      expect(meshPath(run.mesh, 'far').hops).toEqual(['far', 'mid', 'gate']);
      expect(apply({ kind: 'add-mesh-router', router: 'tower' }).ok).toBe(true);
      live(run, 430_000);
      expect(meshPath(run.mesh, 'far').hops).toEqual(['far', 'tower', 'gate']);
    }
  });

  test('keeps what clients announced, and reaches one that roams to the new router', () => {
    const run = started({ routers: [{ name: 'gate', gateway: true }, { name: 'mid' }], links: [{ a: 'gate', b: 'mid' }] }, 8);
    moveMeshClient(run.mesh, run.queue, 'phone', 'mid', run.queue.now);
    live(run, 40_000);
    const before = forkState(run.mesh.clients);
    applyMeshCommand({ mesh: run.mesh, identity: null, queue: run.queue, at: run.queue.now }, { kind: 'add-mesh-router', router: 'new', neighbours: [{ router: 'mid', lossPercent: 0 }] });
    const { clients } = run.mesh;
    expect(clients.names).toEqual(before.names);
    for (const viewer of [0, 1]) for (const owner of [0, 1]) expect(clients.known[viewer * 3 + owner]).toBe(before.known[viewer * 2 + owner]);
    live(run, 100_000);
    moveMeshClient(run.mesh, run.queue, 'phone', 'new', run.queue.now);
    live(run, 110_000);
    expect(clientPath(run.mesh, 'gate', 'phone')).toMatchObject({ reachable: true, hops: ['gate', 'mid', 'new'] });
  });
});
