/** Takes one person's approval of exactly this planId, and moves the plan on when there are enough. */
import { err, ok, type Result } from '@/engine/kernel';
import { appendLeaf } from '../../audit/append-leaf';
import { approvals } from '../../database/schema';
import type { Actor } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import { movePlan } from '../plan/move-plan';
import { summaryOf, type PlanSummary } from '../plan/plan-summary';
import { rehearsedPlan, requirePlan } from '../plan/stored-plan';
import type { GatewayPorts } from '../ports';
import { validApprovals } from './valid-approvals';

export const SELF_APPROVAL_NOTE = 'single operator: the approver is the author of this plan';

export function approvePlan(ports: GatewayPorts, { id, planId }: { readonly id: string; readonly planId: string }, actor: Actor): Promise<Result<PlanSummary, GatewayRefusal>> {
  const { policy } = ports;
  return gatewayTransaction(ports, async (move) => {
    if (actor.kind !== 'person') return err({ code: 'not-a-person', actor: actor.id });
    const found = await requirePlan(move.tx, id, ['rehearsed'], planId);
    if (!found.ok) return found;
    const plan = found.value;
    const intact = rehearsedPlan(plan);
    if (!intact.ok) return intact;
    if (move.nowUs >= plan.expiresAtUs) return err({ code: 'plan-expired', expiresAtUs: plan.expiresAtUs });
    const selfApproved = actor.id === plan.author;
    if (selfApproved && !policy.singleOperator) return err({ code: 'own-plan', author: plan.author });
    const before = await validApprovals(move.tx, plan, policy, move.nowUs);
    if (before.some(({ approver }) => approver === actor.id)) return err({ code: 'already-approved', approver: actor.id });

    const expiresAtUs = Math.min(plan.expiresAtUs, move.nowUs + policy.approvalLifetimeSeconds * 1_000_000);
    await move.tx.insert(approvals).values({ id, planId, approver: actor.id, selfApproved, approvedAtUs: move.nowUs, expiresAtUs });
    const detail = { expiresAtUs, have: before.length + 1, required: policy.approvalsRequired, note: selfApproved ? SELF_APPROVAL_NOTE : null };
    await appendLeaf(move.tx, { atUs: move.nowUs, kind: 'approval-given', actor: actor.id, id, planId, detail });
    return ok(summaryOf(before.length + 1 >= policy.approvalsRequired ? await movePlan(move, plan, 'approved', { actor }) : plan));
  });
}
