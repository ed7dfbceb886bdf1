/** Whether an assistant is configured, and which: `{status, model}`. */
import { procedure } from '../../trpc/trpc';

export const assistantStatusProcedure = procedure.query(({ ctx }) => {
  const { assistant } = ctx.server.config;
  return { status: assistant === null ? ('off' as const) : ('configured' as const), model: assistant?.model ?? null };
});
