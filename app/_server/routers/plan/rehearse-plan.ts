/** Rehearses (again) on a fork of the twin; the plan gets a new planId and its approvals go void: `PlanSummary`. */
import { rehearsePlan } from '../../gateway/plan/rehearse-plan';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { planRow } from './plan-id';

export const rehearsePlanProcedure = procedure.input(planRow).mutation(async ({ ctx, input }) => orRefuse(await rehearsePlan(ctx.server.ports, input, ctx.actor)));
