/**
 * Windows over the last 64 sequence numbers (bitarray.c): bit 0 is the newest. Two words, low first.
 */
import { SEQUENCE_RANGE, WINDOW } from './constants';

/** Whether `age` (0 newest … 63) is marked. */
export function isMarked(words: Uint32Array, at: number, age: number): boolean {
  if (age < 0 || age >= WINDOW) return false;
  return ((age < 32 ? words[at]! >>> age : words[at + 1]! >>> (age - 32)) & 1) === 1;
}

/** A sequence number `diff` ahead of the newest arrived (behind when negative): moves the window, marks it when it came this way. Returns whether the window moved. */
export function noteSequence(words: Uint32Array, at: number, diff: number, mark: boolean): boolean {
  if (diff <= 0 && diff > -WINDOW) {
    if (mark) markAge(words, at, -diff);
    return false;
  }
  const bit = mark ? 1 : 0;
  if (diff === 1) {
    words[at + 1] = (words[at + 1]! << 1) | (words[at]! >>> 31);
    words[at] = (words[at]! << 1) | bit;
  } else if (diff > 0 && diff < WINDOW) {
    shiftWindow(words, at, diff);
    words[at] = words[at]! | bit;
  } else {
    words[at] = bit;
    words[at + 1] = 0;
  }
  return true;
}

export function markAge(words: Uint32Array, at: number, age: number): void {
  if (age < 32) words[at] = words[at]! | (1 << age);
  else words[at + 1] = words[at + 1]! | (1 << (age - 32));
}

function shiftWindow(words: Uint32Array, at: number, by: number): void {
  const low = words[at]!;
  if (by >= 32) {
    words[at + 1] = by === 32 ? low : low << (by - 32);
    words[at] = 0;
  } else {
    words[at + 1] = (words[at + 1]! << by) | (low >>> (32 - by));
    words[at] = low << by;
  }
}

/** A jump that only a restart explains. */
export const isReset = (diff: number, window: number) => diff <= -window || diff >= SEQUENCE_RANGE;
