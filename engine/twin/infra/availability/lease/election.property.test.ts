import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runElection, type ElectionSpec, type Trouble } from './election';

const trouble: fc.Arbitrary<Trouble> = fc.record({ candidate: fc.integer({ min: 0, max: 2 }), atSeconds: fc.integer({ min: 5, max: 150 }), lastsSeconds: fc.integer({ min: 1, max: 60 }), kind: fc.constantFrom('pause', 'cut', 'crash' as const) });
const spec = (troubles: readonly Trouble[], fencing: boolean): ElectionSpec => ({ candidates: 3, seconds: 200, troubles, fencing });
const seedOf = fc.integer({ min: 0, max: 1e9 });
const runs = { numRuns: 60, seed: 20261121 };

describe('a lease with fencing tokens', () => {
  test('never lets an older leader write after a newer one, whatever pauses, cuts, crashes and clocks do', () => {
    fc.assert(
      fc.property(seedOf, fc.array(trouble, { maxLength: 6 }), fc.array(fc.constantFrom(0.5, 0.9, 1, 1.1, 2), { minLength: 3, maxLength: 3 }), (seed, troubles, clockSpeeds) => {
        expect(runElection({ ...spec(troubles, true), clockSpeeds }, seed).stale).toBe(0);
      }),
      runs,
    );
  });

  test('has no stale writer even without fencing while clocks agree and nobody sleeps', () => {
    fc.assert(
      fc.property(seedOf, fc.array(trouble.filter(({ kind }) => kind !== 'pause'), { maxLength: 6 }), (seed, troubles) => {
        expect(runElection(spec(troubles, false), seed).stale).toBe(0);
      }),
      runs,
    );
  });
});

test('without fencing a leader that slept for 30 s writes over its successor', () => {
  const pause: Trouble = { candidate: 0, atSeconds: 40, lastsSeconds: 30, kind: 'pause' };
  const all = [0, 1, 2].map((who) => ({ ...pause, candidate: who }));
  const stale = [1, 2, 3, 4, 5, 6].flatMap((seed) => all.map((each) => runElection(spec([each], false), seed).stale));
  expect(Math.max(...stale)).toBeGreaterThan(0);
  const fenced = [1, 2, 3, 4, 5, 6].flatMap((seed) => all.map((each) => runElection(spec([each], true), seed)));
  expect(Math.max(...fenced.map((result) => result.stale))).toBe(0);
  expect(Math.max(...fenced.map((result) => result.refused))).toBeGreaterThan(0);
});

test('without fencing a candidate whose clock runs twice as fast takes a lease that is still held', () => {
  const results = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => runElection({ candidates: 2, seconds: 300, troubles: [{ candidate: 0, atSeconds: 50, lastsSeconds: 12, kind: 'cut' }, { candidate: 1, atSeconds: 120, lastsSeconds: 12, kind: 'cut' }], clockSpeeds: [1, 3], fencing: false }, seed));
  expect(results.some(({ stale }) => stale > 0)).toBe(true);
});

test('a crashed leader is followed after the lease has run out and a retry has come: 15 to 20 s, less what had passed', () => {
  const handOvers = Array.from({ length: 60 }, (_, seed) => [0, 1, 2].flatMap((who) => runElection(spec([{ candidate: who, atSeconds: 60, lastsSeconds: 200, kind: 'crash' }], true), seed).handOvers)).flat();
  expect(handOvers.length).toBeGreaterThan(40);
  for (const { gapSeconds } of handOvers) {
    expect(gapSeconds).toBeGreaterThan(13);
    expect(gapSeconds).toBeLessThan(22);
  }
});
