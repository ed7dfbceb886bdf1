/** What the connector's target is now: every object with its version and values. `Observation`. */
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';

export const observeConnectorInput = z.object({ connector: z.string().min(1).max(100) });

export const observeConnectorProcedure = procedure.input(observeConnectorInput).query(async ({ ctx, input }) => {
  const reader = orRefuse(await ctx.server.ports.connectors.reader(input.connector));
  const observed = await reader.observer.observe();
  if (!observed.ok) throw new TRPCError({ code: 'BAD_GATEWAY', message: observed.error.detail });
  return observed.value;
});
