/** The only writer of a plan's state: one update and one audit leaf, inside the caller's gateway transaction. */
import { canonicalJson, invariant } from '@/engine/kernel';
import type { PlanBody } from '@/engine/loop';
import { and, eq } from 'drizzle-orm';
import { appendLeaf } from '../../audit/append-leaf';
import { plans } from '../../database/schema';
import type { Actor } from '../actor';
import type { Move } from '../gateway-transaction';
import { assertSaysInverse } from '../invariants';
import type { PlanNote } from '../plan-note';
import { mayMove, type PlanState } from '../plan-state';
import { summaryOf, type PlanRow } from './plan-summary';
import { digestOf } from './stored-plan';

export type MoveOptions = { readonly actor: Actor; readonly note?: PlanNote; readonly rehearsedBody?: PlanBody };

export async function movePlan(move: Move, plan: PlanRow, to: PlanState, { actor, note, rehearsedBody }: MoveOptions): Promise<PlanRow> {
  invariant(mayMove(plan.state, to), `a plan may not go from ${plan.state} to ${to}`);
  assertSaysInverse(to, note);
  const body = rehearsedBody === undefined ? {} : { body: canonicalJson(rehearsedBody), planId: digestOf(rehearsedBody), rehearsed: true, expiresAtUs: rehearsedBody.expiresAtUs };
  const [row] = await move.tx
    .update(plans)
    .set({ ...body, state: to, movedAtUs: move.nowUs, note: note === undefined ? null : canonicalJson(note), revision: plan.revision + 1 })
    .where(and(eq(plans.id, plan.id), eq(plans.revision, plan.revision)))
    .returning();
  invariant(row !== undefined, 'a plan moves only under the lock of the control row');
  await appendLeaf(move.tx, {
    atUs: move.nowUs,
    kind: 'plan-moved',
    actor: actor.id,
    id: row.id,
    planId: row.planId,
    detail: { from: plan.state, to, note: note ?? null, replaces: row.planId === plan.planId ? null : plan.planId },
  });
  move.emit({ kind: 'plan', plan: summaryOf(row) });
  return row;
}
