/** Runs one scenario in a worker of its own: progress while it runs, stop, the report at the end. */
'use client';

import { proxy } from 'comlink';
import { useCallback, useEffect, useRef, useState } from 'react';
import { openSimulation, type OpenSimulation, type RunProgress } from '@/app/_lib/simulation/open-simulation';
import type { AskedMode, RunReport, ScenarioSpec } from '@/engine/scenario';
import type { SpecIssue } from '@/engine/twin';

export type ScenarioRun =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly doneSeconds: number; readonly totalSeconds: number; readonly events: number }
  | { readonly kind: 'done'; readonly report: RunReport; readonly wallMs: number }
  | { readonly kind: 'refused'; readonly issues: readonly SpecIssue[] };

const broken = (why: string): ScenarioRun => ({ kind: 'refused', issues: [{ path: '', code: 'not-parsable', message: `The simulation stopped: ${why}`, suggestion: 'Run it again; if it happens twice, the scenario is worth a bug report.' }] });

export function useScenarioRun() {
  const [run, setRun] = useState<ScenarioRun>({ kind: 'idle' });
  const open = useRef<OpenSimulation | null>(null);
  const close = useCallback(() => {
    open.current?.close();
    open.current = null;
  }, []);
  useEffect(() => close, [close]);

  const start = useCallback(
    async (spec: ScenarioSpec, mode: AskedMode) => {
      close();
      const simulation = (open.current = openSimulation((why) => setRun(broken(why))));
      const started = performance.now();
      setRun({ kind: 'running', doneSeconds: 0, totalSeconds: spec.durationSeconds, events: 0 });
      // progress comes through a port of its own and may arrive after the report
      const onProgress = ({ doneSeconds, totalSeconds, events }: RunProgress) => open.current === simulation && setRun({ kind: 'running', doneSeconds, totalSeconds, events });
      const result = await simulation.api.run(spec, mode, proxy(onProgress)).catch((error: unknown) => ({ ok: false as const, error: (broken(String(error)) as { issues: readonly SpecIssue[] }).issues }));
      if (open.current !== simulation) return;
      close();
      setRun(result.ok ? { kind: 'done', report: result.value, wallMs: performance.now() - started } : { kind: 'refused', issues: result.error });
    },
    [close],
  );
  const stop = useCallback(() => {
    close();
    setRun({ kind: 'idle' });
  }, [close]);
  return { run, start, stop };
}
