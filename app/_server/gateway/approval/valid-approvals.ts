/** The approvals that count now: of this planId, of distinct persons, not revoked, not expired, not the author's own unless the policy lets that in. */
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database';
import { approvals } from '../../database/schema';
import type { PlanRow } from '../plan/plan-summary';
import type { Policy } from '../policy';

export type ApprovalRow = typeof approvals.$inferSelect;

export async function validApprovals(db: Database | Transaction, plan: PlanRow, policy: Policy, nowUs: number): Promise<ApprovalRow[]> {
  const rows = await db
    .select()
    .from(approvals)
    .where(and(eq(approvals.id, plan.id), eq(approvals.planId, plan.planId), isNull(approvals.revokedAtUs), gt(approvals.expiresAtUs, nowUs)))
    .orderBy(asc(approvals.serial));
  const firstOf = new Map(rows.map((row) => [row.approver, row]).reverse() as [string, ApprovalRow][]);
  return [...firstOf.values()].filter(({ approver }) => policy.singleOperator || approver !== plan.author);
}
