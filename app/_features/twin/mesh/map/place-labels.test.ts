import { expect, test } from 'vitest';
import type { RouterMark } from './mesh-picture';
import { labelled } from './place-labels';

const mark = (name: string, x: number, y: number, more: Partial<RouterMark> = {}): RouterMark => ({ id: `router:${name}`, name, x, y, isGateway: false, isUp: true, isThere: true, reaches: true, colour: '', reading: '', note: '200', mark: 'none', aside: { x: 1, y: 0 }, size: 5, ...more });
const BOX = { width: 800, height: 400 };
const degree = (name: string) => (name === 'hub' ? 40 : 2);

test('of names that would cover each other the gateway is shown first, then the hub', () => {
  const crowd = [mark('roof', 100, 100), mark('hub', 104, 102), mark('gate', 102, 98, { isGateway: true })];
  expect([...labelled(crowd, BOX, degree, null)]).toEqual(['gate']);
  expect([...labelled(crowd.slice(0, 2), BOX, degree, null)]).toEqual(['hub']);
});

test('who is pointed at is named whatever it covers, and names with room of their own all show', () => {
  const crowd = [mark('gate', 100, 100, { isGateway: true }), mark('roof', 102, 101), mark('far', 500, 300)];
  expect([...labelled(crowd, BOX, degree, 'router:roof')].sort()).toEqual(['far', 'roof']);
  expect([...labelled([mark('a', 100, 100), mark('b', 100, 140), mark('c', 300, 100)], BOX, degree, null)].sort()).toEqual(['a', 'b', 'c']);
});

test('names outside the part that is looked at take no room', () => {
  expect([...labelled([mark('left', -300, 100), mark('seen', 100, 100)], BOX, degree, null)]).toEqual(['seen']);
});
