/**
 * The invariants of the gateway, by number and name. They are asserted in production: each looks at the rows
 * of the transaction it guards (not at what the code before it believed), and a failed one rolls it back.
 * 1, 3 and 5 are also checked from outside by the swarm test, on a target that counts its effects.
 *
 * 7 (nothing that simulates can reach a write side) holds by type: an Actuator takes an ApprovedPlan.
 * 8 (one decision hash in four modes) belongs to the loop. 11 (no audit, no action) holds because an INTENT
 * and its leaf are one transaction.
 */
import { invariant } from '@/engine/kernel';
import type { PlanBody } from '@/engine/loop';
import type { ApprovalRow } from './approval/valid-approvals';
import type { ControlRow } from './gateway-transaction';
import type { ObjectChange } from './gateway-refusal';
import type { PlanNote } from './plan-note';
import type { PlanState } from './plan-state';
import type { PlanRow } from './plan/plan-summary';
import type { Policy } from './policy';

/** 1: no effect without a committed INTENT and its audit leaf. */
export function assertIntentCommitted(intent: { readonly leaf: number } | undefined, leafKind: string | undefined): void {
  invariant(intent !== undefined && leafKind === 'intent', 'invariant 1: no effect without a committed INTENT and its audit leaf');
}

/** 2 and 12: enough approvals, by persons other than the author, bound to this planId, none revoked or expired. */
export function assertApproved(plan: PlanRow, approvals: readonly ApprovalRow[], policy: Policy, nowUs: number): void {
  const good = approvals.filter(
    (a) => a.planId === plan.planId && a.revokedAtUs === null && a.expiresAtUs > nowUs && (policy.singleOperator || a.approver !== plan.author),
  );
  invariant(new Set(good.map((a) => a.approver)).size >= policy.approvalsRequired, 'invariant 2: no INTENT without the approvals that the policy asks for');
}

/** 3: the fingerprints that were re-read are the plan's. */
export function assertFingerprints(changes: readonly ObjectChange[]): void {
  invariant(changes.length === 0, 'invariant 3: no INTENT on a target that changed since the plan read it');
}

/** 4: steps in order, none skipped. `order` is 0, 1, 2 … forward and the applied steps in reverse on the way back. */
export function assertInOrder(order: readonly number[], finished: readonly number[], step: number): void {
  invariant(order[finished.length] === step && finished.every((done, at) => done === order[at]), 'invariant 4: steps run in order, none skipped');
}

/** 5: at most one effect per step; class C is never tried again. */
export function assertNoSecondEffect(effectClass: 'A' | 'B' | 'C', earlier: readonly (string | null)[]): void {
  invariant(!earlier.some((result) => result === 'applied' || result === 'already'), 'invariant 5: a step that took effect is not sent again');
  invariant(earlier.every((result) => result !== null), 'invariant 5: an attempt without an outcome is reconciled before the next');
  invariant(effectClass !== 'C' || earlier.length === 0, 'invariant 5: a class C step is never retried');
}

/** 6: after the kill switch no new INTENT, and none under an old fence. */
export function assertFenced(control: ControlRow, fence: number): void {
  invariant(!control.stopped && control.fence === fence, 'invariant 6: no INTENT after the kill switch or under an old fence');
}

/** 10: a finished plan says whether its inverse is available. */
export function assertSaysInverse(to: PlanState, note: PlanNote | undefined): void {
  if (to !== 'done' && to !== 'aborted') return;
  invariant(note !== undefined && 'undoAvailable' in note, 'invariant 10: a finished plan states whether it can be undone');
}

/** 13: a plan cannot save more than is spent. */
export function assertSavingsWithinSpend(body: PlanBody): void {
  for (const promised of body.predicted) {
    if (promised.metric !== 'usdPerHour') continue;
    const spend = body.doNothing.find((other) => other.metric === 'usdPerHour' && other.subject === promised.subject);
    invariant(promised.mean >= 0 && (spend === undefined || spend.mean - promised.mean <= spend.mean), 'invariant 13: predicted savings do not exceed the spend');
  }
}

/** 14: at most so many live operations per minute, this one included. */
export function assertWithinRate(operationsInMinute: number, policy: Policy): void {
  invariant(operationsInMinute <= policy.liveOperationsPerMinute, 'invariant 14: live operations per minute stay within the policy');
}
