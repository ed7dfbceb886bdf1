/** Refuses a plan for good, with the reason a reader will look for. */
import { ok, type Result } from '@/engine/kernel';
import type { Actor } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import type { PlanState } from '../plan-state';
import type { GatewayPorts } from '../ports';
import { movePlan } from './move-plan';
import { summaryOf, type PlanSummary } from './plan-summary';
import { requirePlan } from './stored-plan';

const REJECTABLE: readonly PlanState[] = ['draft', 'proposed', 'rehearsed', 'approved', 'stale', 'expired'];

export const rejectPlan = (ports: GatewayPorts, { id, reason }: { readonly id: string; readonly reason: string }, actor: Actor): Promise<Result<PlanSummary, GatewayRefusal>> =>
  gatewayTransaction(ports, async (move) => {
    const plan = await requirePlan(move.tx, id, REJECTABLE);
    return plan.ok ? ok(summaryOf(await movePlan(move, plan.value, 'rejected', { actor, note: { kind: 'rejected', reason } }))) : plan;
  });
