/** The audit log, newest first: `AuditRow[]`. */
import { z } from 'zod';
import { listAudit } from '../../audit/read-log';
import { procedure } from '../../trpc/trpc';

export const listAuditInput = z.object({ before: z.number().int().min(0).optional(), limit: z.number().int().min(1).max(500).default(100) });

export const listAuditProcedure = procedure.input(listAuditInput).query(({ ctx, input }) => listAudit(ctx.server.database.db, input));
