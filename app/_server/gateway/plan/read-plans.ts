/** Plans as they are read: the inbox, and one plan with everything that belongs to it. */
import { ok, err, type Result } from '@/engine/kernel';
import type { DraftPlan, PlanBody } from '@/engine/loop';
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import type { AuditEntry } from '../../audit/audit-entry';
import type { Database } from '../../database/database';
import { approvals, auditLeaves, dryRunRecords, executions, plans, type Direction, type ExecutionMode } from '../../database/schema';
import { attemptsOf } from '../execution/situation';
import type { GatewayRefusal } from '../gateway-refusal';
import { promisesOf, type PromiseRow } from '../verification/read-promises';
import type { PlanState } from '../plan-state';
import { summaryOf, type PlanSummary } from './plan-summary';
import { findPlan } from './stored-plan';

export type PlanFilter = { readonly states?: readonly PlanState[] | undefined; readonly before?: number | undefined; readonly limit: number };

/** Newest first. `before` is a `createdAtUs`: pass the last one's to page on. */
export async function listPlans(db: Database, { states, before, limit }: PlanFilter): Promise<PlanSummary[]> {
  const where = and(states === undefined ? undefined : inArray(plans.state, [...states]), before === undefined ? undefined : lt(plans.createdAtUs, before));
  return (await db.select().from(plans).where(where).orderBy(desc(plans.createdAtUs), desc(plans.id)).limit(limit)).map(summaryOf);
}

export type StepAttempt = {
  readonly step: number;
  readonly attempt: number;
  readonly intentAtUs: number;
  readonly fence: number;
  readonly idempotencyKey: string;
  readonly expectedVersion: string;
  readonly result: 'applied' | 'already' | 'recorded' | 'refused' | 'unknown' | null;
  readonly version: string | null;
  readonly detail: string | null;
  readonly outcomeAtUs: number | null;
  /** A person's word on an outcome that stayed unknown. */
  readonly resolved: { readonly tookEffect: boolean; readonly by: string } | null;
};
export type ExecutionView = {
  readonly serial: number;
  readonly direction: Direction;
  readonly mode: ExecutionMode;
  readonly executedBy: string;
  readonly startedAtUs: number;
  readonly appliedAtUs: number | null;
  readonly endedAtUs: number | null;
  readonly attempts: readonly StepAttempt[];
};
export type ApprovalView = { readonly planId: string; readonly approver: string; readonly selfApproved: boolean; readonly approvedAtUs: number; readonly expiresAtUs: number; readonly revokedAtUs: number | null };
export type HistoryEntry = AuditEntry & { readonly hash: string };

export type PlanDetail = PlanSummary & {
  /** `rehearsed` false: a draft without predictions. */
  readonly body: DraftPlan | PlanBody;
  readonly approvals: readonly ApprovalView[];
  readonly executions: readonly ExecutionView[];
  readonly promises: readonly PromiseRow[];
  readonly dryRun: readonly { readonly step: number; readonly command: unknown; readonly expectedVersion: string; readonly atUs: number }[];
  readonly history: readonly HistoryEntry[];
};

export async function getPlan(db: Database, id: string): Promise<Result<PlanDetail, GatewayRefusal>> {
  const row = await findPlan(db, id);
  if (row === null) return err({ code: 'not-found', id });
  const [given, ran, promised, recorded, history] = await Promise.all([
    db.select().from(approvals).where(eq(approvals.id, id)).orderBy(asc(approvals.serial)),
    db.select().from(executions).where(eq(executions.id, id)).orderBy(asc(executions.serial)),
    promisesOf(db, id),
    db.select().from(dryRunRecords).where(eq(dryRunRecords.planId, row.planId)).orderBy(asc(dryRunRecords.serial)),
    db.select().from(auditLeaves).where(eq(auditLeaves.subject, id)).orderBy(asc(auditLeaves.index)),
  ]);
  const views: ExecutionView[] = [];
  for (const execution of ran) views.push(await viewOf(db, execution));
  return ok({
    ...summaryOf(row),
    body: JSON.parse(row.body) as DraftPlan | PlanBody,
    approvals: given.map(({ planId, approver, selfApproved, approvedAtUs, expiresAtUs, revokedAtUs }) => ({ planId, approver, selfApproved, approvedAtUs, expiresAtUs, revokedAtUs })),
    executions: views,
    promises: promised,
    dryRun: recorded.map(({ step, command, expectedVersion, atUs }) => ({ step, command: JSON.parse(command) as unknown, expectedVersion, atUs })),
    history: history.map(({ entry, hash }) => ({ ...(JSON.parse(entry) as AuditEntry), hash })),
  });
}

async function viewOf(db: Database, execution: typeof executions.$inferSelect): Promise<ExecutionView> {
  const { serial, direction, mode, executedBy, startedAtUs, appliedAtUs, endedAtUs } = execution;
  const attempts = (await attemptsOf(db, serial)).map(({ intent, outcome, resolution }): StepAttempt => ({
    step: intent.step,
    attempt: intent.attempt,
    intentAtUs: intent.atUs,
    fence: intent.fence,
    idempotencyKey: intent.idempotencyKey,
    expectedVersion: intent.expectedVersion,
    result: outcome?.result ?? null,
    version: outcome?.version ?? null,
    detail: outcome?.detail ?? null,
    outcomeAtUs: outcome?.atUs ?? null,
    resolved: resolution === null ? null : { tookEffect: resolution.tookEffect, by: resolution.resolvedBy },
  }));
  return { serial, direction, mode, executedBy, startedAtUs, appliedAtUs, endedAtUs, attempts };
}
