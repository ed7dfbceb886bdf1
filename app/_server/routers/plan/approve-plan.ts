/** Approves exactly this planId. Execution is a separate call: `PlanSummary`. */
import { approvePlan } from '../../gateway/approval/approve-plan';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { exactPlan } from './plan-id';

export const approvePlanProcedure = procedure.input(exactPlan).mutation(async ({ ctx, input }) => orRefuse(await approvePlan(ctx.server.ports, input, ctx.actor)));
