/** The newest turns of the loop, oldest first: `DecisionSummary[]`. */
import { procedure } from '../../trpc/trpc';

export const recentDecisionsProcedure = procedure.query(({ ctx }) => ctx.server.live.decisions());
