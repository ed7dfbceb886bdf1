/**
 * A new executor: bumps the fence, so that a process that still believes it executes cannot write another
 * INTENT, and hands back the executions to carry on with under the new fence.
 */
import { eq, inArray, isNull } from 'drizzle-orm';
import type { Transaction } from '../../database/database';
import { executions, intents, outcomes, plans } from '../../database/schema';
import { GATEWAY } from '../actor';
import { bumpFence } from '../fence';
import { gatewayTransaction } from '../gateway-transaction';
import { IN_FLIGHT } from '../plan-state';
import type { GatewayPorts } from '../ports';
import { latestExecution } from './abort-plan';

export const takeOver = (ports: GatewayPorts): Promise<readonly number[]> =>
  gatewayTransaction(ports, async (move) => {
    const fence = await bumpFence(move, GATEWAY, 'a new executor took over');
    const open = new Set<number>();
    for (const { id } of await move.tx.select({ id: plans.id }).from(plans).where(inArray(plans.state, [...IN_FLIGHT]))) {
      const serial = await latestExecution(move.tx, id);
      if (serial !== null) open.add(serial);
    }
    for (const { serial } of await unanswered(move.tx)) open.add(serial);
    for (const serial of open) await move.tx.update(executions).set({ fence }).where(eq(executions.serial, serial));
    return [...open];
  });

/** Steps in flight when the process ended; also those of plans that were aborted before the answer came. */
const unanswered = (tx: Transaction) =>
  tx.selectDistinct({ serial: intents.execution }).from(intents).leftJoin(outcomes, eq(outcomes.intent, intents.serial)).where(isNull(outcomes.intent));
