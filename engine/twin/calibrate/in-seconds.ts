/**
 * A recording second by second, as the twin lives it: a frame of a slower scrape stands for each of its seconds, because
 * rates, levels and latencies of its window hold for all of them. Frames of about a second, or shorter ones, stay as they are.
 */
import { US_PER_SECOND, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';

const LONG_SECONDS = 1.5;
/** More seconds than these are not written out: the latest ones are kept. */
export const WRITTEN_SECONDS_MAX = 400_000;

/** The same frames where none is longer than a second and a half. */
export function inSeconds(frames: readonly Frame[]): readonly Frame[] {
  if (frames.every(({ windowUs }) => windowUs < LONG_SECONDS * US_PER_SECOND)) return frames;
  return latest(frames).flatMap((frame) => {
    const seconds = secondsOf(frame);
    const beginsUs = frame.atUs - seconds * US_PER_SECOND;
    return Array.from({ length: seconds }, (_, i): Frame => ({ ...frame, atUs: (beginsUs + (i + 1) * US_PER_SECOND) as TimeUs, windowUs: US_PER_SECOND as TimeUs }));
  });
}

const secondsOf = ({ windowUs }: Frame) => Math.max(1, Math.round(windowUs / US_PER_SECOND));

function latest(frames: readonly Frame[]): readonly Frame[] {
  let from = frames.length;
  for (let left = WRITTEN_SECONDS_MAX; from > 0 && secondsOf(frames[from - 1]!) <= left; from -= 1) left -= secondsOf(frames[from - 1]!);
  return frames.slice(from);
}
