/**
 * The four golden signals per service and time bucket. Shares are ratios of sums, never means of ratios;
 * a percentile cannot be averaged, so its median and its worst second are given.
 */
import { bigint, doubleOrNull, integer, text } from '../table';
import { report } from '../report';

export const goldenSignals = report({
  id: 'golden-signals',
  title: 'Golden signals',
  question: 'How did traffic, errors, latency and saturation of each service move over time?',
  parameters: {
    runId: { initial: '', about: 'Run to look at.' },
    bucketSeconds: { initial: 60, about: 'Width of a time bucket.' },
  },
  columns: {
    service: text('Service.'),
    bucket: integer('Number of the bucket, from 0.'),
    at_us: bigint('Start of the bucket.'),
    offered_rps: doubleOrNull('Mean requests per second that arrived.'),
    served_rps: doubleOrNull('Mean requests per second answered.'),
    error_share: doubleOrNull('Failed requests / finished requests, 0..1; null without requests.'),
    latency_mean_ms: doubleOrNull('Mean latency, weighted by requests.'),
    latency_p95_ms_median: doubleOrNull('Median over the seconds of the 95th percentile.'),
    latency_p95_ms_max: doubleOrNull('Worst second of the 95th percentile.'),
    latency_p99_ms_max: doubleOrNull('Worst second of the 99th percentile.'),
    utilization: doubleOrNull('CPU used / CPU limit of the ready replicas; null when unlimited.'),
    throttled_share: doubleOrNull('Mean share of CFS periods throttled.'),
    replicas_ready: doubleOrNull('Mean number of ready replicas.'),
  },
  sql: /* sql */ `
WITH second AS (
  SELECT f.*,
         CAST((f.at_us - f.window_us - r.started_us) // CAST($bucketSeconds * 1e6 AS BIGINT) AS INTEGER) AS bucket,
         r.started_us,
         coalesce(f.served_rps, 0) + coalesce(f.error_rps, 0) AS finished_rps
  FROM   frame_service f
  JOIN   run r ON r.run_id = f.run_id
  WHERE  f.run_id = $runId
)
SELECT service,
       bucket,
       min(started_us) + bucket * CAST($bucketSeconds * 1e6 AS BIGINT)      AS at_us,
       avg(offered_rps)                                                         AS offered_rps,
       avg(served_rps)                                                          AS served_rps,
       sum(error_rps * window_us) / nullif(sum(finished_rps * window_us), 0)    AS error_share,
       sum(latency_mean_us * finished_rps * window_us)
         / nullif(sum(finished_rps * window_us) FILTER (WHERE latency_mean_us IS NOT NULL), 0) / 1000
                                                                                AS latency_mean_ms,
       median(latency_p95_us) / 1000                                            AS latency_p95_ms_median,
       max(latency_p95_us) / 1000                                               AS latency_p95_ms_max,
       max(latency_p99_us) / 1000                                               AS latency_p99_ms_max,
       sum(cpu_cores * window_us)
         / nullif(sum(replicas_ready * quota_millicores / 1000 * window_us) FILTER (WHERE cpu_cores IS NOT NULL), 0)
                                                                                AS utilization,
       avg(throttled_share)                                                     AS throttled_share,
       avg(replicas_ready)                                                      AS replicas_ready
FROM   second
GROUP  BY service, bucket
ORDER  BY service, bucket`,
});
