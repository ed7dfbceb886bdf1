/** Every promise with what became of it, and how often such promises hold. */
'use client';

import { trpc } from '@/app/_lib/server/trpc';
import { Badge } from '@/app/_ui/badge';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { metricWords, type PromiseRow } from './plan-words';

const COLUMNS: readonly Column<PromiseRow>[] = [
  { key: 'title', header: 'Plan', value: (row) => row.title },
  { key: 'what', header: 'Promised', value: (row) => `${metricWords(row.prediction.metric)} of ${row.prediction.subject}` },
  { key: 'band', header: 'Band', value: (row) => row.prediction.lower, render: (row) => `${formatNumber(row.prediction.lower)} – ${formatNumber(row.prediction.upper)} ${row.prediction.unit}` },
  { key: 'measured', header: 'Measured', value: (row) => row.measured },
  { key: 'kept', header: 'Kept', value: (row) => (row.inside === null ? 'open' : row.inside ? 'inside' : 'outside'), render: (row) => (row.inside === null ? <Badge>{row.verdict ?? 'open'}</Badge> : <Badge tone={row.inside ? 'good' : 'bad'}>{row.inside ? 'inside' : 'outside'}</Badge>) },
  { key: 'verdict', header: 'Effect', value: (row) => row.verdict ?? '–' },
];

export function PromiseLedger() {
  const promises = trpc.promises.list.useQuery({ limit: 100 });
  const rows = promises.data ?? [];
  if (rows.length === 0) return null;
  const scored = rows.filter((row) => row.inside !== null);
  const kept = scored.filter((row) => row.inside === true).length;
  return (
    <Panel title="Promise ledger" note={scored.length === 0 ? 'no promise was measured yet' : `${kept} of ${scored.length} measured promises were kept`}>
      <DataTable caption="Promises and what was measured" columns={COLUMNS} rows={rows} rowKey={(row) => `${row.planId}-${row.prediction.metric}-${row.prediction.subject}-${row.promisedAtUs}`} rowsPerPage={12} />
    </Panel>
  );
}
