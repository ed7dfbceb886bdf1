import { expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import type { Frame } from '../frame';
import { dueStep, replaySchedule } from './replay-schedule';

const frameAt = (second: number): Frame => ({ atUs: seconds(second), windowUs: seconds(1), source: 'recorded', services: [], nodes: [], mesh: null, usdPerHour: null, watts: null });
const due = (at: readonly number[], speed: number, gapSecondsMax?: number) => replaySchedule(at.map(frameAt), { speed, gapSecondsMax }).map(({ dueMs }) => dueMs);

test('frames are due as they were recorded, divided by the speed', () => {
  expect(due([100, 101, 102.5], 1)).toEqual([0, 1_000, 2_500]);
  expect(due([100, 101, 102.5], 10)).toEqual([0, 100, 250]);
  expect(due([100, 101], Infinity)).toEqual([0, 0]);
  expect(due([100, 101], 0)).toEqual([0, 1_000]);
});

test('frames come in time order and once per instant', () => {
  const steps = replaySchedule([3, 1, 2, 2].map(frameAt), { speed: 1 });
  expect(steps.map(({ frame }) => frame.atUs / 1e6)).toEqual([1, 2, 3]);
});

test('a long silence is shortened, and says by how much', () => {
  const steps = replaySchedule([0, 1, 3_601].map(frameAt), { speed: 1, gapSecondsMax: 5 });
  expect(steps.map(({ dueMs, skippedSeconds }) => [dueMs, skippedSeconds])).toEqual([[0, 0], [1_000, 0], [6_000, 3_595]]);
});

test('the step that is due is the last one not in the future', () => {
  const steps = replaySchedule([0, 1, 2].map(frameAt), { speed: 1 });
  expect([-1, 0, 999, 1_000, 9_999].map((elapsedMs) => dueStep(steps, elapsedMs))).toEqual([-1, 0, 0, 1, 2]);
  expect(dueStep([], 5)).toBe(-1);
});
