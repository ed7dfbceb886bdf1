/**
 * Arms an approved plan: checks everything that can be checked before the target is touched, and opens an
 * execution under the fence of this moment. Dry-run or live is the connector's mode, never the caller's wish.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { and, count, eq, gt, inArray, ne } from 'drizzle-orm';
import type { Transaction } from '../../database/database';
import { executions, intents, plans } from '../../database/schema';
import type { Actor } from '../actor';
import { validApprovals } from '../approval/valid-approvals';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction, type Move } from '../gateway-transaction';
import { movePlan } from '../plan/move-plan';
import { summaryOf, type PlanSummary } from '../plan/plan-summary';
import { rehearsedPlan, requirePlan } from '../plan/stored-plan';
import type { GatewayPorts } from '../ports';

export type Armed = { readonly plan: PlanSummary; readonly execution: number; readonly mode: 'dry-run' | 'live' };

export function armPlan(ports: GatewayPorts, { id, planId }: { readonly id: string; readonly planId: string }, actor: Actor): Promise<Result<Armed, GatewayRefusal>> {
  return gatewayTransaction(ports, async (move) => {
    const { tx, control, nowUs } = move;
    const found = await requirePlan(tx, id, ['approved'], planId);
    if (!found.ok) return found;
    const plan = found.value;
    const intact = rehearsedPlan(plan);
    if (!intact.ok) return intact;
    if (control.stopped) return err({ code: 'stopped', by: control.stoppedBy ?? 'unknown', atUs: control.stoppedAtUs ?? 0 });
    if (nowUs >= plan.expiresAtUs) return err({ code: 'plan-expired', expiresAtUs: plan.expiresAtUs });
    const valid = (await validApprovals(tx, plan, ports.policy, nowUs)).length;
    if (valid < ports.policy.approvalsRequired) return err({ code: 'approval-missing', valid, required: ports.policy.approvalsRequired });
    const mode = await ports.connectors.mode(tx, plan.connector);
    if (!mode.ok) return mode;
    if (mode.value !== 'dry-run' && mode.value !== 'live') return err({ code: 'connector-mode', connector: plan.connector, mode: mode.value });
    const busy = await busyWith(tx, plan.connector, id);
    if (busy !== null) return err(busy);
    const steps = intact.value.body.steps.length;
    const operations = await liveOperationsInMinute(tx, nowUs);
    if (mode.value === 'live' && operations + steps > ports.policy.liveOperationsPerMinute) {
      return err({ code: 'rate-limited', operations: operations + steps, perMinute: ports.policy.liveOperationsPerMinute });
    }
    const execution = await openExecution(move, { id, planId, direction: 'forward', mode: mode.value, executedBy: actor.id });
    return ok({ plan: summaryOf(await movePlan(move, plan, 'armed', { actor })), execution, mode: mode.value });
  });
}

export type NewExecution = Pick<typeof executions.$inferInsert, 'id' | 'planId' | 'direction' | 'mode' | 'executedBy'>;

export async function openExecution({ tx, control, nowUs }: Move, execution: NewExecution): Promise<number> {
  const [row] = await tx.insert(executions).values({ ...execution, fence: control.fence, startedAtUs: nowUs }).returning({ serial: executions.serial });
  return row!.serial;
}

/** One change at a time on one target: a second one would spoil the first one's fingerprints and its promise. */
export async function busyWith(tx: Transaction, connector: string, id: string): Promise<GatewayRefusal | null> {
  const active = inArray(plans.state, ['armed', 'executing', 'verifying', 'undoing', 'needs-human']);
  const [other] = await tx.select().from(plans).where(and(eq(plans.connector, connector), active, ne(plans.id, id))).limit(1);
  return other === undefined ? null : { code: 'busy', id: other.id, title: other.title, state: other.state };
}

export async function liveOperationsInMinute(tx: Transaction, nowUs: number): Promise<number> {
  const [row] = await tx.select({ operations: count() }).from(intents).where(and(eq(intents.live, true), gt(intents.atUs, nowUs - 60_000_000)));
  return row?.operations ?? 0;
}
