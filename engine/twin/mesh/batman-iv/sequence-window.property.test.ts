import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitCount } from './bit-count';
import { isMarked, markAge, moveWindow } from './sequence-window';

const MASK = (1n << 64n) - 1n;
const asBig = (words: Int32Array) => BigInt(words[0]! >>> 0) | (BigInt(words[1]! >>> 0) << 32n);

describe('a window of 64 sequence numbers', () => {
  it('moves and marks like a 64-bit number', () => {
    const step = fc.record({ ahead: fc.oneof(fc.integer({ min: 1, max: 63 }), fc.integer({ min: 64, max: 70_000 })), mark: fc.boolean(), age: fc.integer({ min: 0, max: 63 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const words = new Int32Array(2);
        let model = 0n;
        for (const { ahead, mark, age } of steps) {
          moveWindow(words, 0, ahead);
          if (mark) markAge(words, 0, 0);
          model = ((ahead < 64 ? model << BigInt(ahead) : 0n) & MASK) | (mark ? 1n : 0n);
          if (mark) {
            markAge(words, 0, age);
            model |= 1n << BigInt(age);
          }
          expect(asBig(words)).toBe(model);
          expect(isMarked(words, 0, age)).toBe(((model >> BigInt(age)) & 1n) === 1n);
          expect(bitCount(words[0]!) + bitCount(words[1]!)).toBe([...model.toString(2)].filter((bit) => bit === '1').length);
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
