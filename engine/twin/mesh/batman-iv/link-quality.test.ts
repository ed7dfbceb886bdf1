/** Means over long windows against the values measured on kernel 6.1 (380 s per link) and their exact expectation. */
import { describe, expect, it } from 'vitest';
import { nextUnit, randomStream } from '@/engine/kernel';
import { linkFactor, penalizeHop, scaleTq } from './link-quality';

function meanTq(lossOut: number, lossIn: number): number {
  const random = randomStream(7, 'windows');
  let sum = 0;
  const draws = 4_000;
  for (let i = 0; i < draws; i += 1) {
    let received = 0;
    let echoed = 0;
    for (let k = 0; k < 64; k += 1) {
      if (nextUnit(random) >= lossIn) received += 1;
      if (nextUnit(random) >= lossOut && nextUnit(random) >= lossIn) echoed += 1;
    }
    sum += scaleTq(255, linkFactor(received, echoed, 0));
  }
  return sum / draws;
}

describe('the TQ of a link', () => {
  it('is 255 with full windows and 251 while one echo is on its way', () => {
    expect(scaleTq(255, linkFactor(64, 64, 0))).toBe(255);
    expect(scaleTq(255, linkFactor(64, 63, 0))).toBe(251);
  });

  it('counts echoes that exceed what was received as no more than that', () => {
    expect(linkFactor(10, 40, 0)).toBe(linkFactor(10, 10, 0));
    expect(linkFactor(0, 64, 0)).toBe(0);
    expect(linkFactor(64, 0, 0)).toBe(0);
  });

  it.each([
    [0.1, 0.1, 227.7],
    [0.3, 0.3, 171.5],
    [0.5, 0.5, 110.2],
    [0.8, 0.8, 24.9],
    [0.4, 0, 152.2],
    [0, 0.4, 223.0],
    [0.6, 0.2, 99.7],
    [0.2, 0.6, 154.6],
  ])('has the expected mean at losses of %f out and %f in: %f', (lossOut, lossIn, mean) => {
    expect(Math.abs(meanTq(lossOut, lossIn) - mean)).toBeLessThan(2.5);
  });

  it('loses 30 of 255 per relay: 255, 225, 198, 174 along a line, and nothing after 32 hops', () => {
    const line = [255];
    while (line.at(-1)! > 0) line.push(penalizeHop(line.at(-1)!, 30));
    expect(line.slice(0, 4)).toEqual([255, 225, 198, 174]);
    expect(line.length - 1).toBe(32);
  });
});
