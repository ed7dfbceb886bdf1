/** Ends one of the fleet's faults before its time: `{id}`. */
import { z } from 'zod';
import { procedure } from '../../trpc/trpc';
import { sendFault } from './inject-fault';

export const clearFaultInput = z.object({ id: z.string().min(1).max(100) });

export const clearFaultProcedure = procedure.input(clearFaultInput).mutation(async ({ ctx, input }) => {
  await sendFault(ctx, { method: 'DELETE', path: `/faults/${encodeURIComponent(input.id)}` });
  return { id: input.id };
});
