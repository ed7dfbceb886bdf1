/** One plan with its body, approvals, executions, promises and history: `PlanDetail`. */
import { getPlan } from '../../gateway/plan/read-plans';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { planRow } from './plan-id';

export const getPlanProcedure = procedure.input(planRow).query(async ({ ctx, input }) => orRefuse(await getPlan(ctx.server.database.db, input.id)));
