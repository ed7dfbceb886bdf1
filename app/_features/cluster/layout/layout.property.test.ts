import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellOf, layOutCluster, type LaidNode } from './lay-out-cluster';
import { latticeOf, neighbour } from './lattice';
import { seatPods } from './seat-pods';

const SEED = 20_261_121;
const node = fc.record({ name: fc.tuple(fc.constantFrom('n', 'node-', 'ip-10-0-'), fc.nat(400)).map(([stem, i]) => `${stem}${i}`), zone: fc.constantFrom('a', 'b', 'c', ''), pool: fc.constantFrom('general', 'spot', 'gpu') });
const nodes = (least: number, most: number) => fc.uniqueArray(node, { selector: ({ name }) => name, minLength: least, maxLength: most });
const aspect = fc.double({ min: 0.4, max: 3, noNaN: true });
const places = (of: readonly LaidNode[], layout: ReturnType<typeof layOutCluster>) => new Map(of.map(({ name }) => [name, JSON.stringify(cellOf(layout, name))]));

test('the order nodes are listed in changes nothing', () => {
  fc.assert(
    fc.property(nodes(0, 120), aspect, fc.infiniteStream(fc.nat()), (all, room, keys) => {
      const shuffled = all.map((each) => ({ each, key: keys.next().value ?? 0 })).sort((x, y) => x.key - y.key).map(({ each }) => each);
      expect(places(all, layOutCluster(shuffled, room, null))).toEqual(places(all, layOutCluster(all, room, null)));
    }),
    { seed: SEED, numRuns: 100 },
  );
});

test('nodes that come and go move no other, however many come', () => {
  fc.assert(
    fc.property(nodes(1, 200), aspect, fc.integer({ min: 0, max: 200 }), (all, room, split) => {
      const first = all.slice(0, split);
      const before = layOutCluster(first, room, null);
      const after = layOutCluster(all.slice(Math.floor(split / 2)), room, before);
      const again = layOutCluster(all, room * 2, after);
      const was = places(first, before);
      for (const { name } of first) expect(JSON.stringify(cellOf(again, name))).toBe(was.get(name));
    }),
    { seed: SEED, numRuns: 100 },
  );
});

test('no two nodes share a cell, and each lies in a block of its zone and pool', () => {
  fc.assert(
    fc.property(nodes(1, 200), aspect, fc.integer({ min: 0, max: 200 }), (all, room, split) => {
      const layout = layOutCluster(all, room, layOutCluster(all.slice(0, split), room, null));
      expect(new Set(places(all, layout).values()).size).toBe(all.length);
      for (const { name, zone, pool } of all) {
        const { column, row } = cellOf(layout, name)!;
        const inside = layout.blocks.filter((block) => column >= block.column && column < block.column + block.columns && row >= block.row && row < block.row + block.rows);
        expect(inside).toHaveLength(1);
        expect(inside[0]).toMatchObject({ zone, pool });
        expect(column).toBeLessThan(layout.columns);
        expect(row).toBeLessThan(layout.rows);
      }
    }),
    { seed: SEED, numRuns: 100 },
  );
});

test('node 10 stands after node 9', () => {
  const all = ['n10', 'n9', 'n100'].map((name) => ({ name, zone: 'a', pool: 'p' }));
  const layout = layOutCluster(all, 1, null);
  expect(['n9', 'n10', 'n100'].map((name) => layout.homes.get(name)?.[1])).toEqual([0, 1, 2]);
});

test('steps to the side go over empty cells and end at the edge', () => {
  const all = ['a', 'b'].flatMap((zone) => Array.from({ length: 16 }, (_, i) => ({ name: `${zone}${i}`, zone, pool: 'p' })));
  const layout = layOutCluster(all, 2, null);
  const lattice = latticeOf(layout, all.map(({ name }) => name));
  const index = (name: string) => all.findIndex((each) => each.name === name);
  let at = index('a0');
  const walked = [];
  while (at >= 0) {
    walked.push(all[at]!.name);
    at = neighbour(lattice, at, 1, 0);
  }
  expect(walked[0]).toBe('a0');
  expect(walked.some((name) => name.startsWith('b'))).toBe(true);
  expect(neighbour(lattice, index('a0'), 0, -1)).toBe(-1);
});

test('a pod keeps its seat while others on its node come and go', () => {
  const moment = (life: number[], node: number[]) => ({ count: node.length, name: null, life: Int32Array.from(life), node: Int32Array.from(node), workload: new Uint32Array(node.length), state: new Uint8Array(node.length).fill(3), cpuMillicores: new Float32Array(node.length), memoryMib: new Float32Array(node.length) });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 3 }), fc.boolean()), { maxLength: 60 }), (pods) => {
      const before = seatPods(moment(pods.map(() => 1), pods.map(([from]) => from)), 4, null);
      const after = seatPods(moment(pods.map(([, , replaced]) => (replaced ? 2 : 1)), pods.map(([, to]) => to)), 4, before);
      pods.forEach(([from, to, replaced], pod) => {
        if (from === to && !replaced) expect(after.seat[pod]).toBe(before.seat[pod]);
        expect(after.seat[pod]! >= 0).toBe(to >= 0);
      });
      for (let node = 0; node < 4; node += 1) {
        const here = [...after.byNode.subarray(after.start[node]!, after.start[node + 1]!)].map((pod) => after.seat[pod]!);
        expect(new Set(here).size).toBe(here.length);
        for (const seat of here) expect(seat).toBeLessThan(after.side[node]! ** 2);
      }
    }),
    { seed: SEED, numRuns: 200 },
  );
});
