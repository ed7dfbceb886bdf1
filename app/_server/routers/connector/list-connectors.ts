/** The connectors with their modes and the least privilege each needs: `ConnectorStatus[]`. */
import { procedure } from '../../trpc/trpc';

export const listConnectorsProcedure = procedure.query(({ ctx }) => ctx.server.ports.connectors.list());
