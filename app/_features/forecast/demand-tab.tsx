/** Demand: history from DuckDB, the model that did best in the backtest, and the trained network beside seasonal-naive. */
'use client';

import { useMemo } from 'react';
import { DEMO_SOURCE } from '@/app/_lib/sql/load-source';
import { FanChart } from '@/app/_ui/chart/fan-chart';
import { Notice } from '@/app/_ui/notice';
import { formatNumber } from '@/app/_ui/number-format';
import { Progress } from '@/app/_ui/progress';
import { ModelTable } from './model-table';
import { NeuralNote } from './neural-note';
import { SourceField } from './source-field';
import { SqlNote } from './sql-note';
import { useForecast } from './use-forecast';
import { useReport } from './use-report';
import { useSource } from './use-source';

const STEPS_PER_DAY = 24;
const SHORT_BUCKET_SECONDS = 5;
const HORIZON = 24;

const NO_SEASON: readonly number[] = [];
const DAILY: readonly number[] = [STEPS_PER_DAY];

export function DemandTab() {
  const source = useSource(DEMO_SOURCE.id);
  const { loaded } = source;
  const daySeconds = loaded?.daySeconds ?? null;
  const bucketSeconds = daySeconds === null ? SHORT_BUCKET_SECONDS : daySeconds / STEPS_PER_DAY;
  const seasons = daySeconds === null ? NO_SEASON : DAILY;
  const history = useReport('demand-history', loaded === null ? null : { runId: loaded.id, service: loaded.entry, bucketSeconds });
  const rows = history !== null && 'rows' in history ? history.rows : null;
  const values = useMemo(() => rows?.map((row) => row.offered_rps) ?? null, [rows]);
  const { answer, progress, problem } = useForecast(loaded === null ? '' : `requests per second of ${loaded.entry}`, values, { horizon: HORIZON, seasons });
  const at = (step: number) => step * bucketSeconds;
  const last = values?.length ?? 0;
  return (
    <div className="grid gap-4">
      <SourceField state={source} />
      {history !== null && 'problem' in history ? <Notice tone="error" what="The history was not read" why={history.problem} /> : null}
      {problem === null ? null : <Notice tone="error" what="There is no forecast" why={problem} next="Choose a longer history." />}
      {progress === null ? null : <Progress label={`Backtesting ${progress.model}`} done={progress.done} total={progress.total} unit="models" />}
      {answer === null || values === null ? null : (
        <>
          <p className="text-lg" data-testid="forecast-answer">
            In the next {at(HORIZON)} s {loaded?.entry} gets {formatNumber(Math.min(...answer.forecast.mean))} to {formatNumber(Math.max(...answer.forecast.mean))} requests per second, by {answer.scores.find((score) => score.model === answer.chosen)?.title ?? answer.chosen}, which did best over {answer.scores[0]?.folds ?? 0} origins.
          </p>
          <FanChart
            title={`Demand of ${loaded?.entry ?? ''}`}
            unit="req/s"
            fileName="demand-forecast"
            historyFrom={source.chosen.kind === 'recorded' ? 'recorded' : 'simulated'}
            history={values.map((value, step) => [at(step + 1), value] as const)}
            mean={answer.forecast.mean.map((value, h) => [at(last + h + 1), value] as const)}
            intervals={answer.forecast.bands.map((band) => ({ level: band.level, points: band.lower.map((lower, h) => [at(last + h + 1), lower, band.upper[h] ?? null] as const) }))}
            height={260}
          />
          <NeuralNote neural={answer.neural} />
          <ModelTable scores={answer.scores} chosen={answer.chosen} />
        </>
      )}
      {history !== null && 'sql' in history ? <SqlNote sql={history.sql} /> : null}
    </div>
  );
}
