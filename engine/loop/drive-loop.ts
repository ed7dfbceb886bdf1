/**
 * Drives the loop where the other side answers at once: a simulated world, a recording. Live targets
 * answer later, so the server drives the same `runLoop` with its own waiting; nothing is decided here.
 */
import type { Frame } from '@/engine/telemetry';
import type { Decision } from './decide';
import type { ApprovedPlan, Fingerprint, PlanStep, RehearsedPlan, ScoredPlan, StepOutcome } from './plan/plan';
import { runLoop, type LoopConfig, type LoopState, type LoopTurn } from './run-loop';

export type LoopAdapter = {
  fingerprints(): readonly Fingerprint[];
  /** Null leaves the plan unapproved; it is withdrawn. */
  approve(plan: RehearsedPlan): ApprovedPlan | null;
  send(step: PlanStep, idempotencyKey: string, expectedVersion: string): StepOutcome;
};

export type DrivenTurn = { readonly state: LoopState; readonly decision: Decision; readonly executed: readonly StepOutcome[]; readonly scored: readonly ScoredPlan[] };

/** One decision turn on new frames, with whatever follows from it at once. */
export function driveLoop(before: LoopState, frames: readonly Frame[], config: LoopConfig, adapter: LoopAdapter): DrivenTurn {
  const first = runLoop(before, { kind: 'frames', frames, fingerprints: adapter.fingerprints() }, config);
  const executed: StepOutcome[] = [];
  const scored: ScoredPlan[] = [];
  let turn: LoopTurn = first;
  const requests = [...first.requests];
  for (let request = requests.shift(); request !== undefined; request = requests.shift()) {
    switch (request.kind) {
      case 'ask-approval': {
        const plan = adapter.approve(request.plan);
        turn = plan === null
          ? runLoop(turn.state, { kind: 'withdrawn', planId: request.plan.planId }, config)
          : runLoop(turn.state, { kind: 'approved', plan, fingerprints: adapter.fingerprints(), nowUs: plan.approval.approvedAtUs }, config);
        break;
      }
      case 'execute': {
        if (request.next.kind !== 'send') continue;
        const outcome = adapter.send(request.next.step, request.next.idempotencyKey, request.next.expectedVersion);
        executed.push(outcome);
        turn = runLoop(turn.state, { kind: 'outcome', outcome, fingerprints: adapter.fingerprints() }, config);
        break;
      }
      case 'scored':
        scored.push(request.plan);
        continue;
      case 'verify':
        continue;
    }
    requests.push(...turn.requests);
  }
  return { state: turn.state, decision: first.decision!, executed, scored };
}
