/**
 * When each frame of a recording is due in a replay. Pure: the shell waits, this says for how long. Frames
 * come in time order; a gap keeps its length up to a limit, so that an hour of silence does not stop the show.
 */
import { US_PER_SECOND } from '@/engine/kernel';
import type { Frame } from '../frame';

export type ReplayStep = {
  readonly frame: Frame;
  /** Wall-clock milliseconds since the start of the replay. */
  readonly dueMs: number;
  /** Recorded seconds since the frame before it that are skipped, because nothing was recorded in them. */
  readonly skippedSeconds: number;
};

export type ReplayOptions = {
  /** Recorded seconds per wall-clock second; Infinity: as fast as frames are taken. */
  readonly speed: number;
  /** Recorded seconds that a jump between two frames takes at most. */
  readonly gapSecondsMax?: number;
};

const GAP_SECONDS_MAX = 30;

/** Frames of equal time are one: the first of them is played. A speed that is not above 0 counts as 1. */
export function replaySchedule(frames: readonly Frame[], { speed, gapSecondsMax = GAP_SECONDS_MAX }: ReplayOptions): ReplayStep[] {
  const pace = speed > 0 ? speed : 1;
  const order = frames.map((frame, place) => ({ frame, place }));
  order.sort((x, y) => x.frame.atUs - y.frame.atUs || x.place - y.place);
  const steps: ReplayStep[] = [];
  let playedUs = 0;
  let lastUs: number | null = null;
  for (const { frame } of order) {
    if (frame.atUs === lastUs) continue;
    const stepUs: number = lastUs === null ? 0 : frame.atUs - lastUs;
    const heldUs = Math.min(stepUs, gapSecondsMax * US_PER_SECOND);
    playedUs += heldUs;
    lastUs = frame.atUs;
    steps.push({ frame, dueMs: playedUs / 1_000 / pace, skippedSeconds: (stepUs - heldUs) / US_PER_SECOND });
  }
  return steps;
}

/** Index of the last step that is due; −1 before the first one. */
export function dueStep(steps: readonly ReplayStep[], elapsedMs: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (steps[middle]!.dueMs <= elapsedMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
