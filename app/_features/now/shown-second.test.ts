import { expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { startRun } from '@/engine/scenario';
import { advanceWorld, takeFrames } from '@/engine/twin';
import { startingState } from '@/app/_lib/live-world/live-world-state';
import { demo } from '@/scenarios/demo';
import { domainOf, removedNodes, shownFrame } from './shown-second';

const world = startRun(demo).world;
advanceWorld(world, seconds(300));
const frames = takeFrames(world);
const state = { ...startingState({ spec: demo, name: 'demo', warmSeconds: 1, fit: null }), frames };

test('the window follows now, and has room at its right', () => {
  const [from, to] = domainOf(300, state, null);
  expect(to).toBeGreaterThan(300);
  expect(from).toBeGreaterThan(100);
});

test('a cursor further back holds the window, and one before the first frame is at its edge', () => {
  expect(domainOf(300, state, 40)[0]).toBe(40);
  expect(domainOf(300, state, -5)[0]).toBe(1);
});

test('the window is equally wide wherever it stands', () => {
  const widths = [null, 299, 40, -5].map((cursor) => domainOf(300, state, cursor)).map(([from, to]) => to - from);
  expect(new Set(widths).size).toBe(1);
});

test('beyond now there is nothing to show but the last second, unless a change predicts it', () => {
  expect(shownFrame(state, 305)).toBe(frames.at(-1));
  expect(shownFrame({ ...state, frames: [] }, 305)).toBeNull();
});

test('a node that was brought back is not removed any more', () => {
  const change = (kind: 'remove-node' | 'restore-node', node: string) => ({ title: '', faults: [], commands: [{ kind, node }] });
  expect([...removedNodes([change('remove-node', 'a'), change('remove-node', 'b'), change('restore-node', 'a')])]).toEqual(['b']);
});
