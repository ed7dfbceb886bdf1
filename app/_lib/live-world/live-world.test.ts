import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok, seconds, type TimeUs } from '@/engine/kernel';
import { answerWhatIf, applyChange, startRun } from '@/engine/scenario';
import { advanceWorld, forkWorld, takeFrames, type World } from '@/engine/twin';
import { demo } from '@/scenarios/demo';
import { doubleTheTraffic, killANode } from '../what-if/first-questions';
import { createLiveWorld, type OpenPort } from './live-world';
import { frameAt, secondsOf, type OpenedWorld } from './live-world-state';

const opened: OpenedWorld = { spec: { ...demo, warmUpSeconds: 5 }, name: 'demo world', warmSeconds: 12, fit: null };

/** The engine behind the same port that the worker offers, without the thread. */
const enginePort: OpenPort = () => {
  let world: World | null = null;
  const undoStack: World[] = [];
  const there = () => {
    if (world === null) throw new Error('no world is open');
    return world;
  };
  return {
    api: {
      open: async (spec, warmSeconds) => {
        world = startRun(spec).world;
        advanceWorld(world, seconds(warmSeconds));
        return ok(takeFrames(world));
      },
      advance: async (more) => {
        advanceWorld(there(), (there().nowUs + seconds(more)) as TimeUs);
        return takeFrames(there());
      },
      apply: async (change) => {
        undoStack.push(forkWorld(there()));
        return applyChange(there(), change);
      },
      undo: async () => {
        const before = undoStack.pop();
        if (before === undefined) return false;
        advanceWorld(before, there().nowUs);
        takeFrames(before);
        world = before;
        return true;
      },
      whatIf: async (change) => answerWhatIf(there(), change, { horizonSeconds: 10, seeds: [1, 2] }),
    },
    close: () => undefined,
  };
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function running(steps: Parameters<ReturnType<typeof createLiveWorld>['enter']>[0] = []) {
  const world = createLiveWorld(opened, enginePort);
  const leave = world.enter(steps);
  await vi.advanceTimersByTimeAsync(1);
  return { world, leave, state: () => world.state.get() };
}
const lastSecond = (state: ReturnType<Awaited<ReturnType<typeof running>>['state']>) => secondsOf(state.frames.at(-1)!);

test('a world is running at once, without the seconds of its empty start', async () => {
  const { state, leave } = await running();
  expect(state().phase).toBe('running');
  expect(secondsOf(state().frames[0]!)).toBe(6);
  expect(lastSecond(state())).toBe(12);
  leave();
});

test('it advances by its speed while it is looked at, and stands still when paused or left', async () => {
  const { world, state, leave } = await running();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(lastSecond(state())).toBe(20);
  world.setPlaying(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(lastSecond(state())).toBe(20);
  world.setPlaying(true);
  leave();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(lastSecond(state())).toBe(20);
});

test('a question is answered on a fork, then lived, and can be taken back', async () => {
  const { world, state, leave } = await running();
  const change = killANode(demo.system, state().frames.at(-1)!);
  if (typeof change === 'string') throw new Error(change);
  await world.ask(change);
  expect(state().answer?.whatIf.sentence).toContain(change.title);
  expect(state().steps).toEqual([{ at: 12, change }]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(state().frames.at(-1)!.nodes.some((node) => !node.up)).toBe(true);
  expect(state().answer!.whatIf.baseline.at(-1)!.nodes.every((node) => node.up)).toBe(true);
  await world.undo();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(state().frames.at(-1)!.nodes.every((node) => node.up)).toBe(true);
  expect(state().steps).toEqual([]);
  leave();
});

test('the steps of a link give the same answer and the same world', async () => {
  const first = await running();
  await first.world.ask(doubleTheTraffic(demo.system));
  const second = await running(first.state().steps);
  expect(second.state().answer?.whatIf.sentence).toBe(first.state().answer?.whatIf.sentence);
  first.leave();
  second.leave();
});

test('a worker that breaks ends in words and a next step, and the world can be started again', async () => {
  let healthy = false;
  const port: OpenPort = (onBroken) => (healthy ? enginePort(onBroken) : { ...enginePort(onBroken), api: { ...enginePort(onBroken).api, open: () => Promise.reject(new Error('out of memory')) } });
  const world = createLiveWorld(opened, port);
  const leave = world.enter([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(world.state.get()).toMatchObject({ phase: 'failed', problem: { why: 'out of memory' } });
  healthy = true;
  await world.restart();
  expect(world.state.get().phase).toBe('running');
  leave();
});

test('another world opens although the one before it still owes an answer', async () => {
  const world = createLiveWorld(opened, (onBroken) => ({ ...enginePort(onBroken), api: { ...enginePort(onBroken).api, inspectRouter: () => new Promise(() => undefined) } }));
  const leave = world.enter([]);
  await vi.advanceTimersByTimeAsync(1);
  void world.look((looks) => looks.inspectRouter?.('gate-a', null));
  await vi.advanceTimersByTimeAsync(1);
  await world.load({ ...opened, name: 'another' }, []);
  expect(world.state.get()).toMatchObject({ phase: 'running', opened: { name: 'another' } });
  leave();
});

test('the frame at a time is the last one that had ended by then', async () => {
  const { state, leave } = await running();
  expect(secondsOf(frameAt(state().frames, 9.4)!)).toBe(9);
  expect(frameAt(state().frames, 3)).toBeNull();
  leave();
});
