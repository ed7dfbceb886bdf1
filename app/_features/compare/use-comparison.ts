/** Runs all variants over the same seeds in a worker; progress counts runs. */
'use client';

import { proxy } from 'comlink';
import { useCallback, useEffect, useRef, useState } from 'react';
import { openSimulation, type CompareProgress, type OpenSimulation } from '@/app/_lib/simulation/open-simulation';
import type { CompareReport, ScenarioSpec } from '@/engine/scenario';

export type Comparison =
  | { readonly kind: 'idle' }
  | ({ readonly kind: 'running' } & CompareProgress)
  | { readonly kind: 'done'; readonly report: CompareReport; readonly wallMs: number }
  | { readonly kind: 'failed'; readonly what: string };

export function useComparison() {
  const [comparison, setComparison] = useState<Comparison>({ kind: 'idle' });
  const open = useRef<OpenSimulation | null>(null);
  const stop = useCallback(() => {
    open.current?.close();
    open.current = null;
    setComparison({ kind: 'idle' });
  }, []);
  useEffect(() => () => open.current?.close(), []);
  const start = useCallback(async (variants: readonly { readonly name: string; readonly spec: ScenarioSpec }[], seeds: readonly number[]) => {
    open.current?.close();
    const simulation = (open.current = openSimulation((what) => setComparison({ kind: 'failed', what })));
    const started = performance.now();
    setComparison({ kind: 'running', runsDone: 0, runsTotal: variants.length * seeds.length });
    try {
      // progress comes through a port of its own and may arrive after the report
      const onProgress = (progress: CompareProgress) => open.current === simulation && setComparison({ kind: 'running', ...progress });
      const result = await simulation.api.compare(variants, seeds, proxy(onProgress));
      if (open.current !== simulation) return;
      open.current = null;
      setComparison(result.ok ? { kind: 'done', report: result.value, wallMs: performance.now() - started } : { kind: 'failed', what: result.error.map((issue) => `${issue.path} ${issue.message}`).join('; ') });
    } catch (error) {
      if (open.current === simulation) setComparison({ kind: 'failed', what: String(error) });
      open.current = null;
    }
    simulation.close();
  }, []);
  return { comparison, start, stop };
}
