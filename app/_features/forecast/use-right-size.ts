/** Runs every right-size variant under the same seeds and reads from SQL what each run cost and how much of it was outside the objectives. */
'use client';

import { useCallback } from 'react';
import type { LoadedSource } from '@/app/_lib/sql/load-source';
import { askReport } from '@/app/_lib/sql/sql-client';
import type { MeasuredRun } from './right-size-rows';
import { rightSizeVariants } from './right-size-variants';
import { useBatch, type BatchRun } from './use-batch';

/** The whole run as one bucket. */
const WHOLE_RUN_SECONDS = 86_400;
const CLIENTS = 'client';

type PlannedRun = BatchRun & { readonly variant: string; readonly seed: number };
export type Measured = { readonly runs: readonly MeasuredRun[]; readonly sql: string };

export function useRightSize() {
  const { batch, start, stop } = useBatch<Measured>();
  const measure = useCallback(
    ({ spec, entry, daySeconds }: LoadedSource, seeds: number) => {
      const runs = rightSizeVariants(spec, daySeconds).flatMap((variant) =>
        Array.from({ length: seeds }, (_, i): PlannedRun => ({ runId: `right-size/${spec.id}/${variant.removed.join('+') || 'all'}/${spec.seed + i}`, variant: variant.name, seed: spec.seed + i, spec: { ...variant.spec, seed: spec.seed + i } })),
      );
      void start(runs, () => readMeasured(runs, entry));
    },
    [start],
  );
  return { batch, measure, stop };
}

async function readMeasured(runs: readonly PlannedRun[], entry: string): Promise<Measured> {
  const costs = await askReport('cost-of-runs', { runIds: runs.map((run) => run.runId), entryService: entry });
  const measured: MeasuredRun[] = [];
  let sql = costs.sql;
  for (const { runId, variant, seed } of runs) {
    const usdPerHour = costs.rows.find((row) => row.run_id === runId)?.usd_per_hour ?? null;
    const risk = await askReport('risk-heatmap', { runIds: [runId], bucketSeconds: WHOLE_RUN_SECONDS });
    const services = risk.rows.filter((row) => row.component_kind === 'service');
    const seen = services.find((row) => row.component === CLIENTS) ?? services.find((row) => row.component === entry);
    if (usdPerHour !== null && seen !== undefined) measured.push({ variant, seed, usdPerHour, missShare: seen.miss_share });
    sql = `${costs.sql.trim()}\n\n-- and for each run, the row of the ${CLIENTS} of:\n${risk.sql.trim()}`;
  }
  return { runs: measured, sql };
}
