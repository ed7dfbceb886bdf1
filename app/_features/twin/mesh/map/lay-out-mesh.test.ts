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

test('in a large mesh of hubs a router stands by the hub that it hears best, and hubs stand apart', () => {
  const hubs = [0, 1, 2, 3];
  const leaves = Array.from({ length: 120 }, (_, i) => i);
  const mesh: MeshSpec = {
    routers: [...hubs.map((i) => ({ name: `hub-${i}` })), ...leaves.map((i) => ({ name: `roof-${i}` }))],
    links: [...hubs.slice(1).map((i) => ({ a: 'hub-0', b: `hub-${i}`, lossPercent: 1 })), ...leaves.flatMap((i) => hubs.map((hub) => ({ a: `roof-${i}`, b: `hub-${hub}`, lossPercent: hub === i % 4 ? 5 : 40 })))],
  };
  const { places, aspect } = layOutMesh(mesh);
  const apart = (a: string, b: string) => Math.hypot(aspect * (places.get(a)!.x - places.get(b)!.x), places.get(a)!.y - places.get(b)!.y);
  for (const i of leaves) expect(hubs.reduce((best, hub) => (apart(`roof-${i}`, `hub-${hub}`) < apart(`roof-${i}`, `hub-${best}`) ? hub : best))).toBe(i % 4);
  for (const a of hubs) for (const b of hubs) if (a < b) expect(apart(`hub-${a}`, `hub-${b}`)).toBeGreaterThan(0.15);
});
