/**
 * Component × time: the share of observed time, and of runs, in which an objective was missed or the
 * component was saturated. A second that was not observed counts on neither side. A node misses while it
 * is down, a router while it has no route to a gateway.
 */
import { bigint, double, doubleOrNull, integer, text } from '../table';
import { report } from '../report';

export const riskHeatmap = report({
  id: 'risk-heatmap',
  title: 'Risk heat map',
  question: 'Which component was at risk, and when?',
  parameters: {
    runIds: { initial: [] as readonly string[], about: 'Runs that count, usually one scenario under many seeds.' },
    bucketSeconds: { initial: 60, about: 'Width of a time bucket.' },
    saturationLimit: { initial: 0.8, about: 'Utilization above which a component counts as saturated, 0..1.' },
    latencyMaxMs: { initial: 1_000_000, about: 'Largest 95th percentile of latency where a run has no latency objective for the service.' },
    errorShareMax: { initial: 0.01, about: 'Largest error share where a run has no availability objective for the service.' },
  },
  columns: {
    component_kind: text('service, node or router.'),
    component: text('Name.'),
    bucket: integer('Number of the bucket, from 0.'),
    offset_us: bigint('Start of the bucket, since the start of each run.'),
    run_count: integer('Runs that observed the component in the bucket.'),
    seconds_observed: double('Observed time, all runs together.'),
    miss_share: double('Share of observed time with a missed objective.'),
    saturation_share: double('Share of observed time above the saturation limit.'),
    risk_share: double('Share of observed time with either.'),
    run_share: double('Share of runs with at least one such second.'),
    utilization_max: doubleOrNull('Highest utilization seen; null where none is known.'),
  },
  sql: /* sql */ `
WITH limits AS (
  SELECT run_id, service,
         min(limit_value) FILTER (WHERE kind = 'latency' AND quantile = 0.5)  AS p50_ms,
         min(limit_value) FILTER (WHERE kind = 'latency' AND quantile = 0.95) AS p95_ms,
         min(limit_value) FILTER (WHERE kind = 'latency' AND quantile = 0.99) AS p99_ms,
         count(*)         FILTER (WHERE kind = 'latency')                     AS latency_objectives,
         max(limit_value) FILTER (WHERE kind = 'availability')                AS availability_min
  FROM   objective
  GROUP  BY run_id, service
), component_second AS (
  SELECT f.run_id, f.at_us, f.window_us, 'service' AS component_kind, f.service AS component,
         coalesce(f.latency_p50_us > l.p50_ms * 1000, FALSE)
           OR coalesce(f.latency_p95_us > coalesce(l.p95_ms, CASE WHEN coalesce(l.latency_objectives, 0) = 0 THEN $latencyMaxMs END) * 1000, FALSE)
           OR coalesce(f.latency_p99_us > l.p99_ms * 1000, FALSE)
           OR coalesce(f.error_rps > coalesce(1 - l.availability_min, $errorShareMax) * (coalesce(f.served_rps, 0) + f.error_rps), FALSE) AS missed,
         f.cpu_cores / nullif(f.replicas_ready * f.quota_millicores / 1000, 0) AS utilization
  FROM   frame_service f
  LEFT   JOIN limits l ON l.run_id = f.run_id AND l.service = f.service
  WHERE  f.run_id IN $runIds
  UNION ALL
  SELECT run_id, at_us, window_us, 'node', node, NOT up, cpu_cores / nullif(cpu_capacity_cores, 0)
  FROM   frame_node
  WHERE  run_id IN $runIds
  UNION ALL
  SELECT m.run_id, m.at_us, f.window_us, 'router', m.router, m.next_hop IS NULL AND m.gateway IS DISTINCT FROM m.router, NULL
  FROM   frame_mesh m
  JOIN   frame f ON f.run_id = m.run_id AND f.at_us = m.at_us
  WHERE  m.run_id IN $runIds
), bucketed AS (
  SELECT s.*,
         CAST((s.at_us - s.window_us - r.started_us) // CAST($bucketSeconds * 1e6 AS BIGINT) AS INTEGER) AS bucket,
         coalesce(s.utilization > $saturationLimit, FALSE) AS saturated
  FROM   component_second s
  JOIN   run r ON r.run_id = s.run_id
)
SELECT component_kind,
       component,
       bucket,
       bucket * CAST($bucketSeconds * 1e6 AS BIGINT)                        AS offset_us,
       CAST(count(DISTINCT run_id) AS INTEGER)                                  AS run_count,
       sum(window_us) / 1e6                                                     AS seconds_observed,
       coalesce(sum(window_us) FILTER (WHERE missed), 0) / sum(window_us)               AS miss_share,
       coalesce(sum(window_us) FILTER (WHERE saturated), 0) / sum(window_us)            AS saturation_share,
       coalesce(sum(window_us) FILTER (WHERE missed OR saturated), 0) / sum(window_us)  AS risk_share,
       count(DISTINCT run_id) FILTER (WHERE missed OR saturated) / count(DISTINCT run_id) AS run_share,
       max(utilization)                                                         AS utilization_max
FROM   bucketed
GROUP  BY component_kind, component, bucket
ORDER  BY component_kind, component, bucket`,
});
