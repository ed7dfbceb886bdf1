/** Releases the kill switch. Aborted plans stay aborted: `{fence}`. */
import { releaseStop } from '../../gateway/kill-switch';
import { orRefuse } from '../../trpc/refusal-errors';
import { procedure } from '../../trpc/trpc';

export const releaseStopProcedure = procedure.mutation(async ({ ctx }) => orRefuse(await releaseStop(ctx.server.ports, ctx.actor)));
