import { expect, test } from 'vitest';
import type { TimeUs } from '@/engine/kernel';
import type { Frame, MeshSample } from '@/engine/telemetry';
import { linkChanges, outagesOf, reachedIn, routeChanges } from './outages';

const mesh = (hop: string | null, up = true, tq = 200): MeshSample => ({
  routes: [{ router: 'far', gateway: 'g', nextHop: hop, tq }, { router: 'mid', gateway: 'g', nextHop: 'g', tq: 250 }],
  links: [{ from: 'far', to: 'mid', up, tq: 230 }, { from: 'far', to: 'g', up: true, tq: 40 }, { from: 'mid', to: 'g', up: true, tq: 250 }],
  ogmBytesPerSecond: 0,
});
const frame = (second: number, sample: MeshSample): Frame => ({ atUs: (second * 1e6) as TimeUs, windowUs: 1e6 as TimeUs, source: 'simulated', services: [], nodes: [], mesh: sample, usdPerHour: null, watts: null });

test('an outage begins when the way breaks, although the router still believes in it, and ends with another way', () => {
  const frames = [frame(1, mesh('mid')), frame(2, mesh('mid', false)), frame(3, mesh('mid', false)), frame(4, mesh('g', false))];
  expect(outagesOf(frames, ['g'])).toEqual([{ router: 'far', from: 2, until: 4, before: 'mid', after: 'g' }]);
});

test('an outage that lasts has no end, and one that began before the frames is not told', () => {
  expect(outagesOf([frame(1, mesh('mid')), frame(2, mesh(null))], ['g'])).toEqual([{ router: 'far', from: 2, until: null, before: 'mid', after: null }]);
  expect(outagesOf([frame(1, mesh(null)), frame(2, mesh('mid'))], ['g'])).toEqual([]);
});

test('a way that goes round reaches nobody, nor does what hangs on it', () => {
  const loop: MeshSample = { ...mesh('mid'), routes: [{ router: 'far', gateway: 'g', nextHop: 'mid', tq: 1 }, { router: 'mid', gateway: 'g', nextHop: 'far', tq: 1 }], links: [{ from: 'far', to: 'mid', up: true, tq: 1 }, { from: 'mid', to: 'far', up: true, tq: 1 }] };
  expect([...reachedIn(loop, ['g'])]).toEqual(['g']);
  expect([...reachedIn(mesh('mid'), ['g'])].sort()).toEqual(['far', 'g', 'mid']);
  expect([...reachedIn(mesh('mid', false), ['g'])].sort()).toEqual(['g', 'mid']);
});

test('two moments differ in what changed by hop or clearly by TQ', () => {
  expect(routeChanges(mesh('mid'), mesh('g', true, 195))).toEqual([{ router: 'far', hopThen: 'mid', hopNow: 'g', tqThen: 200, tqNow: 195 }]);
  expect(routeChanges(mesh('mid'), mesh('mid', true, 195))).toEqual([]);
  expect(routeChanges(mesh('mid'), mesh('mid', true, 120))[0]).toMatchObject({ tqNow: 120 });
});

test('links differ between two moments when they were cut, healed, made, or clearly changed their TQ', () => {
  const cut = mesh('mid', false);
  expect(linkChanges(mesh('mid'), cut)).toEqual([{ from: 'far', to: 'mid', tqThen: 230, tqNow: 230, upThen: true, upNow: false }]);
  const weak: MeshSample = { ...mesh('mid'), links: mesh('mid').links.map((link) => ({ ...link, tq: link.tq - (link.to === 'g' && link.from === 'mid' ? 60 : 9) })) };
  expect(linkChanges(mesh('mid'), weak).map(({ from, to }) => `${from}|${to}`)).toEqual(['mid|g']);
  const fresh: MeshSample = { ...mesh('mid'), links: [...mesh('mid').links, { from: 'new', to: 'g', up: true, tq: 5 }] };
  expect(linkChanges(mesh('mid'), fresh)).toEqual([{ from: 'new', to: 'g', tqThen: null, tqNow: 5, upThen: false, upNow: true }]);
});
