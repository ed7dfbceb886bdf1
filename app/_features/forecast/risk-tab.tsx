/** Risk: one scenario under many seeds, and where and when an objective was missed or something was saturated. The map is SQL. */
'use client';

import { useState } from 'react';
import { insertRun, simulate } from '@/app/_lib/sql/load-source';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { Button } from '@/app/_ui/button';
import { HeatMap } from '@/app/_ui/chart/heat-map';
import { SelectField } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import { formatNumber } from '@/app/_ui/number-format';
import { Progress } from '@/app/_ui/progress';
import { formatClock } from '@/app/_ui/time-format';
import { findScenario, scenarios } from '@/scenarios';
import { SqlNote } from './sql-note';
import { useReport } from './use-report';

const SEEDS = 8;
const BUCKET_SECONDS = 20;

export function RiskTab() {
  const [id, setId] = useUrlParam('scenario');
  const scenario = findScenario(id ?? 'zone-loss') ?? scenarios[0]!;
  const [ready, setReady] = useState<readonly string[] | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const heat = useReport('risk-heatmap', ready === null ? null : { runIds: ready, bucketSeconds: BUCKET_SECONDS });
  const run = async () => {
    setReady(null);
    setProblem(null);
    try {
      const runIds: string[] = [];
      for (let i = 0; i < SEEDS; i += 1) {
        setDone(i);
        const spec = { ...scenario, seed: scenario.seed + i };
        const runId = `risk/${scenario.id}/${spec.seed}`;
        await insertRun(runId, spec, await simulate(spec));
        runIds.push(runId);
      }
      setReady(runIds);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setDone(null);
  };
  const rows = heat !== null && 'rows' in heat ? heat.rows : [];
  const components = [...new Set(rows.map((row) => `${row.component_kind} ${row.component}`))];
  const buckets = [...new Set(rows.map((row) => row.bucket))].sort((x, y) => x - y);
  const label = (bucket: number) => formatClock(bucket * BUCKET_SECONDS);
  const worst = rows.reduce<(typeof rows)[number] | null>((top, row) => (top === null || row.risk_share > top.risk_share ? row : top), null);
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end gap-3">
        <SelectField className="w-80 max-w-full" label="Scenario" value={scenario.id} disabled={done !== null} onChange={(event) => { setId(event.target.value); setReady(null); }}>
          {scenarios.map((each) => (
            <option key={each.id} value={each.id}>{each.title}</option>
          ))}
        </SelectField>
        <Button kind="primary" busy={done === null ? null : 'Simulating'} onClick={() => void run()}>
          Run {SEEDS} seeds
        </Button>
      </div>
      {done === null ? null : <Progress label="Runs into DuckDB" done={done} total={SEEDS} unit="runs" />}
      {problem === null ? null : <Notice tone="error" what="The runs were not finished" why={problem} next="Run them again." />}
      {heat !== null && 'problem' in heat ? <Notice tone="error" what="The heat map could not be made" why={heat.problem} /> : null}
      {ready === null || worst === null ? null : (
        <p className="text-lg" data-testid="risk-answer">
          {worst.risk_share === 0 ? `Nothing was at risk in ${ready.length} runs.` : `Most at risk is ${worst.component_kind} ${worst.component} at ${label(worst.bucket)}: ${formatNumber(worst.risk_share * 100)} % of the observed time, in ${formatNumber(worst.run_share * 100)} % of ${ready.length} runs.`}
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
      {heat !== null && 'sql' in heat ? <SqlNote sql={heat.sql} /> : null}
    </div>
  );
}
