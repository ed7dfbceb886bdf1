import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pushTq, ringAverage } from './tq-ring';

const average = (ring: Int32Array) => ringAverage(ring, 0);

describe('a ring of five TQ values', () => {
  it('averages what it holds, rounded down', () => {
    const ring = new Int32Array(2);
    const shown = [251, 255, 255, 250, 255, 10].map((tq) => (pushTq(ring, 0, tq), average(ring)));
    expect(shown).toEqual([251, 253, 253, 252, 253, 205]); // the sixth value replaces the first
  });

  it('leaves zeros out, so one OGM in five keeps its TQ', () => {
    const ring = new Int32Array(2);
    for (const tq of [200, 0, 0, 0, 0]) pushTq(ring, 0, tq);
    expect(average(ring)).toBe(200);
    pushTq(ring, 0, 0);
    expect(average(ring)).toBe(0);
  });

  it('averages like a division of all that is not zero, whatever it holds', () => {
    const tq = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(tq, { minLength: 1, maxLength: 12 }), (values) => {
        const ring = new Int32Array(2);
        for (const value of values) pushTq(ring, 0, value);
        const kept = values.slice(-5).filter((value) => value > 0);
        expect(average(ring)).toBe(kept.length === 0 ? 0 : Math.floor(kept.reduce((sum, value) => sum + value, 0) / kept.length));
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });
});
