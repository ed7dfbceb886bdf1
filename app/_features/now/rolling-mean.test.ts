import { expect, test } from 'vitest';
import { rollingMean } from './rolling-mean';

test('the mean covers only what there is at the start', () => {
  expect(rollingMean([2, 4, 6, 8], 2)).toEqual([2, 3, 5, 7]);
});

test('a gap stays a gap and does not pull the mean to zero', () => {
  expect(rollingMean([2, null, 4], 3)).toEqual([2, null, 3]);
});
