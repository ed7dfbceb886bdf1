/** Whether the parts are ready: `Health`, the same as GET /api/health. */
import { procedure } from '../../trpc/trpc';

export const healthProcedure = procedure.query(({ ctx }) => ctx.server.health());
