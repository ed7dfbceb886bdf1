/**
 * The five latest TQ values of one path (ring_buffer in older kernels, bat_iv_ogm.c now). The average leaves
 * zeros out: a path of which one OGM in five arrives shows the TQ of that one.
 */
import { RING } from '../constants';

/** Puts a value into the ring whose two words begin at `at`, and stores the new average. */
export function pushTq(words: Int32Array, at: number, tq: number): void {
  let low = words[at]!;
  const high = words[at + 1]!;
  let last = high & 0xff;
  const index = (high >>> 8) & 0xff;
  if (index === RING - 1) last = tq;
  else low = (low & ~(0xff << (index << 3))) | (tq << (index << 3));
  words[at] = low;
  words[at + 1] = last | ((index === RING - 1 ? 0 : index + 1) << 8) | (averageOf(low, last) << 16);
}

function averageOf(low: number, last: number): number {
  const a = low & 0xff;
  const b = (low >>> 8) & 0xff;
  const c = (low >>> 16) & 0xff;
  const d = low >>> 24;
  const count = (a === 0 ? 0 : 1) + (b === 0 ? 0 : 1) + (c === 0 ? 0 : 1) + (d === 0 ? 0 : 1) + (last === 0 ? 0 : 1);
  return count === 0 ? 0 : ((a + b + c + d + last) / count) | 0;
}
