/**
 * What became of a step whose answer never came. The target is read back: if it is as the step wants it, the
 * step took effect. If it is untouched, a class A or B step may be sent again with the same key, because
 * the target refuses or shrugs off a second one. Everything else is for a person to find out: a class C
 * step, a target that somebody else moved, one that cannot be read.
 */
import { invariant } from '@/engine/kernel';
import { objectOf } from '@/engine/loop';
import type { Command } from '@/engine/twin';
import { alreadyHolds, findObject } from '../../connectors/command-object';
import type { Observation } from '../../connectors/connector';
import { describeRefusal } from '../describe-refusal';
import type { GatewayPorts } from '../ports';
import type { IntentRow, Situation } from './situation';
import { writeOutcome, type Outcome } from './write-outcome';

const READ_BACK_MS = 200;

export async function reconcile(ports: GatewayPorts, situation: Situation, intent: IntentRow, detail: string): Promise<void> {
  await writeOutcome(ports, intent, await findOut(ports, situation, intent, detail));
}

async function findOut(ports: GatewayPorts, { plan, execution, order }: Situation, intent: IntentRow, detail: string): Promise<Outcome> {
  const step = order.find(({ index }) => index === intent.step);
  invariant(step !== undefined, 'an intent belongs to a step of its execution');
  const command = execution.direction === 'forward' ? step.command : step.inverse;
  invariant(command !== null, 'a way back exists for every step that is undone');
  if (!intent.live) return { result: 'recorded', detail: 'dry-run: nothing was sent' };
  if (intent.effectClass === 'C') return askHuman(`${detail}; repeating this step is not safe`);
  const observation = await readBack(ports, plan.connector);
  if (typeof observation === 'string') return askHuman(`${detail}; reading back failed: ${observation}`);
  return judge(ports, intent, command, observation, detail);
}

function judge(ports: GatewayPorts, intent: IntentRow, command: Command, observation: Observation, detail: string): Outcome {
  const object = findObject(observation, objectOf(command));
  if (object === undefined) return askHuman(`${detail}; ${objectOf(command)} is gone`);
  const holds = alreadyHolds(command, object);
  if (holds === true) return { result: 'already', version: object.version, detail: `${detail}; read back: it took effect` };
  const untouched = object.version === intent.expectedVersion;
  if (holds === null || (intent.effectClass === 'A' && !untouched)) return askHuman(`${detail}; ${object.object} is now at version ${object.version}, and not as this step leaves it`);
  if (intent.attempt >= ports.policy.attemptsMax) return askHuman(`${detail}; ${intent.attempt} attempts without an effect`);
  return { result: 'unknown', detail: `${detail}; read back: no effect so far` };
}

const askHuman = (detail: string): Outcome => ({ result: 'unknown', detail, then: { kind: 'needs-human', detail } });

async function readBack(ports: GatewayPorts, connector: string): Promise<Observation | string> {
  let why = '';
  for (let attempt = 0; attempt < ports.policy.readBacksMax; attempt += 1) {
    if (attempt > 0) await ports.clock.sleep(READ_BACK_MS * 2 ** attempt);
    const reader = await ports.connectors.reader(connector);
    if (!reader.ok) return describeRefusal(reader.error);
    const observed = await reader.value.observer.observe();
    if (observed.ok) return observed.value;
    why = observed.error.detail;
  }
  return why;
}
