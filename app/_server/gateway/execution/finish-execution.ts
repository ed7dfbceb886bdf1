/** All steps are behind us: a dry-run gives the plan back, a live run starts to be held to its promises, an undo is done. */
import { canonicalJson, invariant } from '@/engine/kernel';
import { eq } from 'drizzle-orm';
import { executions, promises } from '../../database/schema';
import { GATEWAY } from '../actor';
import { gatewayTransaction, type Move } from '../gateway-transaction';
import { movePlan } from '../plan/move-plan';
import type { GatewayPorts } from '../ports';
import { readSituation, type Situation } from './situation';
import { endExecution } from './stop-execution';

export const finishExecution = (ports: GatewayPorts, serial: number): Promise<void> =>
  gatewayTransaction(ports, async (move) => {
    const situation = await readSituation(move.tx, serial);
    const { plan, execution, next, open, finished } = situation;
    if (plan.state !== (execution.direction === 'forward' ? 'executing' : 'undoing')) return;
    invariant(next === null && open === null, 'an execution ends when its last step has an outcome');
    await move.tx.update(executions).set({ appliedAtUs: move.nowUs }).where(eq(executions.serial, serial));
    if (execution.direction === 'undo') {
      await endExecution(move, serial);
      await movePlan(move, plan, 'undone', { actor: GATEWAY, note: { kind: 'finished', undoAvailable: false } });
    } else if (execution.mode === 'dry-run') {
      await endExecution(move, serial);
      await movePlan(move, plan, 'approved', { actor: GATEWAY, note: { kind: 'dry-run', recorded: finished.length } });
    } else {
      await promise(move, situation);
      await movePlan(move, plan, 'verifying', { actor: GATEWAY });
    }
  });

async function promise({ tx, nowUs }: Move, { plan, body, execution }: Situation): Promise<void> {
  const actionKind = [...new Set(body.steps.map(({ command }) => command.kind))].join('+');
  for (const prediction of body.predicted) {
    const { metric, subject } = prediction;
    const doNothing = body.doNothing.find((other) => other.metric === metric && other.subject === subject);
    const row = { id: plan.id, planId: plan.planId, actionKind, metric, subject, prediction: canonicalJson(prediction), mode: execution.mode, promisedAtUs: nowUs };
    await tx.insert(promises).values({ ...row, doNothing: doNothing === undefined ? null : canonicalJson(doNothing) });
  }
}
