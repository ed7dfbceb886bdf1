/** Plans, newest first: `PlanSummary[]`. */
import { z } from 'zod';
import { listPlans } from '../../gateway/plan/read-plans';
import { PLAN_STATES } from '../../gateway/plan-state';
import { procedure } from '../../trpc/trpc';

export const listPlansInput = z.object({ states: z.array(z.enum(PLAN_STATES)).max(PLAN_STATES.length).optional(), before: z.number().int().positive().optional(), limit: z.number().int().min(1).max(200).default(50) });

export const listPlansProcedure = procedure.input(listPlansInput).query(({ ctx, input }) => listPlans(ctx.server.database.db, input));
