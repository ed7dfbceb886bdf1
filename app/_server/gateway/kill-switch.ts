/**
 * STOP: from the commit of this transaction on no new INTENT is written anywhere, and at most the step that
 * was in flight still ends. Whatever was at work is aborted and says what stands. Anyone may stop;
 * only a person may release.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { eq, inArray } from 'drizzle-orm';
import { appendLeaf } from '../audit/append-leaf';
import { control, plans } from '../database/schema';
import type { Actor } from './actor';
import { latestExecution } from './execution/abort-plan';
import { abortExecution } from './execution/stop-execution';
import { bumpFence } from './fence';
import type { GatewayRefusal } from './gateway-refusal';
import { gatewayTransaction } from './gateway-transaction';
import { IN_FLIGHT } from './plan-state';
import type { GatewayPorts } from './ports';

export type Stopped = { readonly fence: number; readonly aborted: readonly string[]; readonly atUs: number };

export const stopAll = (ports: GatewayPorts, reason: string, actor: Actor): Promise<Stopped> =>
  gatewayTransaction(ports, async (move) => {
    const { tx, nowUs } = move;
    await tx.update(control).set({ stopped: true, stoppedBy: actor.id, stoppedAtUs: nowUs }).where(eq(control.one, 1));
    await appendLeaf(tx, { atUs: nowUs, kind: 'kill-switch', actor: actor.id, id: null, planId: null, detail: { reason } });
    const fence = await bumpFence(move, actor, 'kill switch');
    const active = await tx.select().from(plans).where(inArray(plans.state, [...IN_FLIGHT]));
    for (const { id } of active) {
      const serial = await latestExecution(tx, id);
      if (serial !== null) await abortExecution(move, serial, 'kill-switch', `stopped by ${actor.id}: ${reason}`, actor);
    }
    move.emit({ kind: 'kill-switch', stopped: true, by: actor.id });
    return { fence, aborted: active.map(({ id }) => id), atUs: nowUs };
  });

export const releaseStop = (ports: GatewayPorts, actor: Actor): Promise<Result<{ readonly fence: number }, GatewayRefusal>> =>
  gatewayTransaction(ports, async (move) => {
    if (actor.kind !== 'person') return err({ code: 'not-a-person', actor: actor.id });
    await move.tx.update(control).set({ stopped: false, stoppedBy: null, stoppedAtUs: null }).where(eq(control.one, 1));
    await appendLeaf(move.tx, { atUs: move.nowUs, kind: 'kill-switch-released', actor: actor.id, id: null, planId: null, detail: {} });
    move.emit({ kind: 'kill-switch', stopped: false, by: actor.id });
    return ok({ fence: move.control.fence });
  });
