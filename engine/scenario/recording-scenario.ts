/** The twin of a recording as a scenario: the system that was fitted, under the load that was recorded. */
import type { Frame, RecordingManifest } from '@/engine/telemetry';
import type { Calibration } from '@/engine/twin';
import type { ScenarioSpec } from './scenario-spec';

export const RECORDING_WARM_UP_SECONDS = 20;
const SEED = 42;

/** What was recorded, gaps with frames included; whole seconds. */
export const recordedSeconds = (frames: readonly Frame[]) => Math.round(frames.reduce((sum, { windowUs }) => sum + windowUs, 0) / 1e6);

type Recorded = { readonly manifest: RecordingManifest; readonly frames: readonly Frame[] };

export const scenarioOfRecording = ({ manifest, frames }: Recorded, { system }: Pick<Calibration, 'system'>): ScenarioSpec => ({
  formatVersion: 1,
  id: manifest.id,
  title: manifest.title,
  question: 'What would a change do to this system, under the load that was recorded?',
  seed: SEED,
  durationSeconds: Math.max(RECORDING_WARM_UP_SECONDS + 1, recordedSeconds(frames)),
  warmUpSeconds: RECORDING_WARM_UP_SECONDS,
  system,
});
