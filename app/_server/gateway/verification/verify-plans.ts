/**
 * Holds running plans to their promises, once a second. While the verify window is open, a promised metric
 * that stays above its band by the policy's margin aborts the plan and offers the undo; no data aborts
 * nothing. When it closes, measured is compared with promised and goes into the ledger.
 */
import { timeUs } from '@/engine/kernel';
import { measureMetric, scorePromise, verifyWindow, type ExecutedPlan, type Prediction, type PromiseScore } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import { and, eq, isNull } from 'drizzle-orm';
import { appendLeaf } from '../../audit/append-leaf';
import { plans, promises } from '../../database/schema';
import { GATEWAY } from '../actor';
import { abortPlan, latestExecution } from '../execution/abort-plan';
import { readSituation, tookEffect } from '../execution/situation';
import { canUndo, endExecution } from '../execution/stop-execution';
import { gatewayTransaction, type Move } from '../gateway-transaction';
import { movePlan } from '../plan/move-plan';
import { findPlan } from '../plan/stored-plan';
import type { GatewayPorts } from '../ports';
import { executedPlan } from './executed-plan';

/** Without a twin nothing is known of prices: promises of money then stay inconclusive. */
const UNKNOWN_SYSTEM: SystemSpec = { nodes: [], services: [], loads: [] };
/** Share of the watched seconds that must have been measured before a plan is aborted over them. */
const WATCHED_SHARE_MIN = 0.8;

export async function verifyPlans(ports: GatewayPorts, frames: readonly Frame[], system: SystemSpec | null): Promise<void> {
  const open = await ports.db.select({ id: plans.id }).from(plans).where(eq(plans.state, 'verifying'));
  for (const { id } of open) {
    const plan = await executedPlan(ports.db, id);
    if (plan !== null) await verifyPlan(ports, id, plan, frames, system ?? UNKNOWN_SYSTEM);
  }
}

async function verifyPlan(ports: GatewayPorts, id: string, plan: ExecutedPlan, frames: readonly Frame[], system: SystemSpec): Promise<void> {
  const nowUs = ports.clock.nowUs();
  const { fromUs, untilUs } = verifyWindow(plan);
  const breach = brokenPromise(ports, plan, frames, system);
  if (breach !== null) {
    const seconds = Math.max(1, Math.round((nowUs - fromUs) / 1_000_000));
    const sofar = { ...plan, body: { ...plan.body, verifySeconds: Math.min(seconds, plan.body.verifySeconds) } };
    await gatewayTransaction(ports, (move) => keepScores(move, id, plan.planId, scorePromise(sofar, frames, system, timeUs(nowUs)).scores));
    await abortPlan(ports, { id, because: 'left-band', reason: breach }, GATEWAY);
  } else if (nowUs > untilUs) {
    await finish(ports, id, plan, scorePromise(plan, frames, system, timeUs(nowUs)).scores);
  }
}

/** A sentence about the first promise that is broken beyond the policy's margin; null when none is, or nothing was measured. */
export function brokenPromise({ policy }: Pick<GatewayPorts, 'policy'>, plan: ExecutedPlan, frames: readonly Frame[], system: SystemSpec): string | null {
  const { fromUs, untilUs } = verifyWindow(plan);
  const last = frames.at(-1)?.atUs ?? 0;
  const sinceUs = last - policy.abortAfterSeconds * 1_000_000;
  if (sinceUs < fromUs || last > untilUs) return null;
  const watched = frames.filter(({ atUs }) => atUs > sinceUs);
  if (watched.length < policy.abortAfterSeconds * WATCHED_SHARE_MIN) return null;
  for (const promised of plan.body.predicted) {
    const measured = measureMetric(promised.metric, promised.subject, watched, system);
    if (measured !== null && measured > limitOf(promised, policy.abortMargin)) return describeBreach(promised, measured, policy.abortAfterSeconds);
  }
  return null;
}

/** Every promised metric is better when smaller: only its upper side aborts. */
const limitOf = ({ lower, upper }: Prediction, margin: number): number => upper + margin * (upper - lower);

const describeBreach = ({ metric, subject, unit, lower, upper }: Prediction, measured: number, seconds: number): string =>
  `${metric} of ${subject} was ${measured.toPrecision(3)} ${unit} over ${seconds} s; promised were ${lower.toPrecision(3)} to ${upper.toPrecision(3)} ${unit}`;

const finish = (ports: GatewayPorts, id: string, { planId }: ExecutedPlan, scores: readonly PromiseScore[]): Promise<void> =>
  gatewayTransaction(ports, async (move) => {
    const plan = await findPlan(move.tx, id);
    const serial = await latestExecution(move.tx, id);
    if (plan?.state !== 'verifying' || serial === null) return;
    const { attempts, body } = await readSituation(move.tx, serial);
    await keepScores(move, id, planId, scores);
    await endExecution(move, serial);
    const standing = attempts.filter(tookEffect).map(({ intent }) => intent.step);
    await movePlan(move, plan, 'done', { actor: GATEWAY, note: { kind: 'finished', undoAvailable: canUndo(body.steps, standing) } });
  });

async function keepScores(move: Move, id: string, planId: string, scores: readonly PromiseScore[]): Promise<void> {
  const scoredAtUs = move.nowUs;
  for (const { prediction, measured, inside, verdict } of scores) {
    const mine = and(eq(promises.planId, planId), eq(promises.metric, prediction.metric), eq(promises.subject, prediction.subject), isNull(promises.scoredAtUs));
    await move.tx.update(promises).set({ measured, inside, verdict, scoredAtUs }).where(mine);
  }
  const detail = scores.map(({ prediction: { metric, subject, mean, lower, upper }, measured, inside, verdict }) => ({ metric, subject, mean, lower, upper, measured, inside, verdict }));
  await appendLeaf(move.tx, { atUs: scoredAtUs, kind: 'promise-scored', actor: GATEWAY.id, id, planId, detail });
  move.emit({ kind: 'promise', id, planId });
}
