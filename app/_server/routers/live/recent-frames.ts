/** The newest frames that are kept, oldest first: `Frame[]`. */
import { z } from 'zod';
import { procedure } from '../../trpc/trpc';

export const recentFramesInput = z.object({ seconds: z.number().int().min(1).max(3_600).default(300) }).optional();

export const recentFramesProcedure = procedure.input(recentFramesInput).query(({ ctx, input }) => ctx.server.live.frames(input?.seconds ?? 300));
