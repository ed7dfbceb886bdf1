/** Whether the fleet runs, and what its supervisor says about it: `{status, state}`; state is null while it does not run. */
import { readFleetState } from '../../connectors/fleet/fleet-client';
import { procedure } from '../../trpc/trpc';

export const fleetStateProcedure = procedure.query(async ({ ctx }) => {
  const status = ctx.server.fleet.status();
  const read = status.status === 'running' ? await readFleetState(status.url) : null;
  return { status, state: read?.ok === true ? read.value : null, problem: read?.ok === false ? read.error.detail : null };
});
