/**
 * The running demo world, one per browser tab and shared by its pages: it starts at once, runs on while a
 * page looks at it, and answers what-ifs. A what-if is worked out on a fork first (paired seeds), then the
 * change is made to the world itself, so the running line can be watched against the predicted band.
 *
 * Opened with steps (a shared link), it lives them again: same seed, same changes at the same seconds.
 */
'use client';

import type { Change, ScenarioSpec } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import type { SimulationApi } from '@/workers/simulation-api';
import { createStore, type Store } from '../store/create-store';
import type { Step } from '../what-if/change-code';
import { addFrames, HORIZON_SECONDS, PAIRED_RUNS, secondsOf, STARTING, WARM_SECONDS, type LiveWorldState, type Problem } from './live-world-state';

export type WorldPort = Pick<SimulationApi, 'open' | 'advance' | 'apply' | 'undo' | 'whatIf'>;
export type OpenPort = (onBroken: (why: string) => void) => { readonly api: WorldPort; readonly close: () => void };

const TICK_MS = 250;

export type LiveWorld = {
  readonly state: Store<LiveWorldState>;
  readonly spec: ScenarioSpec;
  /** Starts the world, or goes on with it; returns what stops the ticking again. */
  readonly enter: (steps: readonly Step[]) => () => void;
  readonly ask: (change: Change) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly setPlaying: (playing: boolean) => void;
  readonly setSpeed: (speed: number) => void;
};

export function createLiveWorld(spec: ScenarioSpec, openPort: OpenPort): LiveWorld {
  const state = createStore<LiveWorldState>(STARTING);
  const change = (part: Partial<LiveWorldState>) => state.set({ ...state.get(), ...part });
  const fail = (problem: Problem) => change({ phase: 'failed', problem, asking: null });
  let port: ReturnType<OpenPort> | null = null;
  let turn: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setInterval> | undefined;
  let owedSeconds = 0;

  /** One thing at a time, in order: the worker's world must not be asked and advanced at once. */
  const inTurn = (act: (api: WorldPort) => Promise<void>): Promise<void> => {
    turn = turn.then(async () => {
      if (port === null) return;
      try {
        await act(port.api);
      } catch (error) {
        fail({ what: 'The simulation stopped.', why: error instanceof Error ? error.message : String(error), next: 'Start the world again; its changes are kept.' });
      }
    });
    return turn;
  };

  const take = (frames: readonly Frame[]) => change({ frames: addFrames(state.get().frames, frames) });
  const nowSeconds = () => Math.round(secondsOf(state.get().frames.at(-1)!));

  async function live(api: WorldPort, step: Step, answered: boolean): Promise<void> {
    const started = performance.now();
    if (answered) change({ asking: step.change.title });
    const whatIf = answered ? await api.whatIf(step.change, HORIZON_SECONDS, PAIRED_RUNS) : null;
    const wallMs = performance.now() - started;
    const refusals = await api.apply(step.change);
    change({ steps: [...state.get().steps, step], asking: null, answer: whatIf === null ? null : { step, whatIf, refusals, wallMs } });
  }

  async function start(steps: readonly Step[]): Promise<void> {
    port?.close();
    port = openPort((why) => fail({ what: 'The simulation could not start.', why, next: 'Reload the page. If it stays so, this browser may block workers.' }));
    state.set({ ...STARTING, speed: state.get().speed });
    await inTurn(async (api) => {
      const opened = await api.open(spec, steps[0]?.at ?? WARM_SECONDS);
      if (!opened.ok) return fail({ what: 'This world cannot be built.', why: opened.error.map((issue) => `${issue.path}: ${issue.message}`).join('; '), next: opened.error[0]?.suggestion ?? 'Correct the scenario.' });
      take(opened.value);
      for (const [i, step] of steps.entries()) {
        if (step.at > nowSeconds()) take(await api.advance(step.at - nowSeconds()));
        await live(api, step, i === steps.length - 1);
      }
      change({ phase: 'running' });
    });
  }

  const tick = () => {
    const { phase, playing, speed, asking } = state.get();
    if (phase !== 'running' || !playing || asking !== null || document.hidden) return;
    owedSeconds = Math.min(owedSeconds + (speed * TICK_MS) / 1000, speed);
    const whole = Math.floor(owedSeconds);
    if (whole < 1) return;
    owedSeconds -= whole;
    void inTurn(async (api) => take(await api.advance(whole)));
  };

  return {
    state,
    spec,
    enter(steps) {
      if (port === null) void start(steps);
      timer ??= setInterval(tick, TICK_MS);
      return () => {
        clearInterval(timer);
        timer = undefined;
      };
    },
    ask: (wanted) =>
      inTurn(async (api) => {
        if (state.get().phase === 'running') await live(api, { at: nowSeconds(), change: wanted }, true);
      }),
    undo: () =>
      inTurn(async (api) => {
        if (await api.undo()) change({ steps: state.get().steps.slice(0, -1), answer: null });
      }),
    restart: () => start(state.get().steps),
    setPlaying: (playing) => change({ playing }),
    setSpeed: (speed) => change({ speed }),
  };
}
