import { expect, test } from 'vitest';
import { sampleMesh, type MeshSpec } from '@/engine/twin';
import { layOutMesh } from './lay-out-mesh';

const TOWN: MeshSpec = {
  routers: [{ name: 'north', x: 9.9876, y: 48.4131 }, { name: 'south', x: 9.9912, y: 48.3977 }, { name: 'east', x: 10.0123, y: 48.4021 }, { name: 'unknown' }],
  links: [{ a: 'north', b: 'south' }, { a: 'unknown', b: 'east' }],
};

test('longitudes and latitudes make a map with north on top', () => {
  const { kind, places } = layOutMesh(TOWN);
  expect(kind).toBe('geographic');
  expect(places.get('north')!.y).toBeLessThan(places.get('south')!.y);
  expect(places.get('east')!.x).toBeGreaterThan(places.get('south')!.x);
});

test('a router without a position stands near its neighbour', () => {
  const { places } = layOutMesh(TOWN);
  const [alone, east] = [places.get('unknown')!, places.get('east')!];
  expect(Math.hypot(alone.x - east.x, alone.y - east.y)).toBeLessThan(0.35);
});

test('small whole numbers are a plan, not degrees', () => {
  expect(layOutMesh({ routers: [{ name: 'a', x: 0, y: 0 }, { name: 'b', x: 4, y: 2 }], links: [] }).kind).toBe('plan');
});

test('without positions the same mesh is laid out the same way twice, and nobody stands on somebody else', () => {
  const mesh = sampleMesh('random', 60, 3);
  const first = layOutMesh(mesh);
  expect(first).toEqual(layOutMesh(structuredClone(mesh)));
  const spots = [...first.places.values()];
  expect(spots).toHaveLength(60);
  for (const [i, p] of spots.entries()) {
    expect(p.x >= 0 && p.x <= 1 && p.y >= 0 && p.y <= 1).toBe(true);
    for (const q of spots.slice(i + 1)) expect(Math.hypot(p.x - q.x, p.y - q.y)).toBeGreaterThan(0.005);
  }
});

test('one router alone is in the middle', () => {
  expect(layOutMesh({ routers: [{ name: 'only' }], links: [] }).places.get('only')).toEqual({ x: 0.5, y: 0.5 });
});
