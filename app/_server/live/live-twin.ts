/**
 * The twin of the running fleet: fitted from its own telemetry once there is a minute of it, and again as more
 * comes in. Until then there is no twin, and nothing is promised.
 */
import { ENGINE_VERSION } from '@/engine/scenario';
import { DEFAULT_POLICY, windowErrorsOf, type LoopConfig, type LoopPolicy } from '@/engine/loop';
import type { Calibration } from '@/engine/twin';
import type { LoopThread } from '@/workers/loop/open-loop';
import type { LiveFrames } from './scrape/live-frames';

/** Frames after which the twin is fitted (again): soon, then better, then with the load of the day. */
const FIT_AT_FRAMES = [65, 120, 240, 480, 900, 1_500];
const REFIT_SECONDS = 900;

export const LIVE_POLICY: LoopPolicy = { ...DEFAULT_POLICY, objectives: [{ service: 'client', latencyP95MsMax: 250, errorShareMax: 0.01 }] };

export type TwinStatus = { readonly status: 'waiting' | 'fitting' | 'ready'; readonly frames: number; readonly framesNeeded: number; readonly calibration: Calibration | null; readonly problem: string | null };

export type LiveTwin = {
  /** Fits in the background when it is time. */
  tick(nowUs: number): void;
  config(): LoopConfig | null;
  status(): TwinStatus;
};

export function liveTwin(source: LiveFrames, api: LoopThread['api']): LiveTwin {
  let runId: string | null = null;
  let fits = 0;
  let fittedAtUs = 0;
  let fitting = false;
  let calibration: Calibration | null = null;
  let problem: string | null = null;
  let config: LoopConfig | null = null;

  async function fit(hints: NonNullable<ReturnType<LiveFrames['hints']>>) {
    const of = runId;
    const result = await api.calibrate(source.frames(), hints, source.faults());
    if (of !== runId) return;
    problem = result.ok ? null : `${result.error.message}; ${result.error.next}`;
    if (!result.ok) return;
    calibration = result.value;
    config = { system: calibration.system, policy: LIVE_POLICY, target: { connector: 'fleet', name: 'fleet' }, seed: 1, engineVersion: ENGINE_VERSION, calibrationError: calibration.medianError, windowErrors: windowErrorsOf(calibration) };
    await api.configure(config);
  }

  return {
    tick(nowUs) {
      if (source.runId() !== runId) {
        runId = source.runId();
        fits = 0;
        calibration = null;
        config = null;
      }
      const hints = source.hints();
      const due = fits < FIT_AT_FRAMES.length ? source.frames().length >= FIT_AT_FRAMES[fits]! : nowUs - fittedAtUs > REFIT_SECONDS * 1_000_000;
      if (fitting || hints === null || !due) return;
      fitting = true;
      fits += 1;
      fittedAtUs = nowUs;
      void fit(hints)
        .catch((error: unknown) => (problem = error instanceof Error ? error.message : String(error)))
        .finally(() => (fitting = false));
    },
    config: () => config,
    status: () => ({ status: config !== null ? 'ready' : fitting ? 'fitting' : 'waiting', frames: source.frames().length, framesNeeded: FIT_AT_FRAMES[0]!, calibration, problem }),
  };
}
