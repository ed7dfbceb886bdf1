/** Every procedure the pages may call. The browser imports the type of this and nothing else of the server. */
import { router } from '../trpc/trpc';
import { assistantRouter } from './assistant';
import { auditRouter } from './audit';
import { connectorRouter } from './connector';
import { fleetRouter } from './fleet';
import { gatewayRouter } from './gateway';
import { healthProcedure } from './health';
import { liveRouter } from './live';
import { planRouter } from './plan';
import { promiseRouter } from './promise';

export const appRouter = router({
  health: healthProcedure,
  plans: planRouter,
  promises: promiseRouter,
  audit: auditRouter,
  connectors: connectorRouter,
  fleet: fleetRouter,
  live: liveRouter,
  gateway: gatewayRouter,
  assistant: assistantRouter,
});

export type AppRouter = typeof appRouter;
