/** Were the promises kept? One line per metric and kind of action, and the ledger itself. */
import { bigint, bigintOrNull, booleanOrNull, double, doubleOrNull, integer, text, textOrNull } from '../table';
import { report } from '../report';

export const promiseCalibration = report({
  id: 'promise-calibration',
  title: 'Calibration of promises',
  question: 'Do measured values fall inside the promised bands as often as they should, and on which side do they miss?',
  parameters: { connector: { initial: '', about: 'Connector to look at; empty for all.' } },
  columns: {
    metric: text('Promised metric.'),
    action_kind: text('Kind of action.'),
    promised: integer('Promises made.'),
    measured: integer('Promises with a measured value.'),
    level: doubleOrNull('Mean level of the bands: what the coverage should be.'),
    coverage: doubleOrNull('Share of measured values inside the band.'),
    bias: doubleOrNull('Mean of (measured − promised) / promised: above 0, reality came out higher.'),
    error_median: doubleOrNull('Median of |measured − promised| / promised.'),
    above: integer('Measured above the band.'),
    below: integer('Measured below the band.'),
    improved: integer('Verdicts “improved”.'),
    no_effect: integer('Verdicts “no-effect”.'),
    worse: integer('Verdicts “worse”.'),
  },
  sql: /* sql */ `
SELECT metric,
       action_kind,
       CAST(count(*) AS INTEGER)                                     AS promised,
       CAST(count(measured) AS INTEGER)                              AS measured,
       avg(level) FILTER (WHERE measured IS NOT NULL)                AS level,
       avg(CAST(inside AS INTEGER)) FILTER (WHERE measured IS NOT NULL) AS coverage,
       avg((p.measured - mean) / nullif(abs(mean), 0))               AS bias,
       median(abs(p.measured - mean) / nullif(abs(mean), 0))         AS error_median,
       CAST(count(*) FILTER (WHERE p.measured > upper) AS INTEGER)   AS above,
       CAST(count(*) FILTER (WHERE p.measured < lower) AS INTEGER)   AS below,
       CAST(count(*) FILTER (WHERE verdict = 'improved') AS INTEGER)  AS improved,
       CAST(count(*) FILTER (WHERE verdict = 'no-effect') AS INTEGER) AS no_effect,
       CAST(count(*) FILTER (WHERE verdict = 'worse') AS INTEGER)     AS worse
FROM   plan_promise p
WHERE  $connector = '' OR connector = $connector
GROUP  BY metric, action_kind
ORDER  BY metric, action_kind`,
});

export const promiseLedger = report({
  id: 'promise-ledger',
  title: 'Promise ledger',
  question: 'What was promised, and what came of it?',
  parameters: {},
  columns: {
    plan_id: text('Plan.'),
    title: text('Title of the plan.'),
    promised_at_us: bigint('When.'),
    scored_at_us: bigintOrNull('When it was scored.'),
    metric: text('Metric.'),
    subject: text('Service or system.'),
    unit: text('Unit.'),
    mean: double('Promised mean.'),
    lower: double('Lower end of the band.'),
    upper: double('Upper end of the band.'),
    level: double('Level of the band.'),
    do_nothing_mean: doubleOrNull('Had nothing been done.'),
    measured: doubleOrNull('Measured.'),
    inside: booleanOrNull('Inside the band?'),
    verdict: textOrNull('Verdict.'),
  },
  sql: /* sql */ `
SELECT plan_id, title, promised_at_us, scored_at_us, metric, subject, unit, mean, lower, upper, level,
       do_nothing_mean, measured, inside, verdict
FROM   plan_promise
ORDER  BY promised_at_us DESC, plan_id, metric, subject`,
});
