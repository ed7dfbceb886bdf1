/**
 * INTENT(planId, step, attempt, fence), committed with its audit leaf before anything is sent. Everything
 * that allows the step is checked again in this transaction, on what was observed a moment ago: approvals,
 * expiry, fence and kill switch, the connector's mode, the rate, the order, the fingerprints.
 */
import { err, invariant, ok, sha256, timeUs, type Result } from '@/engine/kernel';
import { idempotencyKey, restoreApproval, type ApprovedPlan, type PlanStep } from '@/engine/loop';
import { eq } from 'drizzle-orm';
import { appendLeaf } from '../../audit/append-leaf';
import type { Observation, StepOrder } from '../../connectors/connector';
import { auditLeaves, intents, type Direction } from '../../database/schema';
import { validApprovals, type ApprovalRow } from '../approval/valid-approvals';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction, type Move } from '../gateway-transaction';
import * as assertInvariant from '../invariants';
import { rehearsedPlan } from '../plan/stored-plan';
import type { GatewayPorts } from '../ports';
import { liveOperationsInMinute } from './arm-plan';
import { changesSince } from './compare-fingerprints';
import { liveExecution, readSituation, type IntentRow, type Situation } from './situation';

export type WrittenIntent = { readonly intent: IntentRow; readonly order: StepOrder };

/** The way back is another deed than the way there, and each time it is tried anew is another one. */
const keyFor = (planId: string, step: number, { direction, serial }: { readonly direction: Direction; readonly serial: number }): string =>
  direction === 'forward' ? idempotencyKey(planId, step) : sha256(`${idempotencyKey(planId, step)}|undo ${serial}`);

export function writeIntent(ports: GatewayPorts, serial: number, observation: Observation): Promise<Result<WrittenIntent, GatewayRefusal>> {
  return gatewayTransaction(ports, async (move) => {
    const situation = await readSituation(move.tx, serial);
    const { plan, execution, next, open } = situation;
    const running = execution.direction === 'forward' ? 'executing' : 'undoing';
    if (plan.state !== running) return err({ code: 'wrong-state', state: plan.state, wanted: [running] });
    invariant(next !== null && open === null, 'an INTENT is written for the next step only, and with none open');
    const refusal = await refusalNow(ports, move, situation, observation);
    if (refusal !== null) return err(refusal);
    const approved = await approvedNow(ports, move, situation);
    if (!approved.ok) return approved;
    const command = execution.direction === 'forward' ? next.command : next.inverse;
    invariant(command !== null, 'a way back exists for every step that is undone');
    const expectedVersion = situation.versions.get(next.precondition.object) ?? next.precondition.version;
    const key = keyFor(plan.planId, next.index, execution);
    const intent = await insertIntent(move, situation, next, expectedVersion, key);
    return ok({ intent, order: { plan: approved.value, step: next, direction: execution.direction, command, expectedVersion, idempotencyKey: key } });
  });
}

/** What the world may have changed since the plan was armed. */
async function refusalNow(ports: GatewayPorts, { tx, control, nowUs }: Move, situation: Situation, observation: Observation): Promise<GatewayRefusal | null> {
  const { execution, plan, body, versions } = situation;
  if (control.stopped) return { code: 'stopped', by: control.stoppedBy ?? 'unknown', atUs: control.stoppedAtUs ?? 0 };
  if (control.fence !== execution.fence) return { code: 'fenced', fence: execution.fence, current: control.fence };
  const mode = await ports.connectors.mode(tx, plan.connector);
  if (!mode.ok) return mode.error;
  if (mode.value !== execution.mode) return { code: 'connector-mode', connector: plan.connector, mode: mode.value };
  const changes = changesSince(body, versions, observation);
  if (changes.length > 0) return { code: 'stale', changes };
  const operations = execution.mode === 'live' ? (await liveOperationsInMinute(tx, nowUs)) + 1 : 0;
  if (operations > ports.policy.liveOperationsPerMinute) return { code: 'rate-limited', operations, perMinute: ports.policy.liveOperationsPerMinute };
  assertInvariant.assertFenced(control, execution.fence);
  assertInvariant.assertFingerprints(changes);
  assertInvariant.assertWithinRate(operations, ports.policy);
  return null;
}

/** The way back belongs to what was approved, so it stays open after the approval of the way there has run out. */
async function approvedNow(ports: GatewayPorts, { tx, nowUs }: Move, { plan, execution }: Situation): Promise<Result<ApprovedPlan, GatewayRefusal>> {
  const asOfUs = execution.direction === 'forward' ? nowUs : ((await liveExecution(tx, plan.planId))?.startedAtUs ?? nowUs);
  const rehearsed = rehearsedPlan(plan);
  if (!rehearsed.ok) return rehearsed;
  const valid: ApprovalRow[] = await validApprovals(tx, plan, ports.policy, asOfUs);
  const [approval] = valid;
  if (approval === undefined || valid.length < ports.policy.approvalsRequired) return err({ code: 'approval-missing', valid: valid.length, required: ports.policy.approvalsRequired });
  assertInvariant.assertApproved(plan, valid, ports.policy, asOfUs);
  const { planId, approver, approvedAtUs, expiresAtUs } = approval;
  const approved = restoreApproval(rehearsed.value, { planId, approver, approvedAtUs: timeUs(approvedAtUs), expiresAtUs: timeUs(expiresAtUs) }, timeUs(asOfUs));
  if (approved.ok) return approved;
  if (approved.error.code === 'approval-expired') return err({ code: 'approval-missing', valid: 0, required: ports.policy.approvalsRequired });
  return err({ code: 'digest-mismatch', asked: planId, current: plan.planId });
}

async function insertIntent({ tx, nowUs, emit }: Move, situation: Situation, step: PlanStep, expectedVersion: string, key: string): Promise<IntentRow> {
  const { plan, execution, order, finished, attempts } = situation;
  const earlier = attempts.filter(({ intent }) => intent.step === step.index);
  assertInvariant.assertInOrder(order.map(({ index }) => index), finished, step.index);
  assertInvariant.assertNoSecondEffect(step.effectClass, earlier.map(({ outcome }) => outcome?.result ?? null));
  const attempt = earlier.length + 1;
  const detail = { execution: execution.serial, direction: execution.direction, mode: execution.mode, step: step.index, attempt, fence: execution.fence, command: step.command, expectedVersion, idempotencyKey: key };
  const leaf = await appendLeaf(tx, { atUs: nowUs, kind: 'intent', actor: execution.executedBy, id: plan.id, planId: plan.planId, detail });
  const row = { execution: execution.serial, planId: plan.planId, step: step.index, attempt, fence: execution.fence, idempotencyKey: key, effectClass: step.effectClass, expectedVersion, live: execution.mode === 'live', leaf: leaf.index, atUs: nowUs };
  const [intent] = await tx.insert(intents).values(row).returning();
  emit({ kind: 'step', id: plan.id, direction: execution.direction, step: step.index, attempt, phase: 'intent', detail: null });
  return intent!;
}

/** Invariant 1, asked of the database right before the effect and outside the transaction that wrote it. */
export async function assertCommitted(ports: GatewayPorts, { serial }: IntentRow): Promise<void> {
  const [intent] = await ports.db.select().from(intents).where(eq(intents.serial, serial));
  const [leaf] = intent === undefined ? [] : await ports.db.select().from(auditLeaves).where(eq(auditLeaves.index, intent.leaf));
  const kind = leaf === undefined ? undefined : (JSON.parse(leaf.entry) as { kind?: string }).kind;
  assertInvariant.assertIntentCommitted(intent, kind);
}
