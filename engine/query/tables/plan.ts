/** Decisions, promises and forecasts: what was said beforehand, and what was measured afterwards. */
import { bigint, bigintOrNull, booleanOrNull, double, doubleOrNull, integer, table, text, textOrNull, type RowOf } from '../table';

export const decisionTable = table('decision', 'One row per turn of the loop.', {
  run_id: text('Run.'),
  at_us: bigint('When.'),
  findings: integer('Number of findings.'),
  candidates: integer('Number of candidates that were rehearsed.'),
  chosen: textOrNull('Title of the chosen candidate; null when nothing was done.'),
  plan_id: textOrNull('Plan that came of it.'),
  decision_hash: text('Hash of the decision.'),
});
export type DecisionRow = RowOf<typeof decisionTable>;

export const planPromiseTable = table('plan_promise', 'One row per promised metric of a plan: the promise ledger.', {
  plan_id: text('Digest of the plan.'),
  title: text('Title of the plan.'),
  action_kind: text('Kind of its commands, joined by + when there are several.'),
  connector: text('Connector it was made for.'),
  promised_at_us: bigint('When the plan was made.'),
  scored_at_us: bigintOrNull('When it was scored; null until then.'),
  metric: text('Promised metric.'),
  subject: text('Service or system it is about.'),
  unit: text('Unit.'),
  mean: double('Promised mean.'),
  lower: double('Lower end of the band.'),
  upper: double('Upper end of the band.'),
  level: double('Level of the band, 0..1.'),
  runs: integer('Rehearsals behind the band.'),
  do_nothing_mean: doubleOrNull('The same metric had nothing been done.'),
  measured: doubleOrNull('What was measured; null when it was not.'),
  inside: booleanOrNull('Was the measured value inside the band?'),
  verdict: textOrNull('improved, no-effect, worse or inconclusive.'),
});
export type PlanPromiseRow = RowOf<typeof planPromiseTable>;

export const forecastPointTable = table('forecast_point', 'One row per forecast step and level.', {
  forecast_id: text('Forecast.'),
  series: text('Name of the series, as in frontend.offeredRps.'),
  model: text('Model that made it.'),
  origin_us: bigint('End of the history it was made from.'),
  step: integer('Steps ahead, from 1.'),
  at_us: bigint('Time the step is about.'),
  mean: double('Forecast.'),
  level: double('Level of the prediction interval, 0..1.'),
  lower: doubleOrNull('Lower end; null when the history is too short for an interval.'),
  upper: doubleOrNull('Upper end.'),
});
export type ForecastPointRow = RowOf<typeof forecastPointTable>;

export const forecastActualTable = table('forecast_actual', 'One row per observed step of a forecast series.', {
  series: text('Name of the series.'),
  at_us: bigint('Time of the step.'),
  value: double('Observed value.'),
});
export type ForecastActualRow = RowOf<typeof forecastActualTable>;
