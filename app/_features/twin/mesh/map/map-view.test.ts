import { expect, test } from 'vitest';
import { bringIntoView, panView, seenAt, WHOLE, zoomView } from './map-view';

const BOX = { width: 1_000, height: 400 };

test('what lies under the pointer stays there when the map comes nearer', () => {
  const near = zoomView(WHOLE, 3, { x: 700, y: 100 }, BOX);
  expect(near.scale).toBe(3);
  expect(seenAt(near, { x: 700, y: 100 })).toEqual({ x: 700, y: 100 });
});

test('further out than all there is nothing, and the way back is whole', () => {
  expect(zoomView(zoomView(WHOLE, 4, { x: 10, y: 390 }, BOX), 0.1, { x: 900, y: 5 }, BOX)).toEqual(WHOLE);
  expect(zoomView(WHOLE, 1e6, { x: 0, y: 0 }, BOX).scale).toBe(12);
});

test('dragging never shows an empty strip', () => {
  const near = zoomView(WHOLE, 2, { x: 500, y: 200 }, BOX);
  for (const [dx, dy] of [[5_000, 5_000], [-5_000, -5_000], [30, -40]] as const) {
    const seen = panView(near, dx, dy, BOX);
    const [corner, end] = [seenAt(seen, { x: 0, y: 0 }), seenAt(seen, { x: BOX.width, y: BOX.height })];
    expect(corner.x <= 0 && corner.y <= 0 && end.x >= BOX.width && end.y >= BOX.height).toBe(true);
  }
  expect(panView(WHOLE, 50, 50, BOX)).toEqual(WHOLE);
});

test('a router that is stepped to is brought into the picture, one inside it moves nothing', () => {
  const near = zoomView(WHOLE, 4, { x: 0, y: 0 }, BOX);
  const far = seenAt(near, { x: 600, y: 300 });
  const brought = bringIntoView(near, far, BOX, 40);
  const now = seenAt(brought, { x: 600, y: 300 });
  expect(now.x).toBeLessThanOrEqual(960);
  expect(now.y).toBeLessThanOrEqual(360);
  expect(bringIntoView(near, { x: 500, y: 200 }, BOX, 40)).toBe(near);
});
