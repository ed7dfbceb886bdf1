import { router } from '../../trpc/trpc';
import { gatewayStatusProcedure } from './gateway-status';
import { releaseStopProcedure } from './release-stop';
import { stopAllProcedure } from './stop-all';

export const gatewayRouter = router({ status: gatewayStatusProcedure, stop: stopAllProcedure, release: releaseStopProcedure });
