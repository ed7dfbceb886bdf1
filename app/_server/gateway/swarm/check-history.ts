/**
 * Judges a whole history from outside: what the target counted, what the rows say, and the audit log read
 * from its first leaf to its last. Nothing here shares code with what it judges.
 */
import type { Database } from '../../database/database';
import { approvals, auditLeaves, executions, intents, outcomes, plans } from '../../database/schema';
import type { AuditEntry } from '../../audit/audit-entry';
import { verifyLog } from '../../audit/read-log';
import type { Effect } from '../../connectors/testing/model-target';
import { mayMove, PLAN_STATES, type PlanState } from '../plan-state';
import type { Policy } from '../policy';

type Rows = { readonly intents: (typeof intents.$inferSelect)[]; readonly outcomes: (typeof outcomes.$inferSelect)[]; readonly executions: (typeof executions.$inferSelect)[]; readonly plans: (typeof plans.$inferSelect)[]; readonly approvals: (typeof approvals.$inferSelect)[]; readonly log: AuditEntry[] };

export async function checkHistory(db: Database, effects: readonly Effect[], policy: Policy): Promise<string[]> {
  const rows: Rows = {
    intents: (await db.select().from(intents)).sort((a, b) => a.serial - b.serial),
    outcomes: await db.select().from(outcomes),
    executions: await db.select().from(executions),
    plans: await db.select().from(plans),
    approvals: await db.select().from(approvals),
    log: (await db.select().from(auditLeaves)).sort((a, b) => a.index - b.index).map(({ entry }) => JSON.parse(entry) as AuditEntry),
  };
  const chain = await verifyLog(db);
  return [...effectFaults(rows, effects), ...orderFaults(rows), ...approvalFaults(rows, policy), ...fenceFaults(rows), ...moveFaults(rows), ...rateFaults(rows, policy), ...(chain.ok ? [] : [`audit: ${chain.why}`])];
}

/** 1 and 5: every effect has its intent, committed before it; one effect per key; class C was tried once. */
function effectFaults({ intents: all, executions: ran }: Rows, effects: readonly Effect[]): string[] {
  const counts = new Map<string, number>();
  for (const { key } of effects) counts.set(key, (counts.get(key) ?? 0) + 1);
  const twice = [...counts].filter(([, count]) => count > 1).map(([key, count]) => `5: ${count} effects under key ${key}`);
  const orphans = effects.filter(({ key, atUs }) => !all.some((intent) => intent.idempotencyKey === key && intent.live && intent.atUs < atUs)).map(({ key }) => `1: an effect without a live intent before it (${key})`);
  const retried = all.filter((intent) => intent.effectClass === 'C' && intent.attempt > 1).map(({ serial }) => `5: class C intent ${serial} is a retry`);
  const dry = effects.filter(({ key }) => all.filter((intent) => intent.idempotencyKey === key).every((intent) => ran.find((each) => each.serial === intent.execution)?.mode !== 'live'));
  return [...twice, ...orphans, ...retried, ...dry.map(({ key }) => `7: a dry-run had an effect (${key})`)];
}

/** 4: within an execution the steps go one way, none is skipped, and none follows one that did not take effect. */
function orderFaults({ intents: all, outcomes: answers, executions: ran, plans: rows }: Rows): string[] {
  return ran.flatMap(({ serial, direction, id }) => {
    const mine = all.filter((intent) => intent.execution === serial);
    const steps = mine.map(({ step }) => step).filter((step, at, list) => step !== list[at - 1]);
    const ordered = direction === 'forward' ? steps.every((step, at) => step === at) : steps.every((step, at) => at === 0 || step < steps[at - 1]!);
    const early = mine.filter((intent, at) => mine[at + 1] !== undefined && mine[at + 1]!.step !== intent.step && !['applied', 'already', 'recorded'].includes(answers.find((o) => o.intent === intent.serial)?.result ?? ''));
    const state = rows.find((plan) => plan.id === id)?.state ?? '';
    const open = mine.filter((intent) => !answers.some((o) => o.intent === intent.serial) && ['verifying', 'done', 'undone'].includes(state));
    return [...(ordered ? [] : [`4: execution ${serial} ran ${steps.join(', ')}`]), ...early.map((intent) => `4: a step followed intent ${intent.serial} before it took effect`), ...open.map((intent) => `4: intent ${intent.serial} is open in a plan that is ${state}`)];
  });
}

/** 2 and 12: at the moment of every forward intent the plan had an approval that counted. */
function approvalFaults({ intents: all, approvals: given, executions: ran, plans: rows }: Rows, policy: Policy): string[] {
  return all.flatMap((intent) => {
    const execution = ran.find(({ serial }) => serial === intent.execution)!;
    const author = rows.find(({ id }) => id === execution.id)!.author;
    const at = execution.direction === 'forward' ? intent.atUs : execution.startedAtUs;
    const people = given.filter((a) => a.id === execution.id && a.planId === intent.planId && a.approvedAtUs < at && (a.revokedAtUs === null || a.revokedAtUs > at) && (execution.direction === 'undo' || a.expiresAtUs > at) && (policy.singleOperator || a.approver !== author));
    return new Set(people.map((a) => a.approver)).size >= policy.approvalsRequired ? [] : [`2: intent ${intent.serial} without enough approvals`];
  });
}

/** 6: read in order, the log shows no intent between a stop and its release, and none under an old fence. */
function fenceFaults({ log }: Rows): string[] {
  const faults: string[] = [];
  let stopped = false;
  let fence = 1;
  for (const { index, kind, detail } of log) {
    const said = detail as { readonly fence?: number };
    if (kind === 'kill-switch') stopped = true;
    if (kind === 'kill-switch-released') stopped = false;
    if (kind === 'fence-bumped') fence = said.fence ?? fence;
    if (kind === 'intent' && stopped) faults.push(`6: leaf ${index} is an intent after the stop`);
    if (kind === 'intent' && said.fence !== fence) faults.push(`6: leaf ${index} names fence ${said.fence}, it was ${fence}`);
  }
  return faults;
}

/** The states of every plan follow the table without a gap, end as the row says, and 10: what ended says whether it can be undone. */
function moveFaults({ log, plans: rows }: Rows): string[] {
  const faults: string[] = [];
  const now = new Map<string, PlanState>();
  for (const { index, kind, id, detail } of log) {
    if (kind === 'plan-created' && id !== null) now.set(id, 'draft');
    if (kind !== 'plan-moved' || id === null) continue;
    const { from, to, note } = detail as { readonly from: PlanState; readonly to: PlanState; readonly note: object | null };
    if (now.get(id) !== from || !PLAN_STATES.includes(to) || !mayMove(from, to)) faults.push(`leaf ${index}: ${id} went from ${from} (was ${now.get(id)}) to ${to}`);
    if ((to === 'done' || to === 'aborted') && (note === null || !('undoAvailable' in note))) faults.push(`10: leaf ${index} does not say whether ${id} can be undone`);
    now.set(id, to);
  }
  return [...faults, ...rows.filter(({ id, state }) => now.get(id) !== state).map(({ id, state }) => `${id} is ${state}, its history says ${now.get(id)}`)];
}

/** 14: in no minute more live intents than the policy allows. */
function rateFaults({ intents: all }: Rows, policy: Policy): string[] {
  const times = all.filter(({ live }) => live).map(({ atUs }) => atUs);
  return times.filter((end) => times.filter((at) => at > end - 60_000_000 && at <= end).length > policy.liveOperationsPerMinute).map((end) => `14: too many live operations in the minute before ${end}`);
}
