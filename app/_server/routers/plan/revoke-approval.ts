/** Takes one's own approval back; an execution under it stops at its next step: `PlanSummary`. */
import { revokeApproval } from '../../gateway/approval/revoke-approval';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { planRow } from './plan-id';

export const revokeApprovalProcedure = procedure.input(planRow).mutation(async ({ ctx, input }) => orRefuse(await revokeApproval(ctx.server.ports, input, ctx.actor)));
