/**
 * A recording through the decision loop: calibrate a twin from it, then one turn after the other sees only
 * what had been recorded by then. Nothing can be executed; every plan is shown and withdrawn.
 */
import type { Result } from '@/engine/kernel';
import { driveLoop, replayAdapter, startLoop, windowErrorsOf, withDefaultObjectives, type Decision, type LoopConfig, type LoopPolicy, type LoopState } from '@/engine/loop';
import { countedAs, type Frame, type RecordingManifest } from '@/engine/telemetry';
import { calibrate, os, type Calibration, type CalibrationRefusal, type SystemSpec } from '@/engine/twin';
import { ENGINE_VERSION } from './engine-version';
import type { Alarm } from './run-report';

export type Replay = {
  readonly frames: readonly Frame[];
  /** A turn sees so many more. */
  readonly framesPerTurn: number;
  readonly config: LoopConfig;
  readonly calibration: Result<Calibration, CalibrationRefusal>;
  /** What is assumed of recorded hosts, and which of them cannot be rehearsed. */
  readonly hostNotes: readonly string[];
  state: LoopState;
  nextFrame: number;
  readonly alarms: Alarm[];
  active: ReadonlySet<string>;
};

/** Without a calibrated twin services are observed and analyzed only. */
const NO_TWIN: SystemSpec = { nodes: [], services: [], loads: [] };
const SEED = 1;

export function startReplay({ manifest, frames }: { readonly manifest: RecordingManifest; readonly frames: readonly Frame[] }, policy: LoopPolicy): Replay {
  const calibration = calibrate({ frames, hints: manifest.system, faults: manifest.faults });
  const { hosts, notes } = os.specsFromSamples(frames, (program) => manifest.system.services.find((service) => service.name === countedAs(program))?.lanes ?? null);
  const system: SystemSpec = { ...(calibration.ok ? calibration.value.system : NO_TWIN), ...(hosts.length === 0 ? {} : { hosts }) };
  const config: LoopConfig = {
    system,
    policy: withDefaultObjectives(policy, system, (name) => (calibration.ok ? (calibration.value.services.find((s) => s.service === name)?.measuredP95Ms ?? null) : null)),
    target: { connector: 'replay', name: manifest.id },
    seed: SEED,
    engineVersion: ENGINE_VERSION,
    calibrationError: calibration.ok ? calibration.value.medianError : null,
    windowErrors: calibration.ok ? windowErrorsOf(calibration.value) : {},
  };
  return { frames, framesPerTurn: Math.max(1, Math.round(config.policy.everySeconds / manifest.scrapeSeconds)), config, calibration, hostNotes: notes, state: startLoop(), nextFrame: 0, alarms: [], active: new Set() };
}

/** The next decision turn, or null at the end of the recording. */
export function advanceReplay(replay: Replay): Decision | null {
  if (replay.nextFrame >= replay.frames.length) return null;
  const until = Math.min(replay.frames.length, replay.nextFrame + replay.framesPerTurn);
  const batch = replay.frames.slice(replay.nextFrame, until);
  replay.nextFrame = until;
  const latest = batch.at(-1);
  const turn = driveLoop(replay.state, batch, replay.config, replayAdapter(() => latest));
  replay.state = turn.state;
  noteAlarms(replay, turn.decision);
  return turn.decision;
}

/** A finding that a person would be told of raises an alarm when it begins, not at every turn that it lasts. */
function noteAlarms(replay: Replay, { findings, atUs }: Decision): void {
  const serious = findings.filter((finding) => finding.severity !== 'info');
  const origin = replay.frames[0]?.atUs ?? 0;
  for (const { kind, subject, detail } of serious) if (!replay.active.has(`${kind} ${subject}`)) replay.alarms.push({ kind, atSeconds: (atUs - origin) / 1e6, subject, detail });
  replay.active = new Set(serious.map(({ kind, subject }) => `${kind} ${subject}`));
}
