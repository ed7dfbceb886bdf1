import { describe, expect, it } from 'vitest';
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent } from '@/engine/kernel';
import { nearOrder } from '../medium/near-order';
import { compileMesh, growMesh, handleMeshEvent, originatorRows, sampleMesh, startMesh } from '../index';
import { slotBase, wordsIn, type OriginatorTables } from './originator-tables';

const words = (tables: OriginatorTables, router: number, slot: number) => ({ first: slotBase(tables, router, slot), end: slotBase(tables, router, slot) + wordsIn(tables, router) });

function isTiled(tables: OriginatorTables): boolean {
  const slots = tables.degree.length;
  const all = Array.from(tables.degree, (_, router) => Array.from({ length: slots }, (__, slot) => words(tables, router, slot))).flat();
  all.sort((x, y) => x.first - y.first);
  return all.every(({ first }, i) => first === (i === 0 ? 0 : all[i - 1]!.end)) && all.at(-1)!.end === tables.words.length;
}

describe('slots', () => {
  it('fill the tables without a gap, in a small mesh by router and in a large one by originator', () => {
    const small = compileMesh(sampleMesh('random', 100, 3), 3).tables;
    const large = compileMesh(sampleMesh('random', 200, 3), 3).tables;
    expect(isTiled(small) && isTiled(large)).toBe(true);
    expect(slotBase(small, 7, 1) - slotBase(small, 7, 0)).toBe(wordsIn(small, 7));
    expect(slotBase(large, 7, 1) - slotBase(large, 7, 0)).toBe(large.words.length / 200);
  });

  it('of one originator stand near each other at neighbours when the mesh is large', () => {
    const { topology } = compileMesh(sampleMesh('random', 600, 3), 3);
    const order = nearOrder(topology);
    expect([...order].sort((x, y) => x - y)).toEqual([...topology.names.keys()]);
    const place = new Map(order.map((router, i) => [router, i]));
    const far = (at: (router: number) => number) => topology.edgeFrom.reduce((sum, from, edge) => sum + Math.abs(at(topology.interfaceRouter[from]!) - at(topology.interfaceRouter[topology.edgeTo[edge]!]!)), 0);
    expect(far((router) => place.get(router)!)).toBeLessThan(far((router) => router) / 3);
  });

  it('move with all they hold when a mesh grows large', () => {
    const mesh = compileMesh(sampleMesh('random', 127, 3), 3);
    const queue = eventQueue();
    startMesh(mesh, queue, seconds(0));
    const event = takenEvent();
    while (nextEventAt(queue) <= seconds(8) && takeEvent(queue, event)) handleMeshEvent(mesh, queue, event);
    const shown = () => Array.from({ length: 127 }, (_, router) => originatorRows(mesh, router, seconds(8)));
    const before = shown();
    growMesh(mesh, queue, { routers: [{ name: 'newcomer' }], links: [] }, seconds(8));
    expect(mesh.tables.slotWords[0]).toBeGreaterThan(wordsIn(mesh.tables, 0));
    expect(before.flat().length).toBeGreaterThan(1_000);
    expect(shown()).toEqual(before);
  });
});
