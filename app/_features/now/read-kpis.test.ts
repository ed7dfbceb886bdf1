import { expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { startRun } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, takeFrames } from '@/engine/twin';
import { demo } from '@/scenarios/demo';
import { budgetLeft, readKpis } from './read-kpis';

const world = startRun(demo).world;
advanceWorld(world, seconds(90));
const frames = takeFrames(world).slice(60);
const last = frames.at(-1)!;

const failing = (frame: Frame, failedRps: number): Frame => ({ ...frame, services: frame.services.map((sample) => (sample.service === 'client' ? { ...sample, servedRps: 100 - failedRps, errorRps: failedRps } : sample)) });
const kpi = (key: string, of: readonly Frame[] = frames, at = last) => readKpis(demo, of, at, null).find((candidate) => candidate.key === key)!;

test('a budget is whole when nothing failed, used up at the objective, and negative beyond it', () => {
  expect(budgetLeft(frames.map((frame) => failing(frame, 0)), 0.99).left).toBe(1);
  expect(budgetLeft(frames.map((frame) => failing(frame, 1)), 0.99).left).toBeCloseTo(0, 9);
  expect(budgetLeft(frames.map((frame) => failing(frame, 3)), 0.99).left).toBeCloseTo(-2, 9);
});

test('without a request there is no budget to speak of', () => {
  expect(budgetLeft([], 0.99)).toEqual({ left: null, ended: 0 });
});

test('every figure has a unit, a formula and a query, and its band holds its value', () => {
  for (const { label, unit, formula, query, value, band } of readKpis(demo, frames, last, null)) {
    expect(unit, label).not.toBe('');
    expect(formula, label).not.toBe('');
    expect(query, label).toMatch(/^SELECT /);
    if (band !== null && value !== null) expect(value >= band.lower - 1e-9 && value <= band.upper + 1e-9, label).toBe(true);
  }
});

test('figures of an earlier second know nothing of later ones', () => {
  const early = frames[4]!;
  expect(readKpis(demo, frames, early, null)).toEqual(readKpis(demo, frames.slice(0, 5), early, null));
});

test('replicas that are not ready are watched, and a missing power model is a dash, not zero', () => {
  const short = { ...last, services: last.services.map((sample) => (sample.service === 'cart' ? { ...sample, replicasReady: 0 } : sample)) };
  expect(kpi('replicas', [...frames.slice(0, -1), short], short).tone).toBe('watch');
  const unmetered = { ...demo, system: { ...demo.system, nodes: demo.system.nodes.map(({ maxWatts: _watts, ...node }) => node) } };
  expect(readKpis(unmetered, frames, last, null).find(({ key }) => key === 'energy')!.value).toBeNull();
});
