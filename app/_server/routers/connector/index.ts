import { router } from '../../trpc/trpc';
import { listConnectorsProcedure } from './list-connectors';
import { observeConnectorProcedure } from './observe-connector';
import { setConnectorModeProcedure } from './set-connector-mode';

export const connectorRouter = router({ list: listConnectorsProcedure, observe: observeConnectorProcedure, setMode: setConnectorModeProcedure });
