/** Cost over time and cost of runs side by side. Unpriced time is shown as such, never as free. */
import { bigint, double, doubleOrNull, integer, text, textOrNull } from '../table';
import { report } from '../report';

export const costOverTime = report({
  id: 'cost-over-time',
  title: 'Cost over time',
  question: 'What did each hour (or day) cost, in money, energy and per million requests?',
  parameters: {
    runId: { initial: '', about: 'Run to look at.' },
    bucketSeconds: { initial: 3_600, about: 'Width of a time bucket: 3600 for hours, 86400 for days.' },
    entryService: { initial: 'frontend', about: 'Service whose answered requests count.' },
  },
  columns: {
    bucket: integer('Number of the bucket, from 0.'),
    at_us: bigint('Start of the bucket.'),
    hours_priced: double('Hours in the bucket that had a price.'),
    hours_unpriced: double('Hours in the bucket without a price.'),
    usd: doubleOrNull('Cost; null when nothing was priced.'),
    kwh: doubleOrNull('Energy; null without a power model.'),
    requests_served: doubleOrNull('Requests answered by the entry service.'),
    usd_per_million_requests: doubleOrNull('Cost of a million answered requests.'),
  },
  sql: /* sql */ `
WITH bucketed AS (
  SELECT f.at_us, f.window_us, f.usd_per_hour, f.watts, s.served_rps, r.started_us,
         CAST((f.at_us - f.window_us - r.started_us) // CAST($bucketSeconds * 1e6 AS BIGINT) AS INTEGER) AS bucket
  FROM   frame f
  JOIN   run r ON r.run_id = f.run_id
  LEFT   JOIN frame_service s ON s.run_id = f.run_id AND s.at_us = f.at_us AND s.service = $entryService
  WHERE  f.run_id = $runId
)
SELECT bucket,
       min(started_us) + bucket * CAST($bucketSeconds * 1e6 AS BIGINT)             AS at_us,
       coalesce(sum(window_us) FILTER (WHERE usd_per_hour IS NOT NULL), 0) / 3.6e9     AS hours_priced,
       coalesce(sum(window_us) FILTER (WHERE usd_per_hour IS NULL), 0) / 3.6e9         AS hours_unpriced,
       sum(usd_per_hour * window_us) / 3.6e9                                           AS usd,
       sum(watts * window_us) / 3.6e12                                                 AS kwh,
       sum(served_rps * window_us) / 1e6                                               AS requests_served,
       sum(usd_per_hour * window_us) / 3.6e9
         / nullif(sum(served_rps * window_us) FILTER (WHERE usd_per_hour IS NOT NULL) / 1e12, 0) AS usd_per_million_requests
FROM   bucketed
GROUP  BY bucket
ORDER  BY bucket`,
});

export const costOfRuns = report({
  id: 'cost-of-runs',
  title: 'Cost of runs',
  question: 'What does each run cost per hour, and what does it do for that?',
  parameters: {
    runIds: { initial: [] as readonly string[], about: 'Runs to compare, the baseline first.' },
    entryService: { initial: 'frontend', about: 'Service whose answered requests count.' },
  },
  columns: {
    run_id: text('Run.'),
    scenario_id: textOrNull('Scenario.'),
    variant: textOrNull('Variant.'),
    hours_priced: double('Hours that had a price.'),
    usd: doubleOrNull('Cost of those hours.'),
    usd_per_hour: doubleOrNull('Mean price.'),
    kwh: doubleOrNull('Energy.'),
    requests_served: doubleOrNull('Requests answered by the entry service.'),
    usd_per_million_requests: doubleOrNull('Cost of a million answered requests.'),
    objectives_missed: integer('Objectives that the run missed.'),
  },
  sql: /* sql */ `
WITH spent AS (
  SELECT f.run_id,
         coalesce(sum(f.window_us) FILTER (WHERE f.usd_per_hour IS NOT NULL), 0) / 3.6e9 AS hours_priced,
         sum(f.usd_per_hour * f.window_us) / 3.6e9                                       AS usd,
         sum(f.watts * f.window_us) / 3.6e12                                             AS kwh,
         sum(s.served_rps * f.window_us) / 1e6                                           AS requests_served,
         sum(s.served_rps * f.window_us) FILTER (WHERE f.usd_per_hour IS NOT NULL) / 1e6 AS requests_priced
  FROM   frame f
  LEFT   JOIN frame_service s ON s.run_id = f.run_id AND s.at_us = f.at_us AND s.service = $entryService
  WHERE  f.run_id IN $runIds
  GROUP  BY f.run_id
), missed AS (
  SELECT run_id, count(*) AS objectives_missed FROM run_outcome WHERE NOT met GROUP BY run_id
)
SELECT r.run_id, r.scenario_id, r.variant,
       s.hours_priced,
       s.usd,
       s.usd / nullif(s.hours_priced, 0)                 AS usd_per_hour,
       s.kwh,
       s.requests_served,
       s.usd / nullif(s.requests_priced / 1e6, 0)        AS usd_per_million_requests,
       CAST(coalesce(m.objectives_missed, 0) AS INTEGER) AS objectives_missed
FROM   spent s
JOIN   run r ON r.run_id = s.run_id
LEFT   JOIN missed m ON m.run_id = s.run_id
ORDER  BY r.run_id`,
});
