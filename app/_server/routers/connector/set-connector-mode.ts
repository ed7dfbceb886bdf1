/** Changes a connector's mode. Going live asks for the connector's name, typed: `{connector, mode}`. */
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { setConnectorMode } from '../../connectors/set-connector-mode';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';

export const setConnectorModeInput = z.object({ connector: z.string().min(1).max(100), mode: z.enum(['off', 'read', 'dry-run', 'live']), typedName: z.string().max(100).optional() });

export const setConnectorModeProcedure = procedure.input(setConnectorModeInput).mutation(async ({ ctx, input: { connector, mode, typedName } }) => {
  if (mode === 'live' && typedName !== connector) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: `Going live lets approved plans change “${connector}”. Type its name to say that you mean it.` });
  }
  return { connector, mode: orRefuse(await setConnectorMode(ctx.server.ports, { connector, mode }, ctx.actor)) };
});
