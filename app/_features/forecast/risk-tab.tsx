/** Risk: one scenario under many seeds, and where and when an objective was missed or something was saturated. The map is SQL. */
'use client';

import { askReport, type ReportAnswer } from '@/app/_lib/sql/sql-client';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { Button } from '@/app/_ui/button';
import { HeatMap } from '@/app/_ui/chart/heat-map';
import { SelectField } from '@/app/_ui/field';
import { formatNumber } from '@/app/_ui/number-format';
import { formatClock } from '@/app/_ui/time-format';
import { findScenario, scenarios } from '@/scenarios';
import { BatchProgress } from './batch-progress';
import { SqlNote } from './sql-note';
import { useBatch } from './use-batch';

const SEEDS = 8;
const BUCKET_SECONDS = 20;

export function RiskTab() {
  const [id, setId] = useUrlParam('scenario');
  const scenario = findScenario(id ?? 'zone-loss') ?? scenarios[0]!;
  const { batch, start, stop } = useBatch<ReportAnswer<'risk-heatmap'>>();
  const run = () => {
    const runs = Array.from({ length: SEEDS }, (_, i) => ({ runId: `risk/${scenario.id}/${scenario.seed + i}`, spec: { ...scenario, seed: scenario.seed + i } }));
    void start(runs, { read: () => askReport('risk-heatmap', { runIds: runs.map(({ runId }) => runId), bucketSeconds: BUCKET_SECONDS }) });
  };
  const rows = batch.kind === 'done' ? batch.value.rows : [];
  const components = [...new Set(rows.map((row) => `${row.component_kind} ${row.component}`))];
  const buckets = [...new Set(rows.map((row) => row.bucket))].sort((x, y) => x - y);
  const label = (bucket: number) => formatClock(bucket * BUCKET_SECONDS);
  const worst = rows.reduce<(typeof rows)[number] | null>((top, row) => (top === null || row.risk_share > top.risk_share ? row : top), null);
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end gap-3">
        <SelectField className="w-80 max-w-full" label="Scenario" value={scenario.id} disabled={batch.kind === 'running'} onChange={(event) => { setId(event.target.value); stop(); }}>
          {scenarios.map((each) => (
            <option key={each.id} value={each.id}>{each.title}</option>
          ))}
        </SelectField>
        <Button kind="primary" busy={batch.kind === 'running' ? 'Simulating' : null} onClick={run}>
          Run {SEEDS} seeds
        </Button>
      </div>
      <BatchProgress batch={batch} onStop={stop} />
      {worst === null ? null : (
        <p className="text-lg" data-testid="risk-answer">
          {worst.risk_share === 0 ? `Nothing was at risk in ${SEEDS} runs.` : `Most at risk is ${worst.component_kind} ${worst.component} at ${label(worst.bucket)}: ${formatNumber(worst.risk_share * 100)} % of the observed time, in ${formatNumber(worst.run_share * 100)} % of ${SEEDS} runs.`}
        </p>
      )}
      {components.length === 0 ? <p className="text-ink-2">Run the scenario to see which component is at risk, and when. A second counts when an objective was missed in it, or a component was above 80 % of its capacity.</p> : (
        <HeatMap
          title={`Risk of “${scenario.title}”`}
          fileName={`risk-${scenario.id}`}
          valueName="share of time at risk"
          rows={components}
          columns={buckets.map(label)}
          cells={rows.map((row) => ({ row: `${row.component_kind} ${row.component}`, column: label(row.bucket), value: row.risk_share, detail: `in ${formatNumber(row.run_share * 100)} % of ${row.run_count} runs` }))}
        />
      )}
      {batch.kind === 'done' ? <SqlNote sql={batch.value.sql} /> : null}
    </div>
  );
}
