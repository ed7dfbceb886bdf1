/** The comparison behind an answer: each figure without and with the change, Δ with its interval, and runs needed to be sure. */
import type { Answer } from '@/app/_lib/live-world/live-world-state';
import { Button } from '@/app/_ui/button';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatDelta, formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import type { ComparedKpi } from '@/engine/scenario';

type Row = { readonly kpi: string; readonly unit: string; readonly without: ComparedKpi; readonly with: ComparedKpi };

const half = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => (upper - lower) / 2;

const COLUMNS: readonly Column<Row>[] = [
  { key: 'kpi', header: 'Figure', value: (row) => row.kpi },
  { key: 'unit', header: 'Unit', value: (row) => row.unit },
  { key: 'without', header: 'Without', value: (row) => row.without.interval.mean },
  { key: 'with', header: 'With', value: (row) => row.with.interval.mean },
  { key: 'delta', header: 'Δ', value: (row) => row.with.delta?.mean ?? null, render: (row) => <span className="font-medium">{formatDelta(row.with.delta?.mean)}</span> },
  { key: 'interval', header: '± (95 %)', value: (row) => (row.with.delta === null ? null : half(row.with.delta)) },
  { key: 'sure', header: 'Sure of the sign', value: (row) => (row.with.delta === null ? '–' : row.with.runsNeeded === null ? 'yes' : `needs ${formatNumber(row.with.runsNeeded)} runs`) },
];

export function ComparisonPanel({ answer, onClose }: { readonly answer: Answer; readonly onClose: () => void }) {
  const [without, changed] = answer.whatIf.comparison.variants;
  const rows = (changed?.kpis ?? []).flatMap((kpi): Row[] => {
    const other = without?.kpis.find((candidate) => candidate.kpi === kpi.kpi);
    return other === undefined ? [] : [{ kpi: kpi.kpi, unit: kpi.unit, without: other, with: kpi }];
  });
  return (
    <Panel
      title={`Compare: ${answer.step.change.title}`}
      note={`${answer.whatIf.comparison.seeds.length} paired runs of 90 s, ${formatNumber(answer.whatIf.events)} events, answered in ${formatNumber(answer.wallMs)} ms`}
      actions={
        <Button small onClick={onClose}>
          Close
        </Button>
      }
    >
      <DataTable caption="Every figure without and with the change" columns={COLUMNS} rows={rows} rowKey={(row) => row.kpi} />
    </Panel>
  );
}
