/**
 * A cluster that runs in a worker: opened at a size, let go on while it plays, with the last moments kept so that the time
 * cursor can go back. Or one read from files, of which there is one moment. `problem` is in words when neither can be had.
 */
'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { openCluster, type OpenedCluster } from '@/app/_lib/cluster/open-cluster';
import type { FitCard } from '@/engine/scenario';
import type { cluster } from '@/engine/twin';

export type ClusterSource = { readonly kind: 'made'; readonly nodes: number; readonly pods: number; readonly seed: number } | { readonly kind: 'files'; readonly files: readonly File[] };
/** Nothing is reported of a cluster that does not run. */
export type ClusterMark = { readonly moment: cluster.ClusterMoment; readonly report: cluster.ClusterReport | null };
export type RunningCluster = {
  readonly shape: cluster.ClusterShape | null;
  /** Oldest first; never empty once there is a shape. */
  readonly marks: readonly ClusterMark[];
  readonly problem: string | null;
  /** Of files: what was understood. */
  readonly card: FitCard | null;
  readonly drain: (node: number) => Promise<boolean>;
  readonly explainPending: (pod: number) => Promise<cluster.PendingExplanation | null>;
};
type State = Pick<RunningCluster, 'shape' | 'marks' | 'problem' | 'card'>;

/** Moments kept: at 50 000 pods about 1.6 MB each. */
const MARKS_MAX = 60;
const STEP_MS = 1_000;
const NOTHING: State = { shape: null, marks: [], problem: null, card: null };

export function useRunningCluster(source: ClusterSource, playing: boolean, secondsPerStep: number): RunningCluster {
  const [state, setState] = useState<State>(NOTHING);
  const opened = useRef<OpenedCluster | null>(null);
  const keep = useCallback((mark: ClusterMark) => setState((before) => ({ ...before, marks: [...before.marks.slice(1 - MARKS_MAX), mark] })), []);
  const fail = useCallback((error: unknown) => setState((before) => ({ ...before, problem: error instanceof Error ? error.message : String(error) })), []);

  useEffect(() => {
    const worker = openCluster();
    opened.current = worker;
    let over = false;
    openSource(worker, source).then((state) => over || setState(state), (error: unknown) => over || fail(error));
    return () => {
      over = true;
      opened.current = null;
      worker.close();
      setState(NOTHING);
    };
  }, [source, fail]);

  const isOpen = state.shape !== null;
  useEffect(() => {
    if (!playing || !isOpen) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const step = async () => {
      const mark = await opened.current?.advance(secondsPerStep);
      if (over) return;
      if (mark !== null && mark !== undefined) keep(mark);
      timer = setTimeout(go, STEP_MS);
    };
    const go = () => void step().catch((error: unknown) => over || fail(error));
    timer = setTimeout(go, STEP_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [playing, isOpen, secondsPerStep, keep, fail]);

  const drain = useCallback(
    async (node: number) => {
      const answer = await opened.current?.drain(node);
      if (answer === null || answer === undefined) return false;
      keep({ moment: answer.moment, report: answer.report });
      return answer.drained;
    },
    [keep],
  );
  const explainPending = useCallback(async (pod: number) => (await opened.current?.explainPending(pod)) ?? null, []);
  return { ...state, drain, explainPending };
}

async function openSource(worker: OpenedCluster, source: ClusterSource): Promise<State> {
  if (source.kind === 'made') {
    const { shape, moment, report } = await worker.open(source, source.seed);
    return { ...NOTHING, shape, marks: [{ moment, report }] };
  }
  const files = await Promise.all(source.files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
  const { shape, moment, card } = await worker.openFiles(files);
  if (shape.nodes.name.length > 0) return { shape, marks: [{ moment, report: null }], problem: null, card };
  return { ...NOTHING, card, problem: `${card.sentence} No node is in these files, so there is nothing to place pods on.` };
}
