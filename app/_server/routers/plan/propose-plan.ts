/** Puts a draft into the inbox: `PlanSummary`. */
import { proposePlan } from '../../gateway/plan/propose-plan';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { planRow } from './plan-id';

export const proposePlanProcedure = procedure.input(planRow).mutation(async ({ ctx, input }) => orRefuse(await proposePlan(ctx.server.ports, input, ctx.actor)));
