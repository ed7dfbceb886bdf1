/** Lets the chosen methods recommend from the history that is open, plays every variant under the same seeds, and keeps what each run had to show. */
'use client';

import { useCallback } from 'react';
import { planRightSize } from '@/app/_lib/simulation/plan-right-size';
import type { LoadedSource } from '@/app/_lib/sql/load-source';
import { measuredRun, type MeasuredRun, type RightSizeMethod, type RightSizeVariant, type ScenarioSpec } from '@/engine/scenario';
import { useBatch, type BatchRun } from '../use-batch';

/** Without a day of its own a load is watched this long after the warm-up, if it lasts that long: two rounds of an autoscaler's memory. */
const WATCHED_SECONDS = 600;

export type RightSizeMeasured = { readonly variants: readonly RightSizeVariant[]; readonly runs: readonly MeasuredRun[] };
type PlannedRun = BatchRun & { readonly sizing: RightSizeVariant };

export function useRightSize() {
  const { batch, start, stop } = useBatch<RightSizeMeasured>();
  const measure = useCallback(
    (loaded: LoadedSource, methods: readonly RightSizeMethod[], seeds: number) => {
      const runs: MeasuredRun[] = [];
      let variants: readonly RightSizeVariant[] = [];
      const plan = async (signal: AbortSignal): Promise<readonly PlannedRun[]> => {
        variants = await planRightSize({ spec: watched(loaded), history: loaded.usage, methods }, signal);
        return variants.flatMap((sizing) => Array.from({ length: seeds }, (_, i): PlannedRun => ({ runId: `right-size/${sizing.spec.id}/${sizing.name}/${sizing.spec.seed + i}`, sizing, spec: { ...sizing.spec, seed: sizing.spec.seed + i } })));
      };
      void start<PlannedRun>(plan, {
        each: async (report, { sizing }) => void runs.push(measuredRun(sizing, report)),
        read: async () => ({ variants, runs }),
      });
    },
    [start],
  );
  return { batch, measure, stop };
}

function watched({ spec, daySeconds }: LoadedSource): ScenarioSpec {
  const warmUp = spec.warmUpSeconds ?? 0;
  return { ...spec, durationSeconds: warmUp + (daySeconds ?? Math.max(1, Math.min(WATCHED_SECONDS, spec.durationSeconds - warmUp))) };
}
