/**
 * The same engine, provably: for equal input the decisions are equal in simulation, in replay, in dry-run and
 * live. Simulation and replay drive `runLoop` at once; dry-run and live talk to the thread that the server
 * uses, over its wire. What the answer to a plan is (nobody approved, or it was carried out) is input too.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seconds, type TimeUs } from '@/engine/kernel';
import { approvePlan, driveLoop, DEFAULT_POLICY, replayAdapter, startLoop, worldAdapter, type ApprovedPlan, type Fingerprint, type LoopAdapter, type LoopConfig, type StepOutcome } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, compileWorld, scheduleFault, takeFrames } from '@/engine/twin';
import { shop } from '@/scenarios';
import { openLoop, type LoopThread } from './open-loop';

const system = { ...shop, mesh: undefined, loads: [{ service: 'frontend', arrivals: 'poisson' as const, profile: { kind: 'constant' as const, rps: 90 } }] };
const policy = { ...DEFAULT_POLICY, warmSeconds: 8, windowSeconds: 12, settleSeconds: 4, verifySeconds: 10, rehearsalSeeds: 3, objectives: [{ service: 'frontend', latencyP95MsMax: 150, errorShareMax: 0.01 }] };
const config: LoopConfig = { system, policy, target: { connector: 'fleet', name: 'shop' }, seed: 4, engineVersion: 'test', calibrationError: 0.1, windowErrors: {} };
const TURNS = 9;

type Turn = { readonly frames: Frame[]; readonly fingerprints: readonly Fingerprint[]; readonly executed: { readonly plan: ApprovedPlan; readonly outcomes: StepOutcome[] } | null; readonly hash: string };

/** A simulated world whose load doubles; every plan is carried out in it, or none. */
function simulate(execute: boolean): Turn[] {
  const world = compileWorld(system, 3);
  scheduleFault(world, { kind: 'load-factor', service: 'frontend', factor: 2.4, atSeconds: 25 });
  const real = worldAdapter(world, policy, execute);
  let state = startLoop();
  return Array.from({ length: TURNS }, () => {
    advanceWorld(world, (world.nowUs + seconds(policy.everySeconds)) as TimeUs);
    const frames = takeFrames(world);
    const fingerprints = real.fingerprints();
    let plan: ApprovedPlan | null = null;
    const adapter: LoopAdapter = { ...real, approve: (asked) => (plan = real.approve(asked)) };
    const turn = driveLoop(state, frames, config, adapter);
    state = turn.state;
    return { frames, fingerprints, executed: plan === null ? null : { plan, outcomes: [...turn.executed] }, hash: turn.decision.decisionHash };
  });
}

const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function replay(turns: readonly Turn[]): string[] {
  let latest: Frame | undefined;
  let state = startLoop();
  return turns.map((turn) => {
    const frames = overTheWire(turn.frames);
    latest = frames.at(-1);
    const driven = driveLoop(state, frames, config, replayAdapter(() => latest));
    state = driven.state;
    return driven.decision.decisionHash;
  });
}

describe('equal input gives equal decisions', () => {
  let threads: LoopThread[] = [];
  beforeAll(() => {
    threads = [openLoop(), openLoop(), openLoop()];
  });
  afterAll(() => Promise.all(threads.map((thread) => thread.stop())));

  /** As the server does it: a turn, then what became of the plan. */
  async function serve(thread: LoopThread, turns: readonly Turn[]): Promise<string[]> {
    await thread.api.configure(config);
    const hashes: string[] = [];
    for (const turn of turns) {
      const answer = await thread.api.turn(turn.frames, turn.fingerprints);
      hashes.push(answer!.decision.decisionHash);
      if (answer!.proposed === null) continue;
      if (turn.executed === null) await thread.api.settled(answer!.proposed.planId);
      else await thread.api.executed(turn.executed.plan, turn.executed.outcomes);
    }
    return hashes;
  }

  test('in simulation, replay, dry-run and live, when nothing is carried out', async () => {
    const simulated = simulate(false);
    const expected = simulated.map((turn) => turn.hash);
    expect(new Set(expected).size).toBe(TURNS);
    expect(replay(simulated)).toEqual(expected);
    const [dryRun, live] = await Promise.all([serve(threads[0]!, overTheWire(simulated)), serve(threads[1]!, simulated)]);
    expect(dryRun).toEqual(expected);
    expect(live).toEqual(expected);
  });

  test('in simulation and live, when plans are approved and carried out', async () => {
    const simulated = simulate(true);
    expect(simulated.some((turn) => turn.executed !== null)).toBe(true);
    expect(await serve(threads[2]!, simulated)).toEqual(simulated.map((turn) => turn.hash));
  });

  test('and an approval of another plan changes nothing', () => {
    const plan = simulate(true).find((turn) => turn.executed !== null)!.executed!.plan;
    expect(approvePlan({ stage: 'rehearsed', planId: 'f'.repeat(64), body: plan.body }, { name: 'anna', kind: 'person' }, policy, plan.body.createdAtUs)).toMatchObject({ ok: false, error: { code: 'digest-mismatch' } });
  });
});
