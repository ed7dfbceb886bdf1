/** The promise ledger: coverage and bias of what was promised, per figure and kind of action, from the server. */
'use client';

import Link from 'next/link';
import { ServerProvider } from '@/app/_lib/server/server-provider';
import { serverWords, trpc, type ServerAnswers } from '@/app/_lib/server/trpc';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { EmptyState } from '@/app/_ui/empty-state';
import { Notice } from '@/app/_ui/notice';
import { formatNumber } from '@/app/_ui/number-format';

type Row = ServerAnswers['promises']['calibration'][number];

const COLUMNS: readonly Column<Row>[] = [
  { key: 'metric', header: 'Promised figure', value: (row) => row.metric },
  { key: 'action', header: 'Action', value: (row) => row.actionKind },
  { key: 'scored', header: 'Measured promises', value: (row) => row.scored },
  { key: 'coverage', header: 'Inside the band', unit: 'share', value: (row) => row.coverage, digits: 2 },
  { key: 'level', header: 'Promised share', value: (row) => row.level, digits: 2 },
  { key: 'bias', header: 'Bias', value: (row) => row.bias, render: (row) => (row.bias === null ? '–' : `${formatNumber(row.bias * 100)} %`) },
];

export function PromisesTab() {
  return (
    <ServerProvider>
      <Calibration />
    </ServerProvider>
  );
}

function Calibration() {
  const calibration = trpc.promises.calibration.useQuery();
  if (calibration.error !== null) return <Notice tone="error" what="The ledger could not be read" why={serverWords(calibration.error)} />;
  const rows = calibration.data ?? [];
  const scored = rows.reduce((sum, row) => sum + row.scored, 0);
  const inside = rows.reduce((sum, row) => sum + row.inside, 0);
  if (rows.length === 0) return <EmptyState title="No promise was measured yet.">Every executed plan leaves its promises here, with what was measured. Approve one on <Link className="underline" href="/plans">Plans</Link>.</EmptyState>;
  return (
    <div className="grid gap-3">
      <p className="text-lg">{inside} of {scored} measured promises fell inside their bands.</p>
      <DataTable caption="How promises held" columns={COLUMNS} rows={rows} rowKey={(row) => `${row.metric} ${row.actionKind}`} />
    </div>
  );
}
