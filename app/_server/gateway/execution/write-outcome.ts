/**
 * OUTCOME{applied | already | recorded | refused | unknown}, committed with its audit leaf, and in the same
 * transaction what follows from it for the plan. A plan that was aborted while the step was in flight
 * keeps its state; its note then counts what did take effect.
 */
import { appendLeaf } from '../../audit/append-leaf';
import { outcomes } from '../../database/schema';
import { GATEWAY } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import { movePlan } from '../plan/move-plan';
import type { GatewayPorts } from '../ports';
import { amendAborted, stopExecution } from './stop-execution';
import { readSituation, type IntentRow } from './situation';

export type Outcome = {
  readonly result: 'applied' | 'already' | 'recorded' | 'refused' | 'unknown';
  readonly version?: string;
  readonly detail?: string;
  /** What ends the execution here: a refusal of the target, or a question only a person can answer. */
  readonly then?: { readonly kind: 'refused'; readonly refusal: GatewayRefusal } | { readonly kind: 'needs-human'; readonly detail: string };
};

export function writeOutcome(ports: GatewayPorts, intent: IntentRow, outcome: Outcome): Promise<void> {
  const { result, version = null, detail = null, then } = outcome;
  return gatewayTransaction(ports, async (move) => {
    await move.tx.insert(outcomes).values({ intent: intent.serial, result, version, detail, atUs: move.nowUs });
    const situation = await readSituation(move.tx, intent.execution);
    const { plan, execution } = situation;
    const what = { execution: execution.serial, direction: execution.direction, step: intent.step, attempt: intent.attempt, result, version, detail };
    await appendLeaf(move.tx, { atUs: move.nowUs, kind: 'outcome', actor: GATEWAY.id, id: plan.id, planId: plan.planId, detail: what });
    move.emit({ kind: 'step', id: plan.id, direction: execution.direction, step: intent.step, attempt: intent.attempt, phase: result, detail });
    if (then?.kind === 'needs-human') await movePlan(move, plan, 'needs-human', { actor: GATEWAY, note: { kind: 'needs-human', step: intent.step, detail: then.detail } });
    else if (plan.state === 'aborted') await amendAborted(move, intent.execution);
    else if (then?.kind === 'refused') await stopExecution(move, intent.execution, then.refusal, GATEWAY);
  });
}
