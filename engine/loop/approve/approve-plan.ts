/**
 * Approve: a person binds a name to exactly this plan, before it expires. The approval names the digest;
 * if the body changed since, the digest no longer matches and there is nothing to approve.
 */
import { err, ok, type Result, type TimeUs } from '@/engine/kernel';
import { planIsIntact } from '../plan/assemble';
import type { Approval, ApprovedPlan, RehearsedPlan } from '../plan/plan';

export type Approver = { readonly name: string; readonly kind: 'person' | 'service' | 'model' };

export type ApprovalRefusal =
  | { readonly code: 'digest-mismatch'; readonly planId: string }
  | { readonly code: 'plan-expired'; readonly expiredAtUs: TimeUs }
  | { readonly code: 'approval-expired'; readonly expiredAtUs: TimeUs }
  | { readonly code: 'own-plan'; readonly author: string }
  | { readonly code: 'not-a-person'; readonly kind: Approver['kind'] };

export type ApprovalTerms = { readonly approvalTtlSeconds: number; readonly singleOperator: boolean };

/** The only way to make an ApprovedPlan. Service accounts and language models never approve. */
export function approvePlan(plan: RehearsedPlan, approver: Approver, terms: ApprovalTerms, nowUs: TimeUs): Result<ApprovedPlan, ApprovalRefusal> {
  if (approver.kind !== 'person') return err({ code: 'not-a-person', kind: approver.kind });
  if (!planIsIntact(plan)) return err({ code: 'digest-mismatch', planId: plan.planId });
  if (nowUs >= plan.body.expiresAtUs) return err({ code: 'plan-expired', expiredAtUs: plan.body.expiresAtUs });
  if (approver.name === plan.body.author && !terms.singleOperator) return err({ code: 'own-plan', author: plan.body.author });
  const expiresAtUs = Math.min(nowUs + terms.approvalTtlSeconds * 1_000_000, plan.body.expiresAtUs) as TimeUs;
  const approval: Approval = { planId: plan.planId, approver: approver.name, approvedAtUs: nowUs, expiresAtUs };
  return ok({ ...plan, stage: 'approved', approval } as ApprovedPlan);
}

/** Re-made from storage right before execution: types end at the wire, so digest and times are checked again. */
export function restoreApproval(plan: RehearsedPlan, approval: Approval, nowUs: TimeUs): Result<ApprovedPlan, ApprovalRefusal> {
  if (approval.planId !== plan.planId || !planIsIntact(plan)) return err({ code: 'digest-mismatch', planId: plan.planId });
  if (nowUs >= approval.expiresAtUs) return err({ code: 'approval-expired', expiredAtUs: approval.expiresAtUs });
  return ok({ ...plan, stage: 'approved', approval } as ApprovedPlan);
}
