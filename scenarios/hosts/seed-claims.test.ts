import { expect, test } from 'vitest';
import { seedClaims } from './seed-claims';

const verdicts = Object.fromEntries(seedClaims(1).map((claim) => [claim.claim, claim]));

test.each([
  ['container start', 'fails', []],
  ['boot', 'depends', []],
  ['disk remedy', 'depends', ['ineffective-clean-up']],
  ['cache clearing', 'depends', ['cache-clear-spiral']],
  ['limit rules', 'depends', ['duelling-rules']],
])('the claim of the %s %s under the conditions it is lived with', (claim, verdict, kinds) => {
  expect(verdicts[claim]!.verdict).toBe(verdict);
  expect([...new Set(verdicts[claim]!.found.map((each) => each.split(' ')[0]!))]).toEqual(kinds);
});

test('a cache is warm where nobody clears it, and cold where the rule does', () => {
  const [cleared, left, quick] = verdicts['cache clearing']!.cases;
  expect([cleared!.meets, left!.meets, quick!.meets]).toEqual([false, true, true]);
});

test('another seed gives the same verdicts', () => {
  expect(seedClaims(2).map(({ verdict }) => verdict)).toEqual(seedClaims(1).map(({ verdict }) => verdict));
});
