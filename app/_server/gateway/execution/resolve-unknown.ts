/** A person says what became of a step that only a person could find out about. The plan ends there, and may be undone. */
import { err, invariant, ok, type Result } from '@/engine/kernel';
import { appendLeaf } from '../../audit/append-leaf';
import { findObject } from '../../connectors/command-object';
import { resolutions } from '../../database/schema';
import type { Actor } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import { summaryOf, type PlanSummary } from '../plan/plan-summary';
import { findPlan, requirePlan } from '../plan/stored-plan';
import type { GatewayPorts } from '../ports';
import { latestExecution } from './abort-plan';
import { readSituation } from './situation';
import { abortExecution } from './stop-execution';

export type Resolution = { readonly id: string; readonly tookEffect: boolean; readonly reason: string };

export async function resolveUnknown(ports: GatewayPorts, { id, tookEffect, reason }: Resolution, actor: Actor): Promise<Result<PlanSummary, GatewayRefusal>> {
  if (actor.kind !== 'person') return err({ code: 'not-a-person', actor: actor.id });
  const before = await requirePlan(ports.db, id, ['needs-human']);
  if (!before.ok) return before;
  const reader = await ports.connectors.reader(before.value.connector);
  const observed = reader.ok ? await reader.value.observer.observe() : null;
  return gatewayTransaction(ports, async (move) => {
    const found = await requirePlan(move.tx, id, ['needs-human']);
    if (!found.ok) return found;
    const serial = await latestExecution(move.tx, id);
    invariant(serial !== null, 'a plan that needs a human was executed');
    const { attempts, body } = await readSituation(move.tx, serial);
    const unknown = attempts.findLast(({ outcome }) => outcome?.result === 'unknown');
    invariant(unknown !== undefined, 'a plan that needs a human has an unknown outcome');
    const object = body.steps[unknown.intent.step]?.precondition.object ?? '';
    const version = observed?.ok === true ? (findObject(observed.value, object)?.version ?? null) : null;
    await move.tx.insert(resolutions).values({ intent: unknown.intent.serial, tookEffect, version, resolvedBy: actor.id, atUs: move.nowUs });
    await appendLeaf(move.tx, { atUs: move.nowUs, kind: 'unknown-resolved', actor: actor.id, id, planId: found.value.planId, detail: { step: unknown.intent.step, tookEffect, reason } });
    await abortExecution(move, serial, 'resolved', reason, actor);
    return ok(summaryOf((await findPlan(move.tx, id)) ?? found.value));
  });
}
