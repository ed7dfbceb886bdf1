/** Films the map: the seconds that were seen are played once more by the shared cursor, at the playback's speed, into a video file. */
'use client';

import { useRef, useState } from 'react';
import { download } from '@/app/_ui/export/download';
import { recordFilm } from '@/app/_ui/export/film';

const MOMENT_MS = 200;
/** Two frames of the screen: one to lay out, one to paint. */
const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

type FilmOptions = { readonly from: number; readonly to: number; readonly speed: number; readonly onCursor: (at: number | null) => void; readonly svg: () => SVGSVGElement | null; readonly title: string };

export type Filming = { readonly progress: number | null; readonly problem: string | null; readonly start: () => void; readonly stop: () => void };

export function useFilm({ from, to, speed, onCursor, svg, title }: FilmOptions): Filming {
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  const film = async () => {
    abort.current = new AbortController();
    const step = (speed * MOMENT_MS) / 1_000;
    const at = (moment: number) => Math.min(to, from + moment * step);
    const show = async (moment: number) => {
      onCursor(at(moment));
      await painted();
    };
    setProblem(null);
    setProgress(0);
    try {
      const made = await recordFilm({ moments: Math.ceil((to - from) / step) + 1, show, svg, caption: (moment) => `${title}, second ${Math.round(at(moment))}`, momentMs: MOMENT_MS, onProgress: setProgress, signal: abort.current.signal });
      if (made !== null) download(`mesh-${Math.round(from)}-${Math.round(to)}.${made.extension}`, made.blob);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    onCursor(null);
    setProgress(null);
  };
  return { progress, problem, start: () => void film(), stop: () => abort.current?.abort() };
}
