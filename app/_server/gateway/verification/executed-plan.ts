/** What was carried out, in the loop's own types: made again from the rows, with digest and approval checked again. */
import { timeUs } from '@/engine/kernel';
import { learn, NO_KNOWLEDGE, restoreApproval, type ExecutedPlan, type Knowledge, type PromiseScore, type ScoredPlan, type StepOutcome } from '@/engine/loop';
import { and, asc, eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database';
import { approvals, plans } from '../../database/schema';
import { liveExecution, readSituation, type Attempt } from '../execution/situation';
import { findPlan, rehearsedPlan } from '../plan/stored-plan';
import { promisesOf } from './read-promises';

/** Null when the plan did not run live, or its body or approval no longer stand. */
export async function executedPlan(db: Database | Transaction, id: string): Promise<ExecutedPlan | null> {
  const row = await findPlan(db, id);
  const rehearsed = row === null ? null : rehearsedPlan(row);
  if (row === null || rehearsed?.ok !== true) return null;
  const execution = await liveExecution(db, row.planId);
  const [given] = await db.select().from(approvals).where(and(eq(approvals.id, id), eq(approvals.planId, row.planId))).orderBy(asc(approvals.serial)).limit(1);
  if (execution === null || given === undefined) return null;
  const { planId, approver, approvedAtUs, expiresAtUs } = given;
  const approved = restoreApproval(rehearsed.value, { planId, approver, approvedAtUs: timeUs(approvedAtUs), expiresAtUs: timeUs(expiresAtUs) }, timeUs(execution.startedAtUs));
  if (!approved.ok) return null;
  const { attempts } = await readSituation(db, execution.serial);
  return { ...approved.value, stage: 'executed', outcomes: attempts.flatMap(outcomeOf), executedAtUs: timeUs(execution.appliedAtUs ?? execution.startedAtUs) };
}

function outcomeOf({ intent, outcome }: Attempt): StepOutcome[] {
  if (outcome === null || outcome.result === 'unknown') return []; // another attempt, or a person, said what became of it
  const at = { index: intent.step, atUs: timeUs(outcome.atUs) };
  if (outcome.result === 'applied' || outcome.result === 'already') return [{ ...at, result: outcome.result, version: outcome.version }];
  if (outcome.result === 'recorded') return [{ ...at, result: 'recorded' }];
  return [{ ...at, result: 'refused', detail: outcome.detail ?? '' }];
}

/** Everything that finished plans taught, oldest first: the ledger outlives the process, the loop's memory does not. */
export async function knowledgeSoFar(db: Database): Promise<Knowledge> {
  const finished = await db.select({ id: plans.id }).from(plans).where(eq(plans.state, 'done')).orderBy(asc(plans.movedAtUs));
  let knowledge = NO_KNOWLEDGE;
  for (const { id } of finished) {
    const scored = await scoredPlan(db, id);
    if (scored !== null) knowledge = learn(knowledge, scored);
  }
  return knowledge;
}

async function scoredPlan(db: Database, id: string): Promise<ScoredPlan | null> {
  const executed = await executedPlan(db, id);
  if (executed === null) return null;
  const rows = (await promisesOf(db, id)).filter(({ planId }) => planId === executed.planId);
  const scores = rows.flatMap(({ prediction, doNothing, measured, inside, verdict }): PromiseScore[] => (verdict === null ? [] : [{ prediction, doNothing, measured, inside, verdict }]));
  return { ...executed, stage: 'scored', scores, scoredAtUs: timeUs(rows[0]?.scoredAtUs ?? executed.executedAtUs) };
}
