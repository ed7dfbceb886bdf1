/** Runs a named report once its parameters are known; the rows come with the SQL that made them. */
'use client';

import { useEffect, useState } from 'react';
import { askReport, sqlWords, type ReportAnswer } from '@/app/_lib/sql/sql-client';
import type { ReportId, ReportParameters, reports } from '@/engine/query';

export type ReportState<Id extends ReportId> = { readonly kind: 'waiting' } | ({ readonly kind: 'ready' } & ReportAnswer<Id>) | { readonly kind: 'failed'; readonly what: string; readonly next: string };

const WAITING = { kind: 'waiting' } as const;

/** `parameters` are read again whenever they are another object: memoize them, on the data they are about too. */
export function useReport<Id extends ReportId>(id: Id, parameters: ReportParameters<(typeof reports)[Id]> | null): ReportState<Id> {
  const [read, setRead] = useState<{ readonly of: object; readonly state: ReportState<Id> } | null>(null);
  useEffect(() => {
    if (parameters === null) return undefined;
    let current = true;
    askReport(id, parameters).then(
      (answer) => current && setRead({ of: parameters, state: { kind: 'ready', ...answer } }),
      (error: unknown) => current && setRead({ of: parameters, state: { kind: 'failed', ...sqlWords(error) } }),
    );
    return () => {
      current = false;
    };
  }, [id, parameters]);
  return read !== null && read.of === parameters ? read.state : WAITING;
}
