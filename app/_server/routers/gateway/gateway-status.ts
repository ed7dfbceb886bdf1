/** The kill switch, the fence and the policy in force. */
import { control } from '../../database/schema';
import { procedure } from '../../trpc/trpc';

export const gatewayStatusProcedure = procedure.query(async ({ ctx }) => {
  const [row] = await ctx.server.database.db.select().from(control);
  const { stopped = false, stoppedBy = null, stoppedAtUs = null, fence = 0, auditLeaves = 0, auditHead = '' } = row ?? {};
  return { stopped, stoppedBy, stoppedAtUs, fence, auditLeaves, auditHead, policy: ctx.server.config.policy, actor: ctx.actor };
});
