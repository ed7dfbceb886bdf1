import { expect, it } from 'vitest';
import { airTimeShare } from './air-time';

it('a packet of 100 bytes a second costs preamble, wait and bits', () => {
  expect(airTimeShare({ packets: 1, bytes: 100, seconds: 1 })).toBeCloseTo((192 + 360 + 122 * 8) / 1e6, 9);
});

it('is far less at the OFDM rate, and adds up with what is heard', () => {
  const load = { packets: 40, bytes: 8_000, seconds: 1 };
  expect(airTimeShare(load, 6)).toBeLessThan(airTimeShare(load, 1) / 4);
  expect(airTimeShare({ packets: 80, bytes: 16_000, seconds: 1 })).toBeCloseTo(2 * airTimeShare(load), 9);
  expect(airTimeShare({ packets: 5, bytes: 5, seconds: 0 })).toBe(0);
});
