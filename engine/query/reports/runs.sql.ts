/** What is there: runs, alarms, and what is in each table. */
import { bigint, doubleOrNull, integer, integerOrNull, text, textOrNull } from '../table';
import { report } from '../report';

export const runList = report({
  id: 'run-list',
  title: 'Runs',
  question: 'Which runs are in the database?',
  parameters: {},
  columns: {
    run_id: text('Run.'),
    source: text('simulated, recorded or live.'),
    scenario_id: textOrNull('Scenario.'),
    variant: textOrNull('Variant.'),
    seed: integerOrNull('Seed.'),
    frames: integer('Frames stored.'),
    seconds: doubleOrNull('Observed time.'),
    alarms: integer('Alarms.'),
    objectives_missed: integer('Objectives missed.'),
  },
  sql: /* sql */ `
WITH frames AS (SELECT run_id, count(*) AS n, sum(window_us) / 1e6 AS seconds FROM frame GROUP BY run_id),
     alarms AS (SELECT run_id, count(*) AS n FROM alarm GROUP BY run_id),
     missed AS (SELECT run_id, count(*) AS n FROM run_outcome WHERE NOT met GROUP BY run_id)
SELECT r.run_id, r.source, r.scenario_id, r.variant, r.seed,
       CAST(coalesce(f.n, 0) AS INTEGER) AS frames,
       f.seconds,
       CAST(coalesce(a.n, 0) AS INTEGER) AS alarms,
       CAST(coalesce(m.n, 0) AS INTEGER) AS objectives_missed
FROM   run r
LEFT   JOIN frames f ON f.run_id = r.run_id
LEFT   JOIN alarms a ON a.run_id = r.run_id
LEFT   JOIN missed m ON m.run_id = r.run_id
ORDER  BY r.run_id`,
});

export const alarmTimeline = report({
  id: 'alarm-timeline',
  title: 'Alarms',
  question: 'Which alarms went off, and when?',
  parameters: { runId: { initial: '', about: 'Run to look at.' } },
  columns: {
    at_us: bigint('When.'),
    kind: text('Kind.'),
    subject: text('What it is about.'),
    detail: text('Detail.'),
  },
  sql: /* sql */ `
SELECT at_us, kind, subject, detail
FROM   alarm
WHERE  run_id = $runId
ORDER  BY at_us, kind, subject`,
});
