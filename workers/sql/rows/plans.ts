/** The promises of plans as rows of the ledger, with what was measured once a plan is scored. */
import type { Prediction } from '@/engine/loop';
import type { PlanPromiseRow } from '@/engine/query';
import type { LedgerPlan } from '../../sql-api';

export const planRows = (plans: readonly LedgerPlan[]): PlanPromiseRow[] => plans.flatMap((plan) => plan.body.predicted.map((prediction) => promiseRow(plan, prediction)));

function promiseRow({ planId, body, scores, scoredAtUs }: LedgerPlan, prediction: Prediction): PlanPromiseRow {
  const same = (other: Prediction) => other.metric === prediction.metric && other.subject === prediction.subject;
  const score = scores?.find((one) => same(one.prediction));
  return {
    plan_id: planId,
    title: body.title,
    action_kind: [...new Set(body.steps.map((step) => step.command.kind))].join('+'),
    connector: body.target.connector,
    promised_at_us: body.createdAtUs,
    scored_at_us: scoredAtUs ?? null,
    metric: prediction.metric,
    subject: prediction.subject,
    unit: prediction.unit,
    mean: prediction.mean,
    lower: prediction.lower,
    upper: prediction.upper,
    level: prediction.level,
    runs: prediction.runs,
    do_nothing_mean: body.doNothing.find(same)?.mean ?? null,
    measured: score?.measured ?? null,
    inside: score?.inside ?? null,
    verdict: score?.verdict ?? null,
  };
}
