/** Takes back what a finished or aborted plan did, in reverse order: `{plan, execution, mode}`. */
import { undoPlan } from '../../gateway/execution/undo-plan';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { exactPlan } from './plan-id';

export const undoPlanProcedure = procedure.input(exactPlan).mutation(async ({ ctx, input }) => {
  const armed = orRefuse(await undoPlan(ctx.server.ports, input, ctx.actor));
  ctx.server.executor.start(armed.execution);
  return armed;
});
