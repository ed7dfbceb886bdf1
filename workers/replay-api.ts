/** What the replay worker offers the pages: a recording through the decision loop, turn by turn. */
import type { Decision, LoopPolicy } from '@/engine/loop';
import type { Alarm } from '@/engine/scenario';
import type { Frame, RecordingManifest } from '@/engine/telemetry';
import type { CalibrationRefusal } from '@/engine/twin';

export type ReplayProgress = { readonly decisions: readonly Decision[]; readonly doneSeconds: number; readonly totalSeconds: number };

export type ReplaySummary = {
  readonly turns: number;
  readonly decisionsHash: string;
  readonly alarms: readonly Alarm[];
  /** The policy as it was applied, default objectives included. */
  readonly policy: LoopPolicy;
  /** Why there was no twin to rehearse with; null when there was one. */
  readonly noTwin: CalibrationRefusal | null;
  /** What is assumed of hosts that were recorded from inside. */
  readonly hostNotes: readonly string[];
};

export type ReplayApi = {
  /** `policy` is a partial policy document; a wrong one is an error that says where. */
  replay(recording: { readonly manifest: RecordingManifest; readonly frames: readonly Frame[] }, policy: object, onProgress: (progress: ReplayProgress) => void): Promise<ReplaySummary>;
};
