/**
 * Execute, one step at a time: given the outcomes so far and what the target says now, either the next
 * step, or why there is none. The caller sends the step through a connector and comes back with its outcome.
 */
import { sha256 } from '@/engine/kernel';
import type { ApprovedPlan, ExecutedPlan, Fingerprint, PlanStep, StepOutcome } from '../plan/plan';
import type { TimeUs } from '@/engine/kernel';

export type NextStep =
  | { readonly kind: 'send'; readonly step: PlanStep; readonly idempotencyKey: string; readonly expectedVersion: string }
  | { readonly kind: 'stale'; readonly changed: readonly { readonly object: string; readonly expected: string; readonly found: string | null }[] }
  | { readonly kind: 'needs-human'; readonly step: PlanStep; readonly detail: string }
  | { readonly kind: 'done'; readonly plan: ExecutedPlan };

/** `now` holds the target's present fingerprints; an object that a previous step of this plan changed may have that step's version. */
export function nextStep(plan: ApprovedPlan, outcomes: readonly StepOutcome[], now: readonly Fingerprint[], nowUs: TimeUs): NextStep {
  const failed = outcomes.find((outcome) => outcome.result === 'refused' || outcome.result === 'unknown');
  if (failed !== undefined && 'detail' in failed) return { kind: 'needs-human', step: plan.body.steps[failed.index]!, detail: failed.detail };
  const step = plan.body.steps[outcomes.length];
  if (step === undefined) return { kind: 'done', plan: { ...plan, stage: 'executed', outcomes, executedAtUs: outcomes.at(-1)?.atUs ?? nowUs } };
  const expected = (object: string, planned: string) => versionAfter(plan, outcomes, object) ?? planned;
  const changed = plan.body.fingerprints.flatMap((planned) => {
    const found = now.find((f) => f.object === planned.object)?.version ?? null;
    const wanted = expected(planned.object, planned.version);
    return found === wanted ? [] : [{ object: planned.object, expected: wanted, found }];
  });
  if (changed.length > 0) return { kind: 'stale', changed };
  const { object, version } = step.precondition;
  return { kind: 'send', step, idempotencyKey: idempotencyKey(plan.planId, step.index), expectedVersion: expected(object, version) };
}

/** Same plan and step, same key: a target that remembers it does the work once. */
export const idempotencyKey = (planId: string, step: number) => sha256(`${planId}|${step}`);

function versionAfter(plan: ApprovedPlan, outcomes: readonly StepOutcome[], object: string): string | null {
  const last = outcomes.findLast((outcome) => plan.body.steps[outcome.index]!.precondition.object === object);
  return last !== undefined && 'version' in last ? last.version : null;
}
