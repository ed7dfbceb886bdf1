/** Stops a plan where it is; a step in flight ends by itself: `PlanSummary`. */
import { abortPlan } from '../../gateway/execution/abort-plan';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { planRow, reason } from './plan-id';

export const abortPlanInput = planRow.extend({ reason: reason.default('asked for by the operator') });

export const abortPlanProcedure = procedure.input(abortPlanInput).mutation(async ({ ctx, input }) => orRefuse(await abortPlan(ctx.server.ports, input, ctx.actor)));
