/** Cost per minute, hour or day, straight from SQL: a line where there are several, and the table behind it. */
'use client';

import { useMemo, useState } from 'react';
import type { LoadedSource } from '@/app/_lib/sql/load-source';
import { TimeSeriesChart } from '@/app/_ui/chart/time-series-chart';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { formatClock } from '@/app/_ui/time-format';
import type { ReportRow, reports } from '@/engine/query';
import { SqlNote } from './sql-note';
import { useReport } from './use-report';

type Row = ReportRow<(typeof reports)['cost-over-time']>;

const BUCKETS = { '60': 'minute', '600': '10 minutes', '3600': 'hour', '86400': 'day' } as const;
type Bucket = keyof typeof BUCKETS;

const COLUMNS: readonly Column<Row>[] = [
  { key: 'usd', header: 'Cost', unit: '$', value: (row) => row.usd, digits: 4 },
  { key: 'rate', header: 'Rate', unit: '$/h', value: (row) => (row.usd === null || row.hours_priced === 0 ? null : row.usd / row.hours_priced), digits: 3 },
  { key: 'kwh', header: 'Energy', unit: 'kWh', value: (row) => row.kwh, digits: 4 },
  { key: 'requests', header: 'Requests served', value: (row) => row.requests_served, digits: 0 },
  { key: 'perMillion', header: 'Per million requests', unit: '$', value: (row) => row.usd_per_million_requests, digits: 2 },
  { key: 'unpriced', header: 'Without a price', unit: 'h', value: (row) => row.hours_unpriced, digits: 2 },
];

export function CostOverTime({ loaded }: { readonly loaded: LoadedSource }) {
  const [bucket, setBucket] = useState<Bucket>(loaded.seconds > 3_000 ? '600' : '60');
  const seconds = Number(bucket);
  const cost = useReport('cost-over-time', useMemo(() => ({ runId: loaded.id, bucketSeconds: seconds, entryService: loaded.entry }), [loaded, seconds]));
  const rows = cost.kind === 'ready' ? cost.rows : [];
  const label = (row: Row) => formatClock(row.bucket * seconds);
  return (
    <Panel title="Cost over time" note={`requests are those of ${loaded.entry}`} actions={<SegmentedControl<Bucket> label="Per" value={bucket} segments={Object.entries(BUCKETS).map(([value, name]) => ({ value: value as Bucket, label: name }))} onChange={setBucket} />}>
      <div className="grid gap-3">
        {cost.kind === 'failed' ? <Notice tone="error" what="The cost could not be read" why={cost.what} next={cost.next} /> : null}
        {rows.length < 3 ? null : (
          <TimeSeriesChart
            title="Cost of a million requests"
            unit="$"
            fileName={`cost-${loaded.id}`}
            domain={[rows[0]!.bucket * seconds, (rows.at(-1)!.bucket + 1) * seconds]}
            lines={[{ key: 'cost', label: `per ${BUCKETS[bucket]}`, colour: 'var(--series-1)', provenance: loaded.made, points: rows.map((row) => [(row.bucket + 0.5) * seconds, row.usd_per_million_requests] as const) }]}
            height={150}
          />
        )}
        <DataTable caption="Cost over time" columns={[{ key: 'at', header: 'From', value: label }, ...COLUMNS]} rows={rows} rowKey={(row) => String(row.bucket).padStart(6, '0')} rowsPerPage={12} />
        {cost.kind === 'ready' ? <SqlNote sql={cost.sql} /> : null}
      </div>
    </Panel>
  );
}
