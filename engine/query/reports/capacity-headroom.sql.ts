/**
 * How much more each service could take. Utilization is taken at its 95th percentile over time, and the
 * rate at the limit assumes that CPU grows in proportion to requests: true below the knee, too kind above it.
 */
import { doubleOrNull, integer, text } from '../table';
import { report } from '../report';

export const capacityHeadroom = report({
  id: 'capacity-headroom',
  title: 'Capacity headroom',
  question: 'How much more traffic can each service take before it saturates?',
  parameters: {
    runId: { initial: '', about: 'Run to look at.' },
    utilizationLimit: { initial: 0.8, about: 'Utilization that must not be passed, 0..1.' },
  },
  columns: {
    service: text('Service.'),
    seconds_observed: integer('Frames with a CPU reading and a CPU limit.'),
    capacity_cores: doubleOrNull('Last known CPU limit of the ready replicas; null when unlimited.'),
    cpu_cores_p95: doubleOrNull('95th percentile of CPU used.'),
    utilization_p95: doubleOrNull('95th percentile of utilization.'),
    utilization_max: doubleOrNull('Highest utilization.'),
    headroom_cores: doubleOrNull('Cores left below the limit; negative when it is passed.'),
    cpu_ms_per_request: doubleOrNull('CPU time of one request.'),
    served_rps_p95: doubleOrNull('95th percentile of answered requests per second.'),
    rps_at_limit: doubleOrNull('Request rate at which the limit would be reached.'),
    growth_left: doubleOrNull('rps_at_limit / served_rps_p95: 2 means that traffic may double.'),
  },
  sql: /* sql */ `
WITH second AS (
  SELECT *, replicas_ready * quota_millicores / 1000 AS capacity,
         coalesce(served_rps, 0) + coalesce(error_rps, 0) AS finished_rps
  FROM   frame_service
  WHERE  run_id = $runId
), per_service AS (
  SELECT service,
         CAST(count(cpu_cores / nullif(capacity, 0)) AS INTEGER) AS seconds_observed,
         arg_max(capacity, at_us)                                AS capacity_cores,
         quantile_cont(cpu_cores, 0.95)                          AS cpu_cores_p95,
         quantile_cont(cpu_cores / nullif(capacity, 0), 0.95)    AS utilization_p95,
         max(cpu_cores / nullif(capacity, 0))                    AS utilization_max,
         sum(cpu_cores * window_us)
           / nullif(sum(finished_rps * window_us) FILTER (WHERE cpu_cores IS NOT NULL), 0) * 1000 AS cpu_ms_per_request,
         quantile_cont(served_rps, 0.95)                         AS served_rps_p95
  FROM   second
  GROUP  BY service
)
SELECT service, seconds_observed, capacity_cores, cpu_cores_p95, utilization_p95, utilization_max,
       capacity_cores * $utilizationLimit - cpu_cores_p95                          AS headroom_cores,
       cpu_ms_per_request,
       served_rps_p95,
       capacity_cores * $utilizationLimit / nullif(cpu_ms_per_request / 1000, 0)   AS rps_at_limit,
       capacity_cores * $utilizationLimit / nullif(cpu_ms_per_request / 1000, 0) / nullif(served_rps_p95, 0) AS growth_left
FROM   per_service
ORDER  BY growth_left NULLS LAST, service`,
});
