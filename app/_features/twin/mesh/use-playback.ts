/** Plays the seconds that were seen once more by moving the shared cursor; ends at the last one. */
'use client';

import { useEffect, useRef, useState } from 'react';

const TICK_MS = 200;
export const PLAYBACK_SPEEDS = [4, 16, 60] as const;

type Playback = { readonly from: number; readonly to: number; readonly at: number; readonly onCursor: (at: number | null) => void };

export function usePlayback({ from, to, at, onCursor }: Playback) {
  const [speed, setSpeed] = useState<number>(PLAYBACK_SPEEDS[1]);
  const [playing, setPlaying] = useState(false);
  const latest = useRef({ at, to, onCursor });
  useEffect(() => {
    latest.current = { at, to, onCursor };
  });
  useEffect(() => {
    if (!playing) return;
    let next = Math.min(latest.current.at, latest.current.to);
    const timer = setInterval(() => {
      next += (speed * TICK_MS) / 1_000;
      const ends = next >= latest.current.to;
      latest.current.onCursor(ends ? null : next);
      if (ends) setPlaying(false);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [playing, speed]);
  const toggle = () => {
    if (!playing && at >= to - 1) onCursor(from);
    setPlaying(!playing);
  };
  return { playing, toggle, speed, setSpeed };
}
