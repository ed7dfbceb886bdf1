/**
 * A frame lasts as long as its scrape: a second in a simulation, fifteen in most recordings, a tenth in a laboratory. What
 * the loop says in seconds (windows, loads to come, the time to judge a promise) is counted by the windows of frames, never by their number.
 */
import { US_PER_SECOND } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { LoopPolicy } from '../policy';

/** Frames shorter than this are put together into seconds. */
const WHOLE_SECOND = 0.75;
/** A window holds at least so many frames, or it shows no change. */
const FRAMES_MIN = 2;
const EPSILON = 1e-6;

/** Of the latest frame; 1 where there is none. */
export const frameSeconds = (frames: readonly Frame[]) => (frames.at(-1)?.windowUs ?? US_PER_SECOND) / US_PER_SECOND;

/** What these frames saw together. */
export const secondsOf = (frames: readonly Frame[]) => frames.reduce((sum, { windowUs }) => sum + windowUs, 0) / US_PER_SECOND;

/** The frames of the last `seconds`. */
export function latestFrames(frames: readonly Frame[], seconds: number): readonly Frame[] {
  const atUs = frames.at(-1)?.atUs ?? 0;
  return frames.filter((frame) => frame.atUs > atUs - seconds * US_PER_SECOND);
}

/** Frames that lie in (fromUs, untilUs] by more than half. */
export const framesWithin = (frames: readonly Frame[], fromUs: number, untilUs: number) =>
  frames.filter(({ atUs, windowUs }) => atUs - windowUs / 2 > fromUs && atUs - windowUs / 2 <= untilUs);

/** One value per second: a longer frame's holds for each of its seconds, shorter ones give their mean. Frames without it are left out. */
export function perSecond(frames: readonly Frame[], of: (frame: Frame) => number | null): number[] {
  const values: number[] = [];
  let part = { seconds: 0, sum: 0 };
  for (const frame of frames) {
    const value = of(frame);
    const seconds = frame.windowUs / US_PER_SECOND;
    if (value === null) continue;
    if (seconds >= WHOLE_SECOND) for (let i = 0; i < Math.round(seconds); i += 1) values.push(value);
    else {
      part = { seconds: part.seconds + seconds, sum: part.sum + value * seconds };
      if (part.seconds < 1 - EPSILON) continue;
      values.push(part.sum / part.seconds);
      part = { seconds: 0, sum: 0 };
    }
  }
  return values;
}

/** The policy with windows that hold some frames of this length. */
export function policyForFrames(policy: LoopPolicy, frames: readonly Frame[]): LoopPolicy {
  const least = Math.ceil(FRAMES_MIN * frameSeconds(frames));
  if (least <= policy.windowSeconds && least <= policy.verifySeconds) return policy;
  return { ...policy, windowSeconds: Math.max(policy.windowSeconds, least), verifySeconds: Math.max(policy.verifySeconds, least) };
}
