import { expect, test } from 'vitest';
import type { MeshSpec } from '@/engine/twin';
import { freeName, withAdded } from './with-added';

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
