/** Verifies the whole chain as the database holds it: `{ok, leaves, head, firstBad, why}`. The export is GET /api/v1/audit. */
import { verifyLog } from '../../audit/read-log';
import { procedure } from '../../trpc/trpc';

export const verifyAuditProcedure = procedure.query(({ ctx }) => verifyLog(ctx.server.database.db));
