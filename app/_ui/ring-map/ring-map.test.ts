import { expect, test } from 'vitest';
import { aggregateBodies } from './aggregate-bodies';
import { onRing, placeBodies, placeSatellites, ringGeometry } from './place-bodies';
import { namedBodies } from './named-bodies';
import type { RingBody, RingMapModel } from './ring-map-types';
import { walkBodies } from './walk-bodies';

const body = (id: string, ring: 0 | 1 | 2, angle: number, more: Partial<RingBody> = {}): RingBody => ({
  id, label: id, kind: 'thing', ring, angle, shape: 'circle', radius: 6, capacityRadius: 10, ghostRadius: null, level: 0, down: false, reading: 'calm', ...more,
});
const model = (bodies: readonly RingBody[], more: Partial<RingMapModel> = {}): RingMapModel => ({ bodies, satellites: [], links: [], centre: [], ...more });

test('angle 0 is at the top and angles run clockwise', () => {
  const geometry = ringGeometry(800, 480);
  expect(onRing(geometry, 2, 0).y).toBeLessThan(onRing(geometry, 2, 0.5).y);
  expect(onRing(geometry, 2, 0.25).x).toBeGreaterThan(geometry.centre.x);
});

test('every body stays inside the room, from phone to desk', () => {
  for (const [width, height] of [[358, 340], [860, 480], [1400, 500]] as const) {
    const bodies = Array.from({ length: 24 }, (_, i) => body(`b${i}`, 2, i / 24));
    for (const { x, y } of placeBodies(bodies, ringGeometry(width, height)).values()) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
    }
  }
});

test('satellites of one host never sit on each other', () => {
  const host = body('host', 1, 0.1);
  const geometry = ringGeometry(860, 480);
  const guests = Array.from({ length: 6 }, (_, i) => ({ id: `g${i}`, hostId: 'host', ownerId: 'o', moved: false, ghostHostId: null }));
  const spots = [...placeSatellites(guests, [host], placeBodies([host], geometry), geometry.centre).values()];
  for (const [i, a] of spots.entries()) for (const b of spots.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(9);
});

test('a small map is not aggregated', () => {
  const small = model([body('a', 1, 0), body('b', 1, 0.5)]);
  expect(aggregateBodies(small)).toBe(small);
});

test('20,000 bodies become at most 64 on the middle ring; the worst risk stays visible and no body is lost', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => body(`n${String(i).padStart(5, '0')}`, 1, i / 20_000, i === 777 ? { level: 4 } : {}));
  const { bodies } = aggregateBodies(model(many));
  expect(bodies.length).toBeLessThanOrEqual(64);
  expect(bodies.filter((b) => b.level === 4)).toHaveLength(1);
  expect(bodies.reduce((sum, b) => sum + Number(b.label.split(' ')[0]), 0)).toBe(20_000);
});

test('links of aggregated bodies lead to what stands for them, and inner ones vanish', () => {
  const many = Array.from({ length: 200 }, (_, i) => body(`n${String(i).padStart(3, '0')}`, 1, i / 200));
  const link = (from: string, to: string) => ({ id: `${from}-${to}`, from, to, kind: 'line' as const, width: 1, level: 0 as const, down: false, ghost: false });
  const { bodies, links } = aggregateBodies(model([...many, body('s', 0, 0)], { links: [link('n000', 'n001'), link('s', 'n002'), link('s', 'n003')] }), [20, 20, 20]);
  const ids = new Set(bodies.map((b) => b.id));
  expect(links).toHaveLength(1);
  expect(links.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
});

test('every body is named while there is room; on a crowded ring only the hot ones are', () => {
  const few = Array.from({ length: 6 }, (_, i) => body(`n${i}`, 1, i / 6));
  const many = Array.from({ length: 60 }, (_, i) => body(`n${i}`, 1, i / 60, i === 7 ? { level: 4 } : {}));
  expect(namedBodies(few).size).toBe(6);
  expect([...namedBodies(many)]).toEqual(['n7']);
});

test('arrow keys walk around a ring and between rings', () => {
  const bodies = [body('s', 0, 0.9), body('a', 1, 0.1), body('b', 1, 0.5), body('c', 1, 0.95), body('r', 2, 0.52)];
  expect(walkBodies(bodies, 'a', 'ArrowLeft')).toBe('c');
  expect(walkBodies(bodies, 'c', 'ArrowRight')).toBe('a');
  expect(walkBodies(bodies, 's', 'ArrowUp')).toBe('c');
  expect(walkBodies(bodies, 'b', 'ArrowUp')).toBe('r');
  expect(walkBodies(bodies, 's', 'ArrowDown')).toBeNull();
  expect(walkBodies(bodies, 's', 'x')).toBeNull();
});
