/**
 * Carries an armed plan (or its way back) through: read the target, INTENT, effect, OUTCOME, step by step.
 * Each turn starts from the rows in the database, so it does not matter whether the turn before it ended
 * here or in a process that was killed.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { Observation } from '../../connectors/connector';
import { GATEWAY } from '../actor';
import type { GatewayRefusal } from '../gateway-refusal';
import { gatewayTransaction } from '../gateway-transaction';
import { movePlan } from '../plan/move-plan';
import type { GatewayPorts } from '../ports';
import { changesSince } from './compare-fingerprints';
import { finishExecution } from './finish-execution';
import { reconcile } from './reconcile';
import { readSituation, type Situation } from './situation';
import { stopExecution } from './stop-execution';
import { assertCommitted, writeIntent, type WrittenIntent } from './write-intent';
import { writeOutcome } from './write-outcome';

export async function runExecution(ports: GatewayPorts, serial: number): Promise<void> {
  for (;;) {
    const situation = await readSituation(ports.db, serial);
    if (situation.open !== null) await reconcile(ports, situation, situation.open, 'the process that sent this step ended before the answer came');
    else if (situation.plan.state === 'armed') await begin(ports, situation);
    else if (situation.plan.state !== (situation.execution.direction === 'forward' ? 'executing' : 'undoing') || situation.execution.endedAtUs !== null) return;
    else if (situation.next === null) await finishExecution(ports, serial);
    else await takeStep(ports, situation);
  }
}

/** armed → executing, once the target has been read again and is still what the plan read. */
async function begin(ports: GatewayPorts, { body, versions, execution, plan }: Situation): Promise<void> {
  const observed = await observe(ports, plan.connector);
  await gatewayTransaction(ports, async (move) => {
    const now = await readSituation(move.tx, execution.serial);
    if (now.plan.state !== 'armed') return;
    const changes = observed.ok ? changesSince(body, versions, observed.value) : [];
    if (!observed.ok) await stopExecution(move, execution.serial, observed.error, GATEWAY);
    else if (changes.length > 0) await stopExecution(move, execution.serial, { code: 'stale', changes }, GATEWAY);
    else await movePlan(move, now.plan, 'executing', { actor: GATEWAY });
  });
}

async function takeStep(ports: GatewayPorts, situation: Situation): Promise<void> {
  const { execution, plan } = situation;
  const observed = await observe(ports, plan.connector);
  const written: Result<WrittenIntent, GatewayRefusal> = observed.ok ? await writeIntent(ports, execution.serial, observed.value) : observed;
  if (!written.ok) return stopIfRunning(ports, execution.serial, written.error);
  const { intent, order } = written.value;
  const actuator = ports.connectors.actuatorFor(order.plan, execution.mode);
  await assertCommitted(ports, intent);
  if (!actuator.ok) return writeOutcome(ports, intent, { result: 'refused', detail: 'no write side', then: { kind: 'refused', refusal: actuator.error } });
  const reply = await actuator.value.apply(order);
  switch (reply.result) {
    case 'applied':
    case 'already':
      return writeOutcome(ports, intent, { result: reply.result, version: reply.version });
    case 'recorded':
      return writeOutcome(ports, intent, { result: 'recorded' });
    case 'unknown':
      return reconcile(ports, situation, intent, reply.detail);
    case 'refused':
      return intent.attempt > 1 ? reconcile(ports, situation, intent, 'refused, after an attempt without an answer') : refused(ports, situation, written.value, reply.refusal);
  }
}

/** A stale write is told as what changed, not as a version number. */
async function refused(ports: GatewayPorts, { body, plan, versions }: Situation, { intent, order }: WrittenIntent, refusal: Extract<GatewayRefusal, { code: 'command-refused' }>['refusal']): Promise<void> {
  const plain: GatewayRefusal = { code: 'command-refused', step: order.step.index, refusal };
  const observed = refusal.code === 'stale' ? await observe(ports, plan.connector) : null;
  const changes = observed?.ok === true ? changesSince(body, versions, observed.value) : [];
  await writeOutcome(ports, intent, { result: 'refused', detail: refusal.code, then: { kind: 'refused', refusal: changes.length > 0 ? { code: 'stale', changes } : plain } });
}

/** Somebody else may have ended the execution meanwhile (abort, kill switch): then there is nothing left to stop. */
const stopIfRunning = (ports: GatewayPorts, serial: number, refusal: GatewayRefusal): Promise<void> =>
  gatewayTransaction(ports, async (move) => {
    const { plan } = await readSituation(move.tx, serial);
    if (plan.state === 'executing' || plan.state === 'undoing') await stopExecution(move, serial, refusal, GATEWAY);
  });

async function observe(ports: GatewayPorts, connector: string): Promise<Result<Observation, GatewayRefusal>> {
  const reader = await ports.connectors.reader(connector);
  if (!reader.ok) return reader;
  const observed = await reader.value.observer.observe();
  return observed.ok ? ok(observed.value) : err({ code: 'unreachable', connector, detail: observed.error.detail });
}
