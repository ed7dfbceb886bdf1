import { expect, test } from 'vitest';
import { STUDIED, studySchedulers } from '@/engine/twin';
import { EDITOR, STUDY_SECONDS, studyTasks, USUAL_MIX } from './study-tasks';

test('the last loop is the unimportant one, and the editor works at every key', () => {
  const tasks = studyTasks({ ...USUAL_MIX, loops: 2 });
  expect(tasks.map(({ name, nice, priority }) => [name, nice ?? 0, priority])).toEqual([['loop 1', 0, 1], ['index', 10, 5], [EDITOR, 0, 0]]);
  expect(tasks[2]!.pieces).toHaveLength(500);
});

test('without ageing priorities starve the last loop for all the time, fair policies do not', () => {
  const results = studySchedulers(studyTasks(USUAL_MIX), STUDIED, STUDY_SECONDS * 1e6);
  const starvedS = Object.fromEntries(results.map(({ policy, tasks }) => [policy, tasks.find(({ name }) => name === 'index')!.longestStarvedUs / 1e6]));
  expect(starvedS['priority, no ageing']).toBe(STUDY_SECONDS);
  expect(Math.max(starvedS['CFS']!, starvedS['EEVDF']!)).toBeLessThan(0.1);
});
