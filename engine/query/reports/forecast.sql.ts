/** History for a forecast, with its gaps, and old forecasts held against what came. */
import { bigint, double, doubleOrNull, integer, text } from '../table';
import { report } from '../report';

export const demandHistory = report({
  id: 'demand-history',
  title: 'Demand history',
  question: 'How many requests per second arrived, bucket by bucket, gaps shown as gaps?',
  parameters: {
    runId: { initial: '', about: 'Run to look at.' },
    service: { initial: 'frontend', about: 'Service.' },
    bucketSeconds: { initial: 60, about: 'Width of a time bucket: the step of the series.' },
  },
  columns: {
    bucket: integer('Number of the bucket, from 0.'),
    at_us: bigint('Start of the bucket.'),
    offered_rps: doubleOrNull('Mean requests per second; null where nothing was measured.'),
    cpu_cores: doubleOrNull('Mean CPU used; null where nothing was measured.'),
    latency_p95_ms: doubleOrNull('Median over the seconds of the 95th percentile.'),
  },
  sql: /* sql */ `
WITH seen AS (
  SELECT CAST((f.at_us - f.window_us - r.started_us) // CAST($bucketSeconds * 1e6 AS BIGINT) AS INTEGER) AS bucket,
         r.started_us, f.offered_rps, f.cpu_cores, f.latency_p95_us
  FROM   frame_service f
  JOIN   run r ON r.run_id = f.run_id
  WHERE  f.run_id = $runId AND f.service = $service
), reach AS (
  SELECT min(started_us) AS started_us, max(bucket) AS last_bucket FROM seen HAVING count(*) > 0
), step AS (
  SELECT CAST(unnest(generate_series(0, last_bucket)) AS INTEGER) AS bucket, started_us FROM reach
)
SELECT step.bucket,
       min(step.started_us) + step.bucket * CAST($bucketSeconds * 1e6 AS BIGINT) AS at_us,
       avg(seen.offered_rps)                                                        AS offered_rps,
       avg(seen.cpu_cores)                                                          AS cpu_cores,
       median(seen.latency_p95_us) / 1000                                           AS latency_p95_ms
FROM   step
LEFT   JOIN seen ON seen.bucket = step.bucket
GROUP  BY step.bucket
ORDER  BY step.bucket`,
});

export const forecastHistory = report({
  id: 'forecast-history',
  title: 'Forecast history',
  question: 'How good were old forecasts, per series, model and level?',
  parameters: {},
  columns: {
    series: text('Series.'),
    model: text('Model.'),
    level: double('Level of the prediction interval.'),
    forecasts: integer('Forecasts made.'),
    points_scored: integer('Forecast steps with an observed value.'),
    error_abs_mean: doubleOrNull('Mean |observed − forecast|.'),
    error_share: doubleOrNull('Sum of |observed − forecast| / sum of |observed|.'),
    bias: doubleOrNull('Mean observed − forecast.'),
    coverage: doubleOrNull('Share of observed values inside the interval.'),
    width_mean: doubleOrNull('Mean width of the interval.'),
  },
  sql: /* sql */ `
SELECT p.series, p.model, p.level,
       CAST(count(DISTINCT p.forecast_id) AS INTEGER)                     AS forecasts,
       CAST(count(a.value) AS INTEGER)                                    AS points_scored,
       avg(abs(a.value - p.mean))                                         AS error_abs_mean,
       sum(abs(a.value - p.mean)) / nullif(sum(abs(a.value)), 0)          AS error_share,
       avg(a.value - p.mean)                                              AS bias,
       avg(CAST(a.value BETWEEN p.lower AND p.upper AS INTEGER))          AS coverage,
       avg(p.upper - p.lower)                                             AS width_mean
FROM   forecast_point p
LEFT   JOIN forecast_actual a ON a.series = p.series AND a.at_us = p.at_us
GROUP  BY p.series, p.model, p.level
ORDER  BY p.series, p.model, p.level`,
});

export const forecastFan = report({
  id: 'forecast-fan',
  title: 'Forecast with its intervals',
  question: 'What did one forecast say, and what came?',
  parameters: { forecastId: { initial: '', about: 'Forecast to look at.' } },
  columns: {
    step: integer('Steps ahead.'),
    at_us: bigint('Time the step is about.'),
    mean: double('Forecast.'),
    level: double('Level.'),
    lower: doubleOrNull('Lower end.'),
    upper: doubleOrNull('Upper end.'),
    observed: doubleOrNull('What came; null when it is not known yet.'),
  },
  sql: /* sql */ `
SELECT p.step, p.at_us, p.mean, p.level, p.lower, p.upper, a.value AS observed
FROM   forecast_point p
LEFT   JOIN forecast_actual a ON a.series = p.series AND a.at_us = p.at_us
WHERE  p.forecast_id = $forecastId
ORDER  BY p.level, p.step`,
});
