/** A plan in plain words, streamed: `{piece}` … then `{problem}` if it failed. The assistant reads one plan and can do nothing else. */
import { explainPlan } from '../../assistant/explain-plan';
import { getPlan } from '../../gateway/plan/read-plans';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';
import { planRow } from '../plan/plan-id';

export type Explanation = { readonly piece: string } | { readonly problem: string };

export const explainPlanProcedure = procedure.input(planRow).subscription(async function* ({ ctx, input, signal }): AsyncGenerator<Explanation> {
  const { body } = orRefuse(await getPlan(ctx.server.database.db, input.id));
  const words = explainPlan(ctx.server.config.assistant, body, signal ?? new AbortController().signal);
  for (let next = await words.next(); ; next = await words.next()) {
    if (next.done !== true) yield { piece: next.value };
    else if (next.value.ok) return;
    else return yield { problem: next.value.error.detail };
  }
});
