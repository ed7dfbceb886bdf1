/** What the loop's thread offers the server. It reads and computes; it is given nothing to write with, and no environment. */
import type { Result } from '@/engine/kernel';
import type { ApprovedPlan, Decision, DraftPlan, Fingerprint, Knowledge, LoopConfig, PlanBody, RehearsedPlan, StepOutcome } from '@/engine/loop';
import type { Frame, RecordedFault, SystemHints } from '@/engine/telemetry';
import type { Calibration, CalibrationRefusal } from '@/engine/twin';

export type TurnAnswer = { readonly decision: Decision; readonly proposed: RehearsedPlan | null; readonly decisionsHash: string };

export type LoopApi = {
  calibrate(frames: readonly Frame[], hints: SystemHints, faults: readonly RecordedFault[]): Promise<Result<Calibration, CalibrationRefusal>>;
  /** The twin and the policy to decide with from now on. What was learned and observed stays. */
  configure(config: LoopConfig): Promise<void>;
  teach(knowledge: Knowledge): Promise<void>;
  /** One decision turn on new frames; null before `configure`. */
  turn(frames: readonly Frame[], fingerprints: readonly Fingerprint[]): Promise<TurnAnswer | null>;
  /** A plan was carried out, the loop's own or somebody else's: it is verified now, and nothing else is proposed meanwhile. */
  executed(plan: ApprovedPlan, outcomes: readonly StepOutcome[]): Promise<void>;
  /** A plan is over, or will not be carried out. */
  settled(planId: string): Promise<void>;
  /** On the frames given, which are fresher than the last turn's. */
  rehearse(draft: DraftPlan, frames: readonly Frame[]): Promise<Result<PlanBody, string>>;
};
