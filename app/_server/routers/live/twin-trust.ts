/** How far the live twin is to be trusted: what was fitted, and its error on seconds it did not see. Null until there is one. */
import { procedure } from '../../trpc/trpc';

export const twinTrustProcedure = procedure.query(({ ctx }) => ctx.server.live.twin());
