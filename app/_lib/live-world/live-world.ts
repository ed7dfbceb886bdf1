/**
 * The running world, one per browser tab and shared by its pages: it starts at once, runs on while a
 * page looks at it, and answers what-ifs. A what-if is worked out on a fork first (paired seeds), then the
 * change is made to the world itself, so the running line can be watched against the predicted band.
 *
 * Opened with steps (a shared link), it lives them again: same seed, same changes at the same seconds.
 */
'use client';

import type { Change } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import type { SimulationApi } from '@/workers/simulation-api';
import { createStore, type Store } from '../store/create-store';
import type { Step } from '../what-if/change-code';
import { addFrames, HORIZON_SECONDS, PAIRED_RUNS, secondsOf, startingState, type LiveWorldState, type OpenedWorld, type Problem } from './live-world-state';

export type WorldPort = Pick<SimulationApi, 'open' | 'advance' | 'apply' | 'undo' | 'whatIf'> & Partial<WorldLooks>;
/** What can be looked at in the running world without changing it. */
export type WorldLooks = Pick<SimulationApi, 'explainReplica' | 'inspectRouter' | 'inspectIdentity' | 'netJson' | 'recordMesh' | 'recordSpan'>;
export type OpenPort = (onBroken: (why: string) => void) => { readonly api: WorldPort; readonly close: () => void };

const TICK_MS = 250;

export type LiveWorld = {
  readonly state: Store<LiveWorldState>;
  /** Starts the world, or goes on with it; returns what stops the ticking again. */
  readonly enter: (steps: readonly Step[]) => () => void;
  /** Puts another world in its place. */
  readonly load: (opened: OpenedWorld, steps: readonly Step[]) => Promise<void>;
  /** Asks the worker between two advances; null where there is nothing to see. */
  readonly look: <T>(ask: (looks: Partial<WorldLooks>) => Promise<T> | undefined) => Promise<T | null>;
  readonly ask: (change: Change) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly setPlaying: (playing: boolean) => void;
  readonly setSpeed: (speed: number) => void;
};

export function createLiveWorld(first: OpenedWorld, openPort: OpenPort): LiveWorld {
  const state = createStore<LiveWorldState>(startingState(first));
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

  /** Seconds in which the world still fills from its empty start are nobody's history. */
  const settled = (frame: Frame) => secondsOf(frame) > (state.get().opened.spec.warmUpSeconds ?? 0);
  const take = (frames: readonly Frame[]) => change({ frames: addFrames(state.get().frames, frames.filter(settled)) });
  const nowSeconds = () => Math.round(secondsOf(state.get().frames.at(-1)!));

  async function live(api: WorldPort, step: Step, answered: boolean): Promise<void> {
    const started = performance.now();
    if (answered) change({ asking: step.change.title });
    const whatIf = answered ? await api.whatIf(step.change, HORIZON_SECONDS, PAIRED_RUNS) : null;
    const wallMs = performance.now() - started;
    const refusals = await api.apply(step.change);
    change({ steps: [...state.get().steps, step], asking: null, answer: whatIf === null ? null : { step, whatIf, refusals, wallMs } });
  }

  async function start(opened: OpenedWorld, steps: readonly Step[]): Promise<void> {
    const { spec, warmSeconds } = opened;
    port?.close();
    turn = Promise.resolve(); // what a closed worker was asked is never answered
    port = openPort((why) => fail({ what: 'The simulation could not start.', why, next: 'Reload the page. If it stays so, this browser may block workers.' }));
    state.set({ ...startingState(opened), speed: state.get().speed });
    await inTurn(async (api) => {
      const built = await api.open(spec, Math.max(steps[0]?.at ?? warmSeconds, (spec.warmUpSeconds ?? 0) + 1));
      if (!built.ok) return fail({ what: 'This world cannot be built.', why: built.error.map((issue) => `${issue.path}: ${issue.message}`).join('; '), next: built.error[0]?.suggestion ?? 'Correct the scenario.' });
      take(built.value);
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
    enter(steps) {
      if (port === null) void start(state.get().opened, steps);
      timer ??= setInterval(tick, TICK_MS);
      return () => {
        clearInterval(timer);
        timer = undefined;
      };
    },
    async look(ask) {
      let seen: Awaited<ReturnType<NonNullable<typeof ask>>> | null = null;
      await inTurn(async (api) => {
        seen = (await ask(api)) ?? null;
      });
      return seen;
    },
    ask: (wanted) =>
      inTurn(async (api) => {
        if (state.get().phase === 'running') await live(api, { at: nowSeconds(), change: wanted }, true);
      }),
    undo: () =>
      inTurn(async (api) => {
        if (await api.undo()) change({ steps: state.get().steps.slice(0, -1), answer: null });
      }),
    load: start,
    restart: () => start(state.get().opened, state.get().steps),
    setPlaying: (playing) => change({ playing }),
    setSpeed: (speed) => change({ speed }),
  };
}
