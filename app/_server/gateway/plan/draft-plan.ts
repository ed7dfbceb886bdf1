/** Drafts a plan: commands somebody wants, compiled against what the target is now. Nothing is promised yet. */
import { canonicalJson, err, ok, timeUs, type Result } from '@/engine/kernel';
import type { DraftPlan } from '@/engine/loop';
import type { Command } from '@/engine/twin';
import { appendLeaf } from '../../audit/append-leaf';
import { plans } from '../../database/schema';
import type { Actor } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction, type Move } from '../gateway-transaction';
import type { GatewayPorts } from '../ports';
import { compileSteps } from './compile-steps';
import { summaryOf, type PlanRow, type PlanSummary } from './plan-summary';
import { digestOf } from './stored-plan';

export type DraftRequest = {
  readonly title: string;
  readonly why: string;
  readonly target: { readonly connector: string; readonly name: string };
  readonly commands: readonly Command[];
  readonly settleSeconds: number;
  readonly verifySeconds: number;
  /** What the author saw when asking, such as a what-if from the browser. Kept in the audit log; it promises nothing. */
  readonly evidence?: unknown;
};

export async function draftPlan(ports: GatewayPorts, request: DraftRequest, actor: Actor): Promise<Result<PlanSummary, GatewayRefusal>> {
  const draft = await compileDraft(ports, { ...request, author: actor.id });
  if (!draft.ok) return draft;
  return gatewayTransaction(ports, async (move) => {
    const row = await insertDraft(ports, move, draft.value, actor, request.evidence ?? null);
    move.emit({ kind: 'plan', plan: summaryOf(row) });
    return ok(summaryOf(row));
  });
}

export async function compileDraft(ports: GatewayPorts, request: Omit<DraftRequest, 'evidence'> & { readonly author: string }): Promise<Result<DraftPlan, GatewayRefusal>> {
  const { title, why, target, commands, settleSeconds, verifySeconds, author } = request;
  const { stepsMax, planLifetimeSeconds } = ports.policy;
  if (commands.length === 0 || commands.length > stepsMax) return err({ code: 'steps-out-of-range', steps: commands.length, max: stepsMax });
  const reader = await ports.connectors.reader(target.connector);
  if (!reader.ok) return reader;
  const observed = await reader.value.observer.observe();
  if (!observed.ok) return err({ code: 'unreachable', connector: target.connector, detail: observed.error.detail });
  const compiled = compileSteps(reader.value, observed.value, commands);
  if (!compiled.ok) return compiled;
  const createdAtUs = timeUs(ports.clock.nowUs());
  const expiresAtUs = timeUs(createdAtUs + planLifetimeSeconds * 1_000_000);
  return ok({ stage: 'draft', formatVersion: 1, title, why, target, ...compiled.value, settleSeconds, verifySeconds, author, createdAtUs, expiresAtUs });
}

export async function insertDraft(ports: GatewayPorts, { tx, nowUs }: Move, draft: DraftPlan, actor: Actor, evidence: unknown): Promise<PlanRow> {
  const { title, author, createdAtUs, expiresAtUs } = draft;
  const planId = digestOf(draft);
  const values = { id: ports.newId(), planId, state: 'draft' as const, body: canonicalJson(draft), rehearsed: false, title, author, connector: draft.target.connector };
  const [row] = await tx.insert(plans).values({ ...values, createdAtUs, expiresAtUs, movedAtUs: nowUs, note: null, revision: 0 }).returning();
  await appendLeaf(tx, { atUs: nowUs, kind: 'plan-created', actor: actor.id, id: values.id, planId, detail: { title, author, evidence } });
  return row!;
}
