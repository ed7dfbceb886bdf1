/** Windows over the last 64 sequence numbers (bitarray.c): bit 0 is the newest. Two words, low first. */
import { SEQUENCE_RANGE, WINDOW } from '../constants';

/** Whether the number `age` (0 newest … 63) before the newest is marked. */
export const isMarked = (words: Int32Array, at: number, age: number) => ((age < 32 ? words[at]! >>> age : words[at + 1]! >>> (age - 32)) & 1) === 1;

export function markAge(words: Int32Array, at: number, age: number): void {
  if (age < 32) words[at] = words[at]! | (1 << age);
  else words[at + 1] = words[at + 1]! | (1 << (age - 32));
}

/** A number `ahead` of the newest arrived (or one so far off that the window starts anew): moves the window; bit 0 is not marked yet. */
export function moveWindow(words: Int32Array, at: number, ahead: number): void {
  if (ahead === 1) {
    const low = words[at]!;
    words[at + 1] = (words[at + 1]! << 1) | (low >>> 31);
    words[at] = low << 1;
  } else if (ahead > 0 && ahead < WINDOW) {
    shiftWindow(words, at, ahead);
  } else {
    words[at] = 0;
    words[at + 1] = 0;
  }
}

function shiftWindow(words: Int32Array, at: number, by: number): void {
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
