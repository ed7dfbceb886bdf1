/** The differences, B − A, as dots with intervals around zero, and as a table; the surest ones first. */
'use client';

import { useMemo } from 'react';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatDelta, formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import type { CompareReport } from '@/engine/scenario';
import { answerSentence, rowsOf, type DifferenceRow } from './difference-rows';
import { IntervalDot } from './interval-dot';

const COLUMNS: readonly Column<DifferenceRow>[] = [
  { key: 'kpi', header: 'Figure', value: (row) => row.kpi },
  { key: 'unit', header: 'Unit', value: (row) => row.unit },
  { key: 'a', header: 'A', value: (row) => row.a },
  { key: 'b', header: 'B', value: (row) => row.b },
  { key: 'delta', header: 'Δ', value: (row) => row.delta, render: (row) => <span className="font-medium">{formatDelta(row.delta)}</span> },
  { key: 'half', header: '±', value: (row) => row.half },
  { key: 'picture', header: 'Δ with interval', value: (row) => row.relative, render: (row) => <IntervalDot row={row} /> },
  { key: 'sure', header: 'Sure of the sign', value: (row) => row.runsNeeded ?? 0, render: (row) => (row.delta === 0 && row.half === 0 ? 'no difference' : row.runsNeeded === null ? 'yes' : `needs ${formatNumber(row.runsNeeded)} runs`) },
];

export function ComparisonResult({ report, wallMs }: { readonly report: CompareReport; readonly wallMs: number }) {
  const rows = useMemo(() => rowsOf(report), [report]);
  return (
    <div className="grid gap-3">
      <p className="text-lg" data-testid="compare-answer">
        {answerSentence(rows, report)}
      </p>
      <Panel title="Differences, B − A" note={`${report.seeds.length} paired runs a side, ${Math.round(report.level * 100)} % intervals, ${formatNumber(wallMs / 1_000)} s`}>
        <DataTable caption="Differences between variant B and variant A" columns={COLUMNS} rows={rows} rowKey={(row) => row.kpi} />
      </Panel>
    </div>
  );
}
