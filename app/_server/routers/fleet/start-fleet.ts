/** Starts the fleet and waits until it is ready or has failed: `FleetStatus`. */
import { procedure } from '../../trpc/trpc';

export const startFleetProcedure = procedure.mutation(({ ctx }) => ctx.server.fleet.start());
