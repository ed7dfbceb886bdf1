/** Runs a named report once its parameters are known; the rows come with the SQL that made them. */
'use client';

import { useEffect, useState } from 'react';
import { orThrow, sqlClient } from '@/app/_lib/sql/sql-client';
import type { ReportId, ReportParameters, ReportRow, reports } from '@/engine/query';

export type ReportState<Id extends ReportId> = { readonly sql: string; readonly rows: readonly ReportRow<(typeof reports)[Id]>[] } | { readonly problem: string } | null;

export function useReport<Id extends ReportId>(id: Id, parameters: ReportParameters<(typeof reports)[Id]> | null): ReportState<Id> {
  const key = parameters === null ? null : JSON.stringify(parameters);
  const [state, setState] = useState<{ readonly key: string; readonly value: ReportState<Id> } | null>(null);
  useEffect(() => {
    if (key === null) return undefined;
    let current = true;
    sqlClient()
      .report(id, JSON.parse(key) as ReportParameters<(typeof reports)[Id]>)
      .then((answer) => current && setState({ key, value: orThrow(answer as Parameters<typeof orThrow>[0]) as ReportState<Id> }))
      .catch((error: unknown) => current && setState({ key, value: { problem: error instanceof Error ? error.message : String(error) } }));
    return () => {
      current = false;
    };
  }, [id, key]);
  return state?.key === key ? state.value : null;
}
