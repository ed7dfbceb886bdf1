/** Orders for tests, made the only way there is: draft, promise, approve. */
import { invariant, timeUs } from '@/engine/kernel';
import { approvePlan, rehearsedPlan, type ApprovedPlan } from '@/engine/loop';
import type { Command } from '@/engine/twin';
import { compileSteps } from '../../gateway/plan/compile-steps';
import type { ConnectorReader, Observation, StepOrder } from '../connector';

const HOUR_US = 3_600_000_000;

export function approvedPlanFor(reader: ConnectorReader, observation: Observation, commands: readonly Command[]): ApprovedPlan {
  const compiled = compileSteps(reader, observation, commands);
  invariant(compiled.ok, 'the commands fit the target');
  const now = timeUs(observation.atUs);
  const body = {
    formatVersion: 1 as const,
    title: 'a test',
    why: 'a test',
    target: { connector: reader.connector, name: reader.connector },
    ...compiled.value,
    predicted: [],
    doNothing: [],
    verifySeconds: 5,
    settleSeconds: 0,
    evidence: { engineVersion: 'test', seeds: [], observationHash: '', calibrationError: null, rejected: [] },
    author: 'somebody',
    createdAtUs: now,
    expiresAtUs: timeUs(now + HOUR_US),
  };
  const approved = approvePlan(rehearsedPlan(body), { name: 'somebody else', kind: 'person' }, { approvalTtlSeconds: 600, singleOperator: false }, now);
  invariant(approved.ok, 'the plan is approved');
  return approved.value;
}

/** The order for the plan's first step, as the executor would write it. */
export function orderFor(plan: ApprovedPlan, idempotencyKey: string): StepOrder {
  const step = plan.body.steps[0]!;
  return { plan, step, direction: 'forward', command: step.command, expectedVersion: step.precondition.version, idempotencyKey };
}
