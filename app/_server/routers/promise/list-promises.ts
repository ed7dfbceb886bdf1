/** The promise ledger, newest first: `PromiseRow[]`. */
import { z } from 'zod';
import { listPromises } from '../../gateway/verification/read-promises';
import { procedure } from '../../trpc/trpc';

export const listPromisesInput = z.object({ before: z.number().int().positive().optional(), limit: z.number().int().min(1).max(500).default(100) });

export const listPromisesProcedure = procedure.input(listPromisesInput).query(({ ctx, input }) => listPromises(ctx.server.database.db, input));
