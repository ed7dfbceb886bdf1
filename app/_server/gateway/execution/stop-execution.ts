/**
 * Ends an execution before its plan is through. Nothing applied and the target changed: `stale`, to be
 * rehearsed again. Anything else: `aborted`, saying how much took effect and whether it can be undone.
 */
import { eq } from 'drizzle-orm';
import { executions } from '../../database/schema';
import { GATEWAY, type Actor } from '../actor';
import { describeRefusal } from '../describe-refusal';
import type { GatewayRefusal } from '../gateway-refusal';
import type { Move } from '../gateway-transaction';
import type { AbortReason, PlanNote } from '../plan-note';
import { movePlan } from '../plan/move-plan';
import { readSituation, tookEffect, type Situation } from './situation';

type AbortNote = Extract<PlanNote, { kind: 'aborted' }>;

export async function stopExecution(move: Move, serial: number, refusal: GatewayRefusal, actor: Actor): Promise<void> {
  const situation = await readSituation(move.tx, serial);
  await endExecution(move, serial);
  const untouched = situation.execution.direction === 'forward' && !situation.attempts.some(tookEffect);
  if (refusal.code === 'stale' && untouched) {
    await movePlan(move, situation.plan, 'stale', { actor, note: { kind: 'stale', changes: refusal.changes } });
    return;
  }
  await movePlan(move, situation.plan, 'aborted', { actor, note: abortNote(situation, reasonFor(refusal), describeRefusal(refusal)) });
}

export async function abortExecution(move: Move, serial: number, because: AbortReason, detail: string, actor: Actor): Promise<void> {
  const situation = await readSituation(move.tx, serial);
  await endExecution(move, serial);
  await movePlan(move, situation.plan, 'aborted', { actor, note: abortNote(situation, because, detail) });
}

/** The step that was in flight when the plan was aborted has answered: count again. */
export async function amendAborted(move: Move, serial: number): Promise<void> {
  const situation = await readSituation(move.tx, serial);
  const old = JSON.parse(situation.plan.note ?? '{}') as Partial<AbortNote>;
  const note = abortNote(situation, old.because ?? 'operator', old.detail ?? '');
  if (note.stepsApplied !== old.stepsApplied) await movePlan(move, situation.plan, 'aborted', { actor: GATEWAY, note });
}

export const endExecution = async ({ tx, nowUs }: Move, serial: number): Promise<void> => {
  await tx.update(executions).set({ endedAtUs: nowUs }).where(eq(executions.serial, serial));
};

/** Forward: what was applied stands. On the way back: what is not undone yet still stands. */
function abortNote(situation: Situation, because: AbortReason, detail: string): AbortNote {
  const { execution, attempts, body, order, finished } = situation;
  const standing = execution.direction === 'forward' ? attempts.filter(tookEffect).map(({ intent }) => intent.step) : order.slice(finished.length).map(({ index }) => index);
  return { kind: 'aborted', because, detail, stepsApplied: standing.length, undoAvailable: canUndo(body.steps, standing) };
}

export const canUndo = (steps: Situation['body']['steps'], standing: readonly number[]): boolean =>
  standing.length > 0 && standing.every((index) => steps[index]?.inverse !== null);

function reasonFor({ code }: GatewayRefusal): AbortReason {
  if (code === 'stopped') return 'kill-switch';
  if (code === 'stale' || code === 'unreachable' || code === 'fenced' || code === 'rate-limited') return code;
  if (code === 'connector-mode' || code === 'connector-unknown') return 'mode';
  if (code === 'approval-missing' || code === 'plan-expired' || code === 'digest-mismatch') return 'approval';
  return 'refused';
}
