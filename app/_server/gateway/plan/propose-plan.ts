/** Puts a draft into the inbox. */
import { ok, type Result } from '@/engine/kernel';
import type { Actor } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import type { GatewayPorts } from '../ports';
import { movePlan } from './move-plan';
import { summaryOf, type PlanSummary } from './plan-summary';
import { requirePlan } from './stored-plan';

export const proposePlan = (ports: GatewayPorts, { id }: { readonly id: string }, actor: Actor): Promise<Result<PlanSummary, GatewayRefusal>> =>
  gatewayTransaction(ports, async (move) => {
    const plan = await requirePlan(move.tx, id, ['draft']);
    return plan.ok ? ok(summaryOf(await movePlan(move, plan.value, 'proposed', { actor }))) : plan;
  });
