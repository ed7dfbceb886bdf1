/**
 * The one time line of the page that is open, shown by the shell's time axis, and the one cursor shared by
 * map, charts, tables and events. The cursor is in the address (`t`, in seconds), so it goes along from
 * place to place; without it the page follows now.
 */
'use client';

import { useCallback, useEffect } from 'react';
import { createStore, useStore } from '../store/create-store';
import { useUrlParam } from '../url-state/url-params';

export type TimeLineEvent = { readonly at: number; readonly label: string; readonly tone?: 'plain' | 'bad' };

export type Transport = {
  readonly playing: boolean;
  readonly onPlaying: (playing: boolean) => void;
  readonly speed: number;
  readonly speeds: readonly number[];
  readonly onSpeed: (speed: number) => void;
};

export type TimeLine = {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly events: readonly TimeLineEvent[];
  /** What second 0 is, e.g. `since the start of the run`, or a clock time. */
  readonly format?: (seconds: number) => string;
  readonly transport?: Transport;
};

const shown = createStore<TimeLine | null>(null);

export const useShownTimeLine = () => useStore(shown);

/** Shows this page's time line in the shell for as long as the page is open. */
export function useTimeLine(timeLine: TimeLine | null): void {
  useEffect(() => {
    shown.set(timeLine);
  }, [timeLine]);
  useEffect(() => () => shown.set(null), []);
}

/** Seconds, or null while following now. */
export function useTimeCursor(): readonly [cursor: number | null, set: (at: number | null) => void] {
  const [text, setText] = useUrlParam('t');
  const value = text === null || text.trim() === '' ? null : Number(text);
  const set = useCallback((at: number | null) => setText(at === null ? null : String(Math.round(at))), [setText]);
  return [value !== null && Number.isFinite(value) ? value : null, set];
}
