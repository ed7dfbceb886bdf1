/**
 * Opens the way back: the inverses of what took effect, in reverse order, each only if its object is still
 * as this plan left it. Asked for by a person; the inverses are part of what was approved.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { Actor } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import { movePlan } from '../plan/move-plan';
import { summaryOf } from '../plan/plan-summary';
import { rehearsedPlan, requirePlan } from '../plan/stored-plan';
import type { GatewayPorts } from '../ports';
import { busyWith, openExecution, type Armed } from './arm-plan';
import { wayBack } from './situation';

export function undoPlan(ports: GatewayPorts, { id, planId }: { readonly id: string; readonly planId: string }, actor: Actor): Promise<Result<Armed, GatewayRefusal>> {
  return gatewayTransaction(ports, async (move) => {
    const { tx, control } = move;
    if (actor.kind !== 'person') return err({ code: 'not-a-person', actor: actor.id });
    const found = await requirePlan(tx, id, ['done', 'aborted'], planId);
    if (!found.ok) return found;
    const plan = found.value;
    const intact = rehearsedPlan(plan);
    if (!intact.ok) return intact;
    if (control.stopped) return err({ code: 'stopped', by: control.stoppedBy ?? 'unknown', atUs: control.stoppedAtUs ?? 0 });
    const mode = await ports.connectors.mode(tx, plan.connector);
    if (!mode.ok) return mode;
    if (mode.value !== 'live') return err({ code: 'connector-mode', connector: plan.connector, mode: mode.value });
    const busy = await busyWith(tx, plan.connector, id);
    if (busy !== null) return err(busy);
    const { order } = await wayBack(tx, intact.value.body, { planId, before: 'now' });
    const without = order.filter(({ inverse }) => inverse === null).map(({ index }) => index);
    if (order.length === 0 || without.length > 0) return err({ code: 'no-inverse', steps: without });
    const serial = await openExecution(move, { id, planId, direction: 'undo', mode: 'live', executedBy: actor.id });
    return ok({ plan: summaryOf(await movePlan(move, plan, 'undoing', { actor })), execution: serial, mode: 'live' });
  });
}
