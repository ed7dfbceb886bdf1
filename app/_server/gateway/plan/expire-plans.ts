/** Moves waiting plans whose time has run out to `expired`; one rehearsal brings them back. */
import { and, inArray, lte } from 'drizzle-orm';
import { plans } from '../../database/schema';
import { GATEWAY } from '../actor';
import { gatewayTransaction } from '../gateway-transaction';
import type { GatewayPorts } from '../ports';
import { movePlan } from './move-plan';

const WAITING = ['draft', 'proposed', 'rehearsed', 'approved', 'stale'] as const;

export async function expirePlans(ports: GatewayPorts): Promise<number> {
  const overdue = and(inArray(plans.state, [...WAITING]), lte(plans.expiresAtUs, ports.clock.nowUs()));
  if ((await ports.db.select({ id: plans.id }).from(plans).where(overdue).limit(1)).length === 0) return 0;
  return gatewayTransaction(ports, async (move) => {
    const rows = await move.tx.select().from(plans).where(overdue);
    for (const row of rows) await movePlan(move, row, 'expired', { actor: GATEWAY, note: { kind: 'expired' } });
    return rows.length;
  });
}
