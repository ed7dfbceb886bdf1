/** Forecasts made earlier in this tab, held against what came since: SQL over what was kept. */
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Panel } from '@/app/_ui/panel';
import type { ReportRow, reports } from '@/engine/query';
import type { ReportState } from './use-report';

type Row = ReportRow<(typeof reports)['forecast-history']>;

const COLUMNS: readonly Column<Row>[] = [
  { key: 'model', header: 'Model', value: (row) => row.model },
  { key: 'level', header: 'Interval', value: (row) => row.level, render: (row) => `${Math.round(row.level * 100)} %` },
  { key: 'forecasts', header: 'Forecasts', value: (row) => row.forecasts },
  { key: 'points', header: 'Steps that came', value: (row) => row.points_scored },
  { key: 'error', header: 'Error', unit: '%', value: (row) => (row.error_share === null ? null : row.error_share * 100), digits: 1 },
  { key: 'coverage', header: 'Inside', unit: '%', value: (row) => (row.coverage === null ? null : row.coverage * 100), digits: 0 },
];

export function EarlierForecasts({ earlier, series }: { readonly earlier: ReportState<'forecast-history'>; readonly series: string }) {
  const rows = earlier.kind === 'ready' ? earlier.rows.filter((row) => row.series === series) : [];
  const scored = rows.filter((row) => row.points_scored > 0);
  if (rows.length === 0) return null;
  return (
    <Panel title="Earlier forecasts of this series" note={scored.length === 0 ? 'this one is kept in DuckDB; what comes later is held against it' : 'held against what came since'}>
      {scored.length === 0 ? null : <DataTable caption="Earlier forecasts held against what came" columns={COLUMNS} rows={scored} rowKey={(row) => `${row.model} ${row.level}`} />}
    </Panel>
  );
}
