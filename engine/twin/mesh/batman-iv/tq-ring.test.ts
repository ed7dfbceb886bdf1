import { describe, expect, it } from 'vitest';
import { pushTq } from './tq-ring';

const average = (ring: Int32Array) => ring[1]! >>> 16;

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
});
