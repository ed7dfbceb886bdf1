/**
 * Bodies between the database and the types. Types end at the wire, so the digest is checked again on the
 * way out: a body that no longer gives its planId is never rehearsed, approved or executed.
 */
import { canonicalJson, err, ok, sha256, type Result } from '@/engine/kernel';
import type { DraftPlan, PlanBody, RehearsedPlan } from '@/engine/loop';
import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database';
import { plans } from '../../database/schema';
import type { GatewayRefusal } from '../gateway-refusal';
import type { PlanState } from '../plan-state';
import type { PlanRow } from './plan-summary';

export const digestOf = (body: DraftPlan | PlanBody): string => sha256(canonicalJson(body));

export async function findPlan(db: Database | Transaction, id: string): Promise<PlanRow | null> {
  const [row] = await db.select().from(plans).where(eq(plans.id, id));
  return row ?? null;
}

/** The plan, if it is in one of these states and (where the caller names one) still has this planId. */
export async function requirePlan(db: Database | Transaction, id: string, wanted: readonly PlanState[], planId?: string): Promise<Result<PlanRow, GatewayRefusal>> {
  const row = await findPlan(db, id);
  if (row === null) return err({ code: 'not-found', id });
  if (planId !== undefined && planId !== row.planId) return err({ code: 'digest-mismatch', asked: planId, current: row.planId });
  if (!wanted.includes(row.state)) return err({ code: 'wrong-state', state: row.state, wanted });
  return ok(row);
}

export function rehearsedPlan(row: PlanRow): Result<RehearsedPlan, GatewayRefusal> {
  const actual = sha256(row.body);
  if (!row.rehearsed || actual !== row.planId) return err({ code: 'digest-mismatch', asked: row.planId, current: actual });
  return ok({ stage: 'rehearsed', planId: row.planId, body: JSON.parse(row.body) as PlanBody });
}

/** The draft inside any stored plan: what a (new) rehearsal starts from. */
export function draftOf(row: PlanRow): DraftPlan {
  const body = JSON.parse(row.body) as DraftPlan | PlanBody;
  if ('stage' in body) return body;
  const { predicted: _predicted, doNothing: _doNothing, evidence: _evidence, ...rest } = body;
  return { stage: 'draft', ...rest };
}
