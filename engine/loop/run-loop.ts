/**
 * The decision loop, one turn of everything: observe → analyze → plan (propose, rehearse, score, choose) →
 * approve → execute → verify → score. One function for simulation, replay, dry-run and live: it does no IO,
 * it is told what happened and answers with what it wants done. Only the adapter that answers differs.
 */
import { hashState, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import { learn, NO_KNOWLEDGE, type Knowledge, type WindowErrors } from './knowledge/knowledge';
import { scorePromise, verifyWindow } from './knowledge/score-promise';
import { nextStep, type NextStep } from './execute/next-step';
import { decide, type Decision } from './decide';
import type { ApprovedPlan, ExecutedPlan, Fingerprint, RehearsedPlan, ScoredPlan, StepOutcome } from './plan/plan';
import { objectOf } from './plan/assemble';
import type { LoopPolicy } from './policy';

export type LoopConfig = {
  readonly system: SystemSpec;
  readonly policy: LoopPolicy;
  readonly target: { readonly connector: string; readonly name: string };
  readonly seed: number;
  readonly engineVersion: string;
  /** Median relative error of the calibrated twin on data it did not fit; null when it was not calibrated. */
  readonly calibrationError: number | null;
  /** What one window of the twin is off by, per promised figure, as a standard deviation of the relative error. */
  readonly windowErrors: WindowErrors;
};

export type LoopState = {
  readonly frames: readonly Frame[];
  readonly turns: number;
  readonly decisionsHash: string;
  readonly proposed: RehearsedPlan | null;
  readonly executing: { readonly plan: ApprovedPlan; readonly outcomes: readonly StepOutcome[] } | null;
  readonly verifying: ExecutedPlan | null;
  readonly knowledge: Knowledge;
  /** When a plan for a service was last proposed, and when its changes were last judged. */
  readonly touchedAtUs: ReadonlyMap<string, TimeUs>;
  readonly judgedAtUs: ReadonlyMap<string, TimeUs>;
};

/** What happened. */
export type LoopInput =
  | { readonly kind: 'frames'; readonly frames: readonly Frame[]; readonly fingerprints: readonly Fingerprint[] }
  | { readonly kind: 'approved'; readonly plan: ApprovedPlan; readonly fingerprints: readonly Fingerprint[]; readonly nowUs: TimeUs }
  | { readonly kind: 'withdrawn'; readonly planId: string }
  | { readonly kind: 'outcome'; readonly outcome: StepOutcome; readonly fingerprints: readonly Fingerprint[] };

/** What the loop wants done about it. */
export type LoopRequest =
  | { readonly kind: 'ask-approval'; readonly plan: RehearsedPlan }
  | { readonly kind: 'execute'; readonly plan: ApprovedPlan; readonly next: Exclude<NextStep, { kind: 'done' }> }
  | { readonly kind: 'verify'; readonly plan: ExecutedPlan }
  | { readonly kind: 'scored'; readonly plan: ScoredPlan };

export type LoopTurn = { readonly state: LoopState; readonly decision: Decision | null; readonly requests: readonly LoopRequest[] };

export const FRAMES_MAX = 1_200;

export const startLoop = (knowledge: Knowledge = NO_KNOWLEDGE): LoopState => ({
  frames: [], turns: 0, decisionsHash: hashState('no decision yet'), proposed: null, executing: null, verifying: null, knowledge, touchedAtUs: new Map(), judgedAtUs: new Map(),
});

/** One turn. The state given is not changed; the one returned is the next. */
export function runLoop(state: LoopState, input: LoopInput, config: LoopConfig): LoopTurn {
  switch (input.kind) {
    case 'frames':
      return takeFrames(state, input.frames, input.fingerprints, config);
    case 'approved':
      if (state.proposed?.planId !== input.plan.planId) return { state, decision: null, requests: [] };
      return step({ ...state, proposed: null, executing: { plan: input.plan, outcomes: [] } }, input.fingerprints, input.nowUs);
    case 'withdrawn':
      return { state: { ...state, proposed: state.proposed?.planId === input.planId ? null : state.proposed }, decision: null, requests: [] };
    case 'outcome':
      if (state.executing === null) return { state, decision: null, requests: [] };
      return step({ ...state, executing: { ...state.executing, outcomes: [...state.executing.outcomes, input.outcome] } }, input.fingerprints, input.outcome.atUs);
  }
}

function step(state: LoopState, fingerprints: readonly Fingerprint[], nowUs: TimeUs): LoopTurn {
  const { plan, outcomes } = state.executing!;
  const next = nextStep(plan, outcomes, fingerprints, nowUs);
  if (next.kind === 'done') return { state: { ...state, executing: null, verifying: next.plan }, decision: null, requests: [{ kind: 'verify', plan: next.plan }] };
  const ends = next.kind !== 'send';
  return { state: ends ? { ...state, executing: null } : state, decision: null, requests: [{ kind: 'execute', plan, next }] };
}

function takeFrames(before: LoopState, frames: readonly Frame[], fingerprints: readonly Fingerprint[], config: LoopConfig): LoopTurn {
  const all = [...before.frames, ...frames].slice(-FRAMES_MAX);
  const nowUs = all.at(-1)?.atUs ?? (0 as TimeUs);
  const scored = scoreWhenDue(before, all, nowUs, config.system);
  const state: LoopState = {
    ...before,
    frames: all,
    turns: before.turns + 1,
    verifying: scored === null ? before.verifying : null,
    knowledge: scored === null ? before.knowledge : learn(before.knowledge, scored),
    proposed: before.proposed !== null && nowUs >= before.proposed.body.expiresAtUs ? null : before.proposed,
  };
  const decision = decide(state, fingerprints, config);
  const touched = new Map(state.touchedAtUs);
  for (const { command } of decision.chosen?.body.steps ?? []) touched.set('service' in command ? command.service : objectOf(command), nowUs);
  const judged = new Map(state.judgedAtUs);
  for (const { rehearsal } of decision.candidates) for (const service of rehearsal.proposal.services) judged.set(service, nowUs);
  return {
    state: { ...state, touchedAtUs: touched, judgedAtUs: judged, proposed: decision.chosen ?? state.proposed, decisionsHash: hashState([state.decisionsHash, decision.decisionHash]) },
    decision,
    requests: [
      ...(scored === null ? [] : [{ kind: 'scored' as const, plan: scored }]),
      ...(decision.chosen === null ? [] : [{ kind: 'ask-approval' as const, plan: decision.chosen }]),
    ],
  };
}

function scoreWhenDue(state: LoopState, frames: readonly Frame[], nowUs: TimeUs, system: SystemSpec): ScoredPlan | null {
  if (state.verifying === null || nowUs < verifyWindow(state.verifying).untilUs) return null;
  return scorePromise(state.verifying, frames, system, nowUs);
}
