/**
 * The five latest TQ values of one path (ring_buffer in older kernels, bat_iv_ogm.c now). The average leaves
 * zeros out: a path of which one OGM in five arrives shows the TQ of that one. Kept as a shift register, the
 * newest value in the lowest byte of the first word and the oldest in the second: which place of the kernel's
 * ring comes next makes no difference to its average, and the average is asked for less often than values come.
 */

/** 65536 / n, rounded up: exact for the sums of five bytes. */
const SHARE = Int32Array.of(0, 65_536, 32_768, 21_846, 16_384, 13_108);

/** Puts a value into the ring whose two words begin at `at`. */
export function pushTq(words: Int32Array, at: number, tq: number): void {
  const newest = words[at]!;
  words[at + 1] = newest >>> 24;
  words[at] = (newest << 8) | tq;
}

/** Mean of the values that are not 0, rounded down; 0 when there is none. */
export function ringAverage(words: Int32Array, at: number): number {
  const newest = words[at]!;
  const oldest = words[at + 1]!;
  const pairs = (newest & 0xff00ff) + ((newest >>> 8) & 0xff00ff);
  const sum = (pairs & 0xffff) + (pairs >>> 16) + oldest;
  const marks = (((newest & 0x7f7f7f7f) + 0x7f7f7f7f) | newest) & 0x80808080;
  const count = (Math.imul((marks >>> 7) & 0x01010101, 0x01010101) >>> 24) + (oldest === 0 ? 0 : 1);
  return Math.imul(sum, SHARE[count]!) >>> 16;
}
