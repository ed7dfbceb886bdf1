/**
 * Where an execution stands, read from its rows alone. A fresh executor and one that takes over after a
 * crash see the same rows and do the same next thing, so recovery is not a second code path.
 */
import { invariant } from '@/engine/kernel';
import type { PlanBody, PlanStep } from '@/engine/loop';
import { and, asc, eq, lt, max } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database';
import { executions, intents, outcomes, resolutions } from '../../database/schema';
import type { PlanRow } from '../plan/plan-summary';
import { findPlan } from '../plan/stored-plan';

export type ExecutionRow = typeof executions.$inferSelect;
export type IntentRow = typeof intents.$inferSelect;
export type OutcomeRow = typeof outcomes.$inferSelect;
export type Attempt = { readonly intent: IntentRow; readonly outcome: OutcomeRow | null; readonly resolution: typeof resolutions.$inferSelect | null };

export type Situation = {
  readonly plan: PlanRow;
  readonly body: PlanBody;
  readonly execution: ExecutionRow;
  /** In the order they run: the plan's order, or the applied ones backwards. */
  readonly order: readonly PlanStep[];
  readonly attempts: readonly Attempt[];
  /** Steps that are behind us, in order. */
  readonly finished: readonly number[];
  /** Sent (or about to be) and never answered: to be read back before anything else. */
  readonly open: IntentRow | null;
  readonly next: PlanStep | null;
  /** Version that each object must have now: the plan's, moved on by what we did ourselves. */
  readonly versions: ReadonlyMap<string, string>;
};

export const tookEffect = ({ outcome, resolution }: Attempt): boolean =>
  outcome?.result === 'applied' || outcome?.result === 'already' || (resolution !== null && resolution.tookEffect);
const isBehind = (attempt: Attempt): boolean => tookEffect(attempt) || attempt.outcome?.result === 'recorded';

export async function readSituation(db: Database | Transaction, serial: number): Promise<Situation> {
  const [execution] = await db.select().from(executions).where(eq(executions.serial, serial));
  invariant(execution !== undefined, `there is no execution ${serial}`);
  const plan = await findPlan(db, execution.id);
  invariant(plan !== null, `execution ${serial} has no plan`);
  const body = JSON.parse(plan.body) as PlanBody;
  const attempts = await attemptsOf(db, serial);
  const way = execution.direction === 'forward' ? { order: body.steps, attempts: [] } : await wayBack(db, body, { planId: execution.planId, before: serial });
  const finished = attempts.filter(isBehind).map(({ intent }) => intent.step);
  return {
    plan,
    body,
    execution,
    order: way.order,
    attempts,
    finished,
    open: attempts.find(({ outcome }) => outcome === null)?.intent ?? null,
    next: way.order[finished.length] ?? null,
    versions: expectedVersions(body, [...way.attempts, ...attempts]),
  };
}

export async function attemptsOf(db: Database | Transaction, serial: number): Promise<Attempt[]> {
  const rows = await db
    .select()
    .from(intents)
    .leftJoin(outcomes, eq(outcomes.intent, intents.serial))
    .leftJoin(resolutions, eq(resolutions.intent, intents.serial))
    .where(eq(intents.execution, serial))
    .orderBy(asc(intents.serial));
  return rows.map((row) => ({ intent: row.intents, outcome: row.outcomes, resolution: row.resolutions }));
}

/** The live execution whose effects an undo takes back. */
export async function liveExecution(db: Database | Transaction, planId: string): Promise<ExecutionRow | null> {
  const forward = and(eq(executions.planId, planId), eq(executions.direction, 'forward'), eq(executions.mode, 'live'));
  const [last] = await db.select({ serial: max(executions.serial) }).from(executions).where(forward);
  if (last?.serial === null || last === undefined) return null;
  const [row] = await db.select().from(executions).where(eq(executions.serial, last.serial));
  return row ?? null;
}

/** Steps that took effect and were not yet undone, backwards, with every attempt that moved a version since. */
export async function wayBack(db: Database | Transaction, body: PlanBody, { planId, before }: { readonly planId: string; readonly before: number | 'now' }): Promise<{ order: PlanStep[]; attempts: Attempt[] }> {
  const forward = await liveExecution(db, planId);
  if (forward === null) return { order: [], attempts: [] };
  const there = await attemptsOf(db, forward.serial);
  const earlier = await earlierUndos(db, planId, before);
  const undone = new Set(earlier.filter(tookEffect).map(({ intent }) => intent.step));
  const applied = new Set(there.filter(tookEffect).map(({ intent }) => intent.step));
  return { order: body.steps.filter(({ index }) => applied.has(index) && !undone.has(index)).reverse(), attempts: [...there, ...earlier] };
}

async function earlierUndos(db: Database | Transaction, planId: string, before: number | 'now'): Promise<Attempt[]> {
  const undos = and(eq(executions.planId, planId), eq(executions.direction, 'undo'), before === 'now' ? undefined : lt(executions.serial, before));
  const found: Attempt[] = [];
  for (const { serial } of await db.select().from(executions).where(undos).orderBy(asc(executions.serial))) found.push(...(await attemptsOf(db, serial)));
  return found;
}

function expectedVersions(body: PlanBody, attempts: readonly Attempt[]): Map<string, string> {
  const versions = new Map(body.fingerprints.map(({ object, version }) => [object, version]));
  for (const attempt of attempts) {
    const version = attempt.outcome?.version ?? attempt.resolution?.version;
    const step = body.steps[attempt.intent.step];
    if (tookEffect(attempt) && typeof version === 'string' && step !== undefined) versions.set(step.precondition.object, version);
  }
  return versions;
}
