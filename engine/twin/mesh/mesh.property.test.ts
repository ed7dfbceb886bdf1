import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventQueue, forkState, hashState, nextEventAt, seconds, takeEvent, takenEvent, type EventQueue } from '@/engine/kernel';
import { compileMesh, handleMeshEvent, meshPath, meshSample, originatorRows, setMeshCarrier, setMeshLink, setMeshRouter, startMesh, type MeshSpec, type MeshState } from './index';

type Running = { mesh: MeshState; queue: EventQueue };
function running(spec: MeshSpec, seed: number): Running {
  const world = { mesh: compileMesh(spec, seed), queue: eventQueue() };
  startMesh(world.mesh, world.queue, seconds(0));
  return world;
}
function liveUntil({ mesh, queue }: Running, second: number): void {
  const event = takenEvent();
  while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
}

/** A connected mesh: a random tree and some more links. */
const meshes = (loss: fc.Arbitrary<number>): fc.Arbitrary<MeshSpec> =>
  fc.integer({ min: 2, max: 9 }).chain((n) =>
    fc.record({
      medium: fc.constantFrom('radio' as const, 'link' as const),
      algorithm: fc.constantFrom('BATMAN_IV' as const, 'BATMAN_V' as const),
      routers: fc.constant(Array.from({ length: n }, (_, i) => ({ name: `r${i}`, gateway: i === 0 }))),
      links: fc.tuple(...Array.from({ length: n - 1 }, (_, i) => fc.record({ parent: fc.integer({ min: 0, max: i }), loss })), fc.array(fc.record({ a: fc.integer({ min: 0, max: n - 1 }), b: fc.integer({ min: 0, max: n - 1 }), loss }), { maxLength: 5 })).map((parts) => {
        const more = parts.at(-1) as { a: number; b: number; loss: number }[];
        const tree = parts.slice(0, -1) as { parent: number; loss: number }[];
        const all = [...tree.map(({ parent, loss: p }, i) => ({ a: `r${parent}`, b: `r${i + 1}`, lossPercent: p })), ...more.filter(({ a, b }) => a !== b).map(({ a, b, loss: p }) => ({ a: `r${a}`, b: `r${b}`, lossPercent: p }))];
        return all.filter((link, i) => all.findIndex((other) => new Set([link.a, link.b, other.a, other.b]).size === 2) === i);
      }),
    }),
  );

/** Packets in nobody's queue, in nobody's hands and not free would be lost for good. */
function leakedPackets({ mesh, queue }: Running): number {
  const busy = new Set<number>();
  for (let i = 0; i < queue.length; i += 1) {
    const kind = queue.kinds[queue.slots[i]!]!;
    if (kind >= 100 && kind <= 102) busy.add(queue.subjects[queue.slots[i]!]!);
  }
  for (const packet of mesh.v.collecting) if (packet >= 0) busy.add(packet);
  let free = 0;
  for (let packet = mesh.packets.free; packet >= 0; packet = mesh.packets.next[packet]!) free += 1;
  return mesh.packets.used - free - busy.size;
}

describe('any mesh', () => {
  it('joins all routers without loops once its windows are full, when no frame is lost', () => {
    fc.assert(
      fc.property(meshes(fc.constant(0)), fc.integer({ min: 0, max: 1_000 }), (spec, seed) => {
        const world = running(spec, seed);
        liveUntil(world, 80);
        for (const { name } of spec.routers)
          for (const other of spec.routers) {
            const path = meshPath(world.mesh, name, other.name);
            expect(path.reachable).toBe(true);
            expect(new Set(path.hops).size).toBe(path.hops.length);
          }
        expect(leakedPackets(world)).toBe(0);
      }),
      { seed: 11, numRuns: 25 },
    );
  });

  it('shows metrics in range and a best next hop that no other exceeds by more than the route’s own history', () => {
    fc.assert(
      fc.property(meshes(fc.integer({ min: 0, max: 90 })), fc.integer({ min: 0, max: 1_000 }), (spec, seed) => {
        const world = running(spec, seed);
        for (const second of [5, 20, 45]) {
          liveUntil(world, second);
          spec.routers.forEach((_, router) => {
            const rows = originatorRows(world.mesh, router, seconds(second));
            for (const { metric, lastSeenMs } of rows) {
              expect(metric).toBeGreaterThanOrEqual(0);
              if (spec.algorithm !== 'BATMAN_V') expect(metric).toBeLessThanOrEqual(255);
              expect(lastSeenMs).toBeGreaterThanOrEqual(0);
            }
            const bests = rows.filter((row) => row.best).map((row) => row.originator);
            expect(new Set(bests).size).toBe(bests.length);
          });
          for (const link of meshSample(world.mesh, seconds(0), seconds(second)).links) expect(link.tq).toBeLessThanOrEqual(255);
        }
      }),
      { seed: 12, numRuns: 25 },
    );
  });

  it('lives on alike in a fork, through cuts, reboots and carriers that go', () => {
    const change = fc.record({ kind: fc.constantFrom('cut', 'heal', 'down', 'up', 'carrier'), which: fc.nat(30), after: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(meshes(fc.integer({ min: 0, max: 40 })), fc.array(change, { maxLength: 6 }), (spec, changes) => {
        const world = running(spec, 3);
        liveUntil(world, 15);
        const fork = forkState(world);
        for (const one of [world, fork]) {
          let second = 15;
          for (const { kind, which, after } of changes) {
            const link = spec.links[which % spec.links.length]!;
            const { name } = spec.routers[which % spec.routers.length]!;
            if (kind === 'cut' || kind === 'heal') setMeshLink(one.mesh, one.queue, link.a, link.b, kind === 'heal');
            else if (kind === 'carrier' && spec.medium === 'link') setMeshCarrier(one.mesh, link.a, link.b, which % 2 === 0);
            else setMeshRouter(one.mesh, one.queue, name, kind === 'up', seconds(second));
            second += after;
            liveUntil(one, second);
          }
          liveUntil(one, second + 10);
          expect(leakedPackets(one)).toBe(0);
        }
        expect(hashState(fork)).toBe(hashState(world));
      }),
      { seed: 13, numRuns: 30 },
    );
  });
});
