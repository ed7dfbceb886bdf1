/** A batch of simulated runs written into DuckDB one by one; then `read` asks SQL about them. Progress, stop, words when it fails. */
'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { simulateEach, type RunsProgress } from '@/app/_lib/simulation/simulate-each';
import { insertRun } from '@/app/_lib/sql/insert-run';
import { sqlWords } from '@/app/_lib/sql/sql-client';
import type { ScenarioSpec } from '@/engine/scenario';

export type BatchRun = { readonly runId: string; readonly spec: ScenarioSpec; readonly variant?: string };
export type Batch<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: RunsProgress }
  | { readonly kind: 'done'; readonly value: T; readonly wallMs: number }
  | { readonly kind: 'failed'; readonly what: string; readonly next: string };

export function useBatch<T>() {
  const [batch, setBatch] = useState<Batch<T>>({ kind: 'idle' });
  const abort = useRef<AbortController | null>(null);
  const stop = useCallback(() => {
    abort.current?.abort(new Error('stopped'));
    abort.current = null;
    setBatch({ kind: 'idle' });
  }, []);
  useEffect(() => () => abort.current?.abort(new Error('left')), []);

  const start = useCallback(async (runs: readonly BatchRun[], read: () => Promise<T>) => {
    abort.current?.abort(new Error('started again'));
    const own = (abort.current = new AbortController());
    const set = (next: Batch<T>) => abort.current === own && setBatch(next);
    const started = performance.now();
    const bySpec = new Map(runs.map((run) => [run.spec, run]));
    try {
      await simulateEach(runs.map((run) => run.spec), async (report, spec) => void (await insertRun({ ...bySpec.get(spec)!, report }, () => undefined, own.signal)), { signal: own.signal, onProgress: (progress) => set({ kind: 'running', progress }) });
      set({ kind: 'done', value: await read(), wallMs: performance.now() - started });
    } catch (error) {
      if (!own.signal.aborted) set({ kind: 'failed', ...sqlWords(error) });
    }
  }, []);
  return { batch, start, stop };
}
