/**
 * What each service used on average, as cost allocation needs it. Means are weighted by the length of the
 * windows; a second without a reading counts on neither side.
 */
import { double, doubleOrNull, text } from '../table';
import { report } from '../report';

export const resourceUse = report({
  id: 'resource-use',
  title: 'Resource use',
  question: 'How much CPU and memory did each service use on average?',
  parameters: { runId: { initial: '', about: 'Run to look at.' } },
  columns: {
    service: text('Service.'),
    hours: double('Observed time.'),
    cpu_cores_mean: doubleOrNull('Mean CPU used by all replicas, in cores.'),
    memory_gib_mean: doubleOrNull('Mean memory of all replicas, in GiB.'),
    replicas_mean: doubleOrNull('Mean number of replicas wanted.'),
  },
  sql: /* sql */ `
SELECT service,
       sum(window_us) / 3.6e9                                                                                    AS hours,
       sum(cpu_cores * window_us) / nullif(sum(window_us) FILTER (WHERE cpu_cores IS NOT NULL), 0)               AS cpu_cores_mean,
       sum(memory_bytes * window_us) / nullif(sum(window_us) FILTER (WHERE memory_bytes IS NOT NULL), 0) / 1073741824 AS memory_gib_mean,
       sum(replicas * window_us) / nullif(sum(window_us) FILTER (WHERE replicas IS NOT NULL), 0)                 AS replicas_mean
FROM   frame_service
WHERE  run_id = $runId
GROUP  BY service
ORDER  BY service`,
});
