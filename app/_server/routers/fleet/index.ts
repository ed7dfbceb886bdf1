import { router } from '../../trpc/trpc';
import { clearFaultProcedure } from './clear-fault';
import { fleetStateProcedure } from './fleet-state';
import { injectFaultProcedure } from './inject-fault';
import { startFleetProcedure } from './start-fleet';
import { stopFleetProcedure } from './stop-fleet';

export const fleetRouter = router({ state: fleetStateProcedure, start: startFleetProcedure, stop: stopFleetProcedure, injectFault: injectFaultProcedure, clearFault: clearFaultProcedure });
