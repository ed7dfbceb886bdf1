/** The comparison behind an answer: each figure without and with the change, Δ with its interval, and runs needed to be sure. */
import { HORIZON_SECONDS, type Answer } from '@/app/_lib/live-world/live-world-state';
import { Button } from '@/app/_ui/button';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { ExportMenu } from '@/app/_ui/export/export-menu';
import { formatDelta, formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import type { ComparedKpi } from '@/engine/scenario';
import { figureName, type FigureName } from './figure-names';

type Row = { readonly name: FigureName; readonly key: string; readonly without: number; readonly with: number; readonly delta: number | null; readonly half: number | null; readonly runsNeeded: number | null };

const COLUMNS: readonly Column<Row>[] = [
  { key: 'of', header: 'Of', value: (row) => row.name.of },
  { key: 'quantity', header: 'Figure', value: (row) => row.name.quantity },
  { key: 'unit', header: 'Unit', value: (row) => row.name.unit },
  { key: 'without', header: 'Without', value: (row) => row.without },
  { key: 'with', header: 'With', value: (row) => row.with },
  { key: 'delta', header: 'Δ', value: (row) => row.delta, render: (row) => <span className="font-medium">{formatDelta(row.delta)}</span> },
  { key: 'half', header: '± (95 %)', value: (row) => row.half },
  { key: 'sure', header: 'Sure of the sign', value: sureness },
];

function sureness({ delta, half, runsNeeded }: Row): string {
  if (delta === null || (delta === 0 && half === 0)) return 'no difference';
  return runsNeeded === null ? 'yes' : `needs ${formatNumber(runsNeeded)} runs`;
}

function rowOf(without: ComparedKpi, changed: ComparedKpi): Row {
  const name = figureName(changed.kpi, changed.unit);
  const { delta } = changed;
  return {
    name,
    key: changed.kpi,
    without: without.interval.mean * name.factor,
    with: changed.interval.mean * name.factor,
    delta: delta === null ? null : delta.mean * name.factor,
    half: delta === null ? null : ((delta.upper - delta.lower) / 2) * name.factor,
    runsNeeded: changed.runsNeeded,
  };
}

/** Clients and the whole first, then the services; otherwise as reported. */
function rowsOf({ whatIf }: Answer): readonly Row[] {
  const [without, changed] = whatIf.comparison.variants;
  const rows = (changed?.kpis ?? []).flatMap((kpi) => {
    const other = without?.kpis.find((candidate) => candidate.kpi === kpi.kpi);
    return other === undefined ? [] : [rowOf(other, kpi)];
  });
  const first = (row: Row) => (row.name.of === 'clients' ? 0 : row.name.of === 'the whole' ? 1 : 2);
  return rows.sort((a, b) => first(a) - first(b));
}

export function ComparisonPanel({ answer, onClose }: { readonly answer: Answer; readonly onClose: () => void }) {
  const rows = rowsOf(answer);
  return (
    <Panel
      title={`Compare: ${answer.step.change.title}`}
      note={`${answer.whatIf.comparison.seeds.length} paired runs of ${HORIZON_SECONDS} s, ${formatNumber(answer.whatIf.events)} events, answered in ${formatNumber(answer.wallMs)} ms`}
      actions={
        <>
          <ExportMenu fileName="what-if-comparison" data={() => ({ header: ['of', 'figure', 'unit', 'without', 'with', 'delta', 'half_interval_95', 'runs_needed'], rows: rows.map((row) => [row.name.of, row.name.quantity, row.name.unit, row.without, row.with, row.delta, row.half, row.runsNeeded]) })} />
          <Button small onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <DataTable caption="Every figure without and with the change" columns={COLUMNS} rows={rows} rowKey={(row) => row.key} />
    </Panel>
  );
}
