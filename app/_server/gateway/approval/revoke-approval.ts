/**
 * Takes one's approval back. The fence is bumped, so an execution that was started under it cannot write
 * another INTENT; a plan that has not begun falls back to `rehearsed`.
 */
import { ok, err, type Result } from '@/engine/kernel';
import { and, eq, isNull } from 'drizzle-orm';
import { appendLeaf } from '../../audit/append-leaf';
import { approvals } from '../../database/schema';
import type { Actor } from '../actor';
import { bumpFence } from '../fence';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import { movePlan } from '../plan/move-plan';
import { summaryOf, type PlanSummary } from '../plan/plan-summary';
import { requirePlan } from '../plan/stored-plan';
import type { GatewayPorts } from '../ports';
import { validApprovals } from './valid-approvals';

export const revokeApproval = (ports: GatewayPorts, { id }: { readonly id: string }, actor: Actor): Promise<Result<PlanSummary, GatewayRefusal>> =>
  gatewayTransaction(ports, async (move) => {
    const found = await requirePlan(move.tx, id, ['rehearsed', 'approved', 'armed', 'executing']);
    if (!found.ok) return found;
    const plan = found.value;
    const mine = and(eq(approvals.id, id), eq(approvals.planId, plan.planId), eq(approvals.approver, actor.id), isNull(approvals.revokedAtUs));
    const revoked = await move.tx.update(approvals).set({ revokedAtUs: move.nowUs }).where(mine).returning();
    const left = (await validApprovals(move.tx, plan, ports.policy, move.nowUs)).length;
    if (revoked.length === 0) return err({ code: 'approval-missing', valid: left, required: ports.policy.approvalsRequired });
    await appendLeaf(move.tx, { atUs: move.nowUs, kind: 'approval-revoked', actor: actor.id, id, planId: plan.planId, detail: { left } });
    await bumpFence(move, actor, 'an approval was revoked');
    const fallsBack = plan.state === 'approved' && left < ports.policy.approvalsRequired;
    return ok(summaryOf(fallsBack ? await movePlan(move, plan, 'rehearsed', { actor }) : plan));
  });
