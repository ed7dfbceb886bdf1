import { expect, test } from 'vitest';
import { goldenNow, readGolden } from './golden';

test('every shipped scenario ends in the state that was kept for this engine version', async () => {
  expect(goldenNow()).toEqual(await readGolden());
});
