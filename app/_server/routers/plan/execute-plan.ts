/** Arms an approved plan and lets the executor carry it out; its progress comes over the live stream: `{plan, execution, mode}`. */
import { armPlan } from '../../gateway/execution/arm-plan';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { exactPlan } from './plan-id';

export const executePlanProcedure = procedure.input(exactPlan).mutation(async ({ ctx, input }) => {
  const armed = orRefuse(await armPlan(ctx.server.ports, input, ctx.actor));
  ctx.server.executor.start(armed.execution);
  return armed;
});
