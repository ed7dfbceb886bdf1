/** Refuses a plan for good: `PlanSummary`. */
import { rejectPlan } from '../../gateway/plan/reject-plan';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { planRow, reason } from './plan-id';

export const rejectPlanInput = planRow.extend({ reason });

export const rejectPlanProcedure = procedure.input(rejectPlanInput).mutation(async ({ ctx, input }) => orRefuse(await rejectPlan(ctx.server.ports, input, ctx.actor)));
