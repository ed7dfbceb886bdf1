/**
 * What the server's one live stream of this tab has brought: the newest frames, the fleet, the decisions,
 * and a count of plan changes that tells lists when to read again.
 */
'use client';

import type { Frame } from '@/engine/telemetry';
import { createStore, useStore } from '../store/create-store';
import type { ServerAnswers } from './trpc';

export type StreamEvent = ServerAnswers['live']['stream'] extends AsyncIterable<infer Event> ? (Event extends readonly [unknown, infer Data, ...unknown[]] ? Data : Event) : never;
export type FleetStatus = ServerAnswers['fleet']['state']['status'];
export type DecisionSummary = ServerAnswers['live']['decisions'][number];

export type LiveFeed = {
  readonly connected: boolean;
  readonly frames: readonly Frame[];
  readonly fleet: FleetStatus | null;
  readonly decision: DecisionSummary | null;
  readonly stopped: boolean | null;
};

const FRAMES_MAX = 900;
const feed = createStore<LiveFeed>({ connected: false, frames: [], fleet: null, decision: null, stopped: null });

export const useLiveFeed = () => useStore(feed);
export const changeFeed = (part: Partial<LiveFeed>) => feed.set({ ...feed.get(), ...part });

/** Frames in time order without doubles: the list that was read and the stream overlap. */
export function addLiveFrames(more: readonly Frame[]): void {
  const known = feed.get().frames;
  const last = known.at(-1)?.atUs ?? -Infinity;
  const fresh = known.length === 0 ? more : more.filter((frame) => frame.atUs > last);
  if (fresh.length > 0) changeFeed({ frames: [...known, ...fresh].slice(-FRAMES_MAX) });
}
