/**
 * Rehearses a plan on a fork of the twin and binds what it promises to a new planId. The steps are compiled
 * again on what the target is now, so this is also the way out of `stale` and `expired`; approvals of the
 * old planId no longer count.
 */
import { canonicalJson, err, invariant, ok, type Result } from '@/engine/kernel';
import type { DraftPlan, PlanBody } from '@/engine/loop';
import type { Actor } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import { assertSavingsWithinSpend } from '../invariants';
import type { PlanState } from '../plan-state';
import type { GatewayPorts } from '../ports';
import { compileDraft, insertDraft } from './draft-plan';
import { movePlan } from './move-plan';
import { summaryOf, type PlanSummary } from './plan-summary';
import { draftOf, requirePlan } from './stored-plan';

const REHEARSABLE: readonly PlanState[] = ['proposed', 'rehearsed', 'approved', 'stale', 'expired'];

export async function rehearsePlan(ports: GatewayPorts, { id }: { readonly id: string }, actor: Actor): Promise<Result<PlanSummary, GatewayRefusal>> {
  const before = await requirePlan(ports.db, id, REHEARSABLE);
  if (!before.ok) return before;
  const old = draftOf(before.value);
  const draft = await compileDraft(ports, { ...old, commands: old.steps.map(({ command }) => command) });
  if (!draft.ok) return draft;
  const rehearsed = await ports.rehearse(draft.value);
  if (!rehearsed.ok) return err({ code: 'cannot-rehearse', detail: rehearsed.error });
  assertSameDraft(draft.value, rehearsed.value);
  assertSavingsWithinSpend(rehearsed.value);
  return gatewayTransaction(ports, async (move) => {
    const plan = await requirePlan(move.tx, id, REHEARSABLE);
    if (!plan.ok) return plan;
    if (plan.value.revision !== before.value.revision) return err({ code: 'wrong-state', state: plan.value.state, wanted: [before.value.state] });
    return ok(summaryOf(await movePlan(move, plan.value, 'rehearsed', { actor, rehearsedBody: rehearsed.value })));
  });
}

/** Stores a plan that the loop wrote and rehearsed itself: draft, proposed and rehearsed in one transaction. */
export function storeRehearsed(ports: GatewayPorts, body: PlanBody, actor: Actor): Promise<PlanSummary> {
  assertSavingsWithinSpend(body);
  const { predicted: _predicted, doNothing: _doNothing, evidence: _evidence, ...rest } = body;
  return gatewayTransaction(ports, async (move) => {
    const draft = await insertDraft(ports, move, { stage: 'draft', ...rest }, actor, null);
    const proposed = await movePlan(move, draft, 'proposed', { actor });
    return summaryOf(await movePlan(move, proposed, 'rehearsed', { actor, rehearsedBody: body }));
  });
}

function assertSameDraft(draft: DraftPlan, body: PlanBody): void {
  const { predicted: _predicted, doNothing: _doNothing, evidence: _evidence, ...rest } = body;
  invariant(canonicalJson({ stage: 'draft', ...rest }) === canonicalJson(draft), 'a rehearsal adds predictions and evidence and changes nothing else');
}
