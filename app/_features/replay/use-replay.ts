/** Opens a recording (shipped or dropped), fits a twin on it, and plays it through the loop. */
'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { OpeningStage, RecordingIssue } from '@/app/_lib/recording/open-recording';
import { openRecording } from '@/app/_lib/recording/open-recording';
import { openReplay, type ReplaySummary } from '@/app/_lib/recording/open-replay';
import { fetchShippedRecording, setOpenedRecording, useOpenedRecording } from '@/app/_lib/recording/opened-recording';
import type { Decision } from '@/engine/loop';

export type ReplayState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'opening'; readonly stage: OpeningStage }
  | { readonly kind: 'refused'; readonly issues: readonly RecordingIssue[] }
  | { readonly kind: 'playing'; readonly decisions: readonly Decision[]; readonly doneSeconds: number; readonly totalSeconds: number }
  | { readonly kind: 'done'; readonly decisions: readonly Decision[]; readonly summary: ReplaySummary };

export function useReplay() {
  const opened = useOpenedRecording();
  const [state, setState] = useState<ReplayState>({ kind: 'idle' });
  const running = useRef<ReturnType<typeof openReplay> | null>(null);
  useEffect(() => () => running.current?.stop(), []);

  const open = useCallback(async (files: readonly File[]) => {
    setState({ kind: 'opening', stage: { stage: 'reading', file: files[0]?.name ?? '', done: 0, total: files.length } });
    try {
      const result = await openRecording(files, (stage) => setState({ kind: 'opening', stage }));
      if (!result.ok) return setState({ kind: 'refused', issues: result.issues });
      setOpenedRecording(result.value);
      setState({ kind: 'idle' });
    } catch (error) {
      setState({ kind: 'refused', issues: [{ path: files[0]?.name ?? '', message: String(error), suggestion: 'Try again after a reload.' }] });
    }
  }, []);

  const openShipped = useCallback(async (id: string) => {
    try {
      await open(await fetchShippedRecording(id));
    } catch (error) {
      setState({ kind: 'refused', issues: [{ path: id, message: error instanceof Error ? error.message : String(error), suggestion: 'Is the workbench still running? Reload the page.' }] });
    }
  }, [open]);

  const play = useCallback(async () => {
    if (opened === null) return;
    running.current?.stop();
    const decisions: Decision[] = [];
    setState({ kind: 'playing', decisions, doneSeconds: 0, totalSeconds: opened.recording.frames.length });
    let ended = false; // progress comes through a port of its own and may arrive after the summary
    const replay = (running.current = openReplay(opened, {}, (progress) => {
      decisions.push(...progress.decisions);
      if (ended) setState((state) => (state.kind === 'done' ? { ...state, decisions: [...decisions] } : state));
      else setState({ kind: 'playing', decisions: [...decisions], doneSeconds: progress.doneSeconds, totalSeconds: progress.totalSeconds });
    }));
    try {
      const summary = await replay.summary;
      ended = true;
      if (running.current === replay) setState({ kind: 'done', decisions, summary });
    } catch (error) {
      if (running.current === replay) setState({ kind: 'refused', issues: [{ path: opened.recording.manifest.title, message: String(error), suggestion: 'Play it again.' }] });
    }
  }, [opened]);

  const stop = useCallback(() => {
    running.current?.stop();
    running.current = null;
    setState({ kind: 'idle' });
  }, []);
  return { opened, state, open, openShipped, play, stop };
}
