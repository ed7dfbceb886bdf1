/** Stops the fleet and everything it started: `FleetStatus`. */
import { procedure } from '../../trpc/trpc';

export const stopFleetProcedure = procedure.mutation(({ ctx }) => ctx.server.fleet.stop());
