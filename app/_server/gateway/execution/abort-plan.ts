/** Stops a plan where it is. A step that is in flight ends by itself; no other one begins. */
import { err, ok, type Result } from '@/engine/kernel';
import { desc, eq } from 'drizzle-orm';
import type { Transaction } from '../../database/database';
import { executions } from '../../database/schema';
import type { Actor } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import type { AbortReason } from '../plan-note';
import { summaryOf, type PlanSummary } from '../plan/plan-summary';
import { findPlan, requirePlan } from '../plan/stored-plan';
import type { GatewayPorts } from '../ports';
import { abortExecution } from './stop-execution';

type AbortRequest = { readonly id: string; readonly reason: string; readonly because?: AbortReason };

export const abortPlan = (ports: GatewayPorts, { id, reason, because = 'operator' }: AbortRequest, actor: Actor): Promise<Result<PlanSummary, GatewayRefusal>> =>
  gatewayTransaction(ports, async (move) => {
    const found = await requirePlan(move.tx, id, ['armed', 'executing', 'verifying', 'undoing']);
    if (!found.ok) return found;
    const serial = await latestExecution(move.tx, id);
    if (serial === null) return err({ code: 'not-found', id });
    await abortExecution(move, serial, because, reason, actor);
    return ok(summaryOf((await findPlan(move.tx, id)) ?? found.value));
  });

export async function latestExecution(tx: Transaction, id: string): Promise<number | null> {
  const [row] = await tx.select({ serial: executions.serial }).from(executions).where(eq(executions.id, id)).orderBy(desc(executions.serial)).limit(1);
  return row?.serial ?? null;
}
