/**
 * A plan moves one way: draft → rehearsed → approved → executed → scored. Each stage is its own type and
 * `execute` takes only an approved plan, so an unapproved one cannot reach a connector: it does not compile.
 *
 * `planId` is the SHA-256 of the canonical JSON of the rehearsed body. Any edit gives a new id, and an
 * approval names the id, so approvals of the old plan are void.
 */
import type { TimeUs } from '@/engine/kernel';
import type { Command, EffectClass } from '@/engine/twin';

/** What a plan read of its target. The target's version must still be this one when the plan runs. */
export type Fingerprint = { readonly object: string; readonly version: string };

/** Promised value of one metric over the verify window, from `runs` paired-seed rehearsals. */
export type Prediction = {
  readonly metric: PromiseMetric;
  readonly subject: string;
  readonly unit: string;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  readonly runs: number;
};

export type PromiseMetric = 'latencyP95Ms' | 'latencyMeanMs' | 'errorShare' | 'cpuCores' | 'usdPerHour' | HostMetric;
/** Of a host: the share of its programs' time in which they are not ready, and of its disk that is used. */
export type HostMetric = 'downShare' | 'diskUsedShare';

export type PlanStep = {
  readonly index: number;
  readonly command: Command;
  /** Object that must still have this version when the step runs. */
  readonly precondition: Fingerprint;
  readonly inverse: Command | null;
  readonly effectClass: EffectClass;
  readonly blastRadius: { readonly services: readonly string[]; readonly replicas: number };
};

export type RejectedCandidate = {
  readonly title: string;
  readonly commands: readonly Command[];
  readonly score: number;
  readonly because: string;
};

export type PlanBody = {
  readonly formatVersion: 1;
  readonly title: string;
  readonly why: string;
  readonly target: { readonly connector: string; readonly name: string };
  readonly fingerprints: readonly Fingerprint[];
  readonly steps: readonly PlanStep[];
  readonly predicted: readonly Prediction[];
  /** The same metrics had nothing been done. */
  readonly doNothing: readonly Prediction[];
  readonly verifySeconds: number;
  /** Seconds after the last step before the verify window opens: start-up and settling. */
  readonly settleSeconds: number;
  readonly evidence: {
    readonly engineVersion: string;
    readonly seeds: readonly number[];
    readonly observationHash: string;
    /** Calibration error of the twin that rehearsed: median absolute relative error, held-out part. */
    readonly calibrationError: number | null;
    readonly rejected: readonly RejectedCandidate[];
  };
  readonly author: string;
  readonly createdAtUs: TimeUs;
  readonly expiresAtUs: TimeUs;
};

export type DraftPlan = { readonly stage: 'draft' } & Omit<PlanBody, 'predicted' | 'doNothing' | 'evidence'>;
export type RehearsedPlan = { readonly stage: 'rehearsed'; readonly planId: string; readonly body: PlanBody };

export type Approval = {
  readonly planId: string;
  readonly approver: string;
  readonly approvedAtUs: TimeUs;
  readonly expiresAtUs: TimeUs;
};

declare const approved: unique symbol; // not exported: approvePlan is the only way to make one
export type ApprovedPlan = Omit<RehearsedPlan, 'stage'> & {
  readonly stage: 'approved';
  readonly approval: Approval;
  readonly [approved]: true;
};

/** What became of one step. `unknown` is read back and reconciled, never retried blindly. */
export type StepOutcome =
  | { readonly index: number; readonly result: 'applied' | 'already'; readonly version: string | null; readonly atUs: TimeUs }
  | { readonly index: number; readonly result: 'recorded'; readonly atUs: TimeUs }
  | { readonly index: number; readonly result: 'refused' | 'unknown'; readonly detail: string; readonly atUs: TimeUs };

export type ExecutedPlan = Omit<ApprovedPlan, 'stage'> & { readonly stage: 'executed'; readonly outcomes: readonly StepOutcome[]; readonly executedAtUs: TimeUs };

export type Verdict = 'improved' | 'no-effect' | 'worse' | 'inconclusive';

export type PromiseScore = {
  readonly prediction: Prediction;
  readonly doNothing: Prediction | null;
  readonly measured: number | null;
  readonly inside: boolean | null;
  readonly verdict: Verdict;
};

export type ScoredPlan = Omit<ExecutedPlan, 'stage'> & { readonly stage: 'scored'; readonly scores: readonly PromiseScore[]; readonly scoredAtUs: TimeUs };
