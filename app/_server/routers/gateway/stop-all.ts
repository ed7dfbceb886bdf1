/** The kill switch: no new step anywhere from the moment this returns. `{fence, aborted, atUs}`. */
import { z } from 'zod';
import { stopAll } from '../../gateway/kill-switch';
import { procedure } from '../../trpc/trpc';

export const stopAllInput = z.object({ reason: z.string().trim().max(500).default('') });

export const stopAllProcedure = procedure.input(stopAllInput).mutation(({ ctx, input }) => stopAll(ctx.server.ports, input.reason, ctx.actor));
