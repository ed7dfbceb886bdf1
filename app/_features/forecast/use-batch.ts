/**
 * A batch of simulated runs, one after another. Each is written into DuckDB, unless `each` says what else is kept of it; then
 * `read` gives the answer. Progress, stop, words when it fails.
 */
'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { simulateEach, type RunsProgress } from '@/app/_lib/simulation/simulate-each';
import { insertRun } from '@/app/_lib/sql/insert-run';
import { sqlWords } from '@/app/_lib/sql/sql-client';
import type { RunReport, ScenarioSpec } from '@/engine/scenario';

export type BatchRun = { readonly runId: string; readonly spec: ScenarioSpec; readonly variant?: string };
export type Batch<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: RunsProgress }
  | { readonly kind: 'done'; readonly value: T; readonly wallMs: number }
  | { readonly kind: 'failed'; readonly what: string; readonly next: string };

type Steps<Run, T> = { readonly each?: (report: RunReport, run: Run) => Promise<void>; readonly read: () => Promise<T> };
type Plan<Run> = readonly Run[] | ((signal: AbortSignal) => Promise<readonly Run[]>);

const PLANNING: RunsProgress = { run: 0, runs: 0, doneSeconds: 0, totalSeconds: 0 };

export function useBatch<T>() {
  const [batch, setBatch] = useState<Batch<T>>({ kind: 'idle' });
  const abort = useRef<AbortController | null>(null);
  const stop = useCallback(() => {
    abort.current?.abort(new Error('stopped'));
    abort.current = null;
    setBatch({ kind: 'idle' });
  }, []);
  useEffect(() => () => abort.current?.abort(new Error('left')), []);

  const start = useCallback(async <Run extends BatchRun>(plan: Plan<Run>, { each, read }: Steps<Run, T>) => {
    abort.current?.abort(new Error('started again'));
    const own = (abort.current = new AbortController());
    const set = (next: Batch<T>) => abort.current === own && setBatch(next);
    const started = performance.now();
    set({ kind: 'running', progress: PLANNING });
    try {
      const runs = typeof plan === 'function' ? await plan(own.signal) : plan;
      const bySpec = new Map(runs.map((run) => [run.spec, run]));
      const keep = each ?? (async (report: RunReport, run: Run) => void (await insertRun({ ...run, report }, () => undefined, own.signal)));
      await simulateEach(runs.map((run) => run.spec), (report, spec) => keep(report, bySpec.get(spec)!), { signal: own.signal, onProgress: (progress) => set({ kind: 'running', progress }) });
      set({ kind: 'done', value: await read(), wallMs: performance.now() - started });
    } catch (error) {
      if (!own.signal.aborted) set({ kind: 'failed', ...sqlWords(error) });
    }
  }, []);
  return { batch, start, stop };
}
