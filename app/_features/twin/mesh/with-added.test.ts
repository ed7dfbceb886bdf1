import { expect, test } from 'vitest';
import type { MeshSpec } from '@/engine/twin';
import { asBuilt, builtParts, freeName, withAdded } from './with-added';

const MESH: MeshSpec = { routers: [{ name: 'a' }, { name: 'b' }], links: [{ a: 'a', b: 'b' }] };

test('what was added stands beside what was described, and is the same object until more is added', () => {
  const once = withAdded(MESH, { routers: [{ name: 'new-1' }], links: [{ a: 'new-1', b: 'a', lossPercent: 5 }] });
  expect(once.routers.map(({ name }) => name)).toEqual(['a', 'b', 'new-1']);
  expect(once.links).toHaveLength(2);
  expect(withAdded(MESH, { routers: [{ name: 'new-1' }], links: [{ a: 'new-1', b: 'a', lossPercent: 5 }] })).toBe(once);
  const other = withAdded(MESH, { routers: [{ name: 'mast' }], links: [{ a: 'mast', b: 'b', lossPercent: 5 }] });
  expect(other.routers.at(-1)?.name).toBe('mast');
  expect(withAdded(MESH, undefined)).toBe(MESH);
  expect([freeName(MESH), freeName(once)]).toEqual(['new-1', 'new-2']);
});

test('planned parts that are there by now count in sweeps like all others', () => {
  const mesh: MeshSpec = { routers: [{ name: 'a' }, { name: 'p', planned: true }, { name: 'q', planned: true }], links: [{ a: 'a', b: 'p', planned: true }, { a: 'a', b: 'q', planned: true }] };
  const built = builtParts(mesh, { routes: [], ogmBytesPerSecond: 0, links: [{ from: 'a', to: 'p', up: true, tq: 9 }, { from: 'a', to: 'q', up: false, tq: 0 }], routers: ['a', 'p', 'q'].map((router) => ({ router, up: router !== 'q', hopPenalty: 30, lastSeenSeconds: 1 })) });
  expect(built).toBe('p\na|p');
  expect(asBuilt(mesh, built).routers.map(({ planned }) => planned === true)).toEqual([false, false, true]);
  expect(asBuilt(mesh, built).links.map(({ planned }) => planned === true)).toEqual([false, true]);
});
