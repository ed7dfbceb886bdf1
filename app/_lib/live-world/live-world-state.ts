/** What the pages see of the running demo world. */
import type { ScenarioSpec, WhatIfAnswer } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import type { Refusal } from '@/engine/twin';
import type { Step } from '../what-if/change-code';

export type Problem = { readonly what: string; readonly why: string; readonly next: string };

export type Answer = {
  readonly step: Step;
  readonly whatIf: WhatIfAnswer;
  /** Commands the world would not take. */
  readonly refusals: readonly Refusal[];
  readonly wallMs: number;
};

/** A world that can be run: the demo, or a twin of somebody's recording. */
export type OpenedWorld = {
  readonly spec: ScenarioSpec;
  /** What it is called in the mode bar. */
  readonly name: string;
  /** Simulated before the first look, so that nobody meets it half empty. */
  readonly warmSeconds: number;
  /** For a calibrated twin: how far it is off, and over how much it was judged. */
  readonly fit: { readonly medianError: number | null; readonly heldOutSeconds: number } | null;
};

export type LiveWorldState = {
  readonly opened: OpenedWorld;
  readonly phase: 'starting' | 'running' | 'failed';
  readonly problem: Problem | null;
  /** The world as it went, oldest first, at most `HISTORY_FRAMES_MAX`. */
  readonly frames: readonly Frame[];
  readonly steps: readonly Step[];
  readonly answer: Answer | null;
  /** Title of the change being worked out. */
  readonly asking: string | null;
  readonly playing: boolean;
  /** Simulated seconds per second. */
  readonly speed: number;
};

export const HISTORY_FRAMES_MAX = 1_800;
export const HORIZON_SECONDS = 45;
export const PAIRED_RUNS = 5;
export const SPEEDS = [1, 4, 16] as const;

export const startingState = (opened: OpenedWorld): LiveWorldState => ({ opened, phase: 'starting', problem: null, frames: [], steps: [], answer: null, asking: null, playing: true, speed: 4 });

export const secondsOf = (frame: Frame) => frame.atUs / 1e6;

export const addFrames = (frames: readonly Frame[], more: readonly Frame[]) => (more.length === 0 ? frames : [...frames, ...more].slice(-HISTORY_FRAMES_MAX));

/** The frame at a time, or the last one before it. */
export function frameAt(frames: readonly Frame[], seconds: number): Frame | null {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (secondsOf(frames[middle]!) <= seconds + 1e-6) low = middle + 1;
    else high = middle;
  }
  return frames[low - 1] ?? null;
}
