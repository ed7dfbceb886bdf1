import { describe, expect, test } from 'vitest';
import { driveLoop, replayAdapter, runLoop, startLoop, worldAdapter, type Decision, type LoopAdapter, type ScoredPlan } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import { nextFrames, risingWorld, testConfig, testPolicy } from './testing/small-shop';

/** Turns of ten seconds over a simulated world. */
function simulate(seed: number, turns: number, autoApprove: boolean) {
  const world = risingWorld(seed);
  const adapter = worldAdapter(world, testPolicy, autoApprove);
  let state = startLoop();
  const [decisions, scored, batches]: [Decision[], ScoredPlan[], Frame[][]] = [[], [], []];
  for (let i = 0; i < turns; i += 1) {
    const frames = nextFrames(world, 10);
    batches.push(frames);
    const turn = driveLoop(state, frames, testConfig, adapter);
    state = turn.state;
    decisions.push(turn.decision);
    scored.push(...turn.scored);
  }
  return { state, decisions, scored, batches, world };
}

describe('the loop', () => {
  test('sees a rising load, scales out what is saturated, and keeps the promise it made', () => {
    const { decisions, scored, world } = simulate(1, 16, true);
    const chosen = decisions.find((d) => d.chosen !== null)!.chosen!;
    expect(chosen.body.steps[0]!.command).toMatchObject({ kind: 'set-replicas', service: 'back' });
    expect(chosen.body.evidence.rejected.length).toBeGreaterThan(1);
    for (const { because } of chosen.body.evidence.rejected) expect(because).not.toBe('');
    const back = world.infra.services.find((s) => s.name === 'back')!;
    expect(back.wantedReplicas).toBeGreaterThan(1);
    const latency = scored[0]!.scores.find((s) => s.prediction.metric === 'latencyP95Ms' && s.prediction.subject === 'front')!;
    expect(latency.verdict).toBe('improved');
    expect(latency.inside).toBe(true);
  });

  test('gives the same decisions for the same input, turn by turn', () => {
    const [a, b] = [simulate(3, 12, true), simulate(3, 12, true)];
    expect(b.decisions.map((d) => d.decisionHash)).toEqual(a.decisions.map((d) => d.decisionHash));
    expect(b.state.decisionsHash).toBe(a.state.decisionsHash);
  });

  test('decides in a replay of the frames exactly as it decided in the simulation that made them', () => {
    const simulated = simulate(4, 12, false);
    let latest: Frame | undefined;
    const adapter = replayAdapter(() => latest);
    let state = startLoop();
    const hashes = simulated.batches.map((frames) => {
      const wire = JSON.parse(JSON.stringify(frames)) as Frame[]; // as a file or a socket would bring them
      latest = wire.at(-1);
      const turn = driveLoop(state, wire, testConfig, adapter);
      state = turn.state;
      return turn.decision.decisionHash;
    });
    expect(hashes).toEqual(simulated.decisions.map((d) => d.decisionHash));
    expect(state.decisionsHash).toBe(simulated.state.decisionsHash);
  });

  test('asks for nothing while a plan waits, is executed or verified', () => {
    const world = risingWorld(2);
    let state = startLoop();
    let asked = 0;
    for (let i = 0; i < 12; i += 1) {
      const turn = runLoop(state, { kind: 'frames', frames: nextFrames(world, 10), fingerprints: worldAdapter(world, testPolicy, false).fingerprints() }, testConfig);
      state = turn.state;
      asked += turn.requests.filter((r) => r.kind === 'ask-approval').length;
    }
    expect(asked).toBe(1);
    expect(state.proposed).not.toBeNull();
  });

  test('stops when the target changed after the approval, and says what changed', () => {
    const { decisions } = simulate(1, 8, false);
    const plan = decisions.find((d) => d.chosen !== null)!.chosen!;
    const world = risingWorld(1);
    nextFrames(world, 40);
    const adapter = worldAdapter(world, testPolicy, true);
    const approved = adapter.approve(plan)!;
    const state = { ...startLoop(), proposed: plan };
    const elsewhere = [{ object: 'service/back', version: 'replicas 5, quota 900' }];
    const turn = runLoop(state, { kind: 'approved', plan: approved, fingerprints: elsewhere, nowUs: world.nowUs }, testConfig);
    expect(turn.requests).toMatchObject([{ kind: 'execute', next: { kind: 'stale', changed: [{ object: 'service/back', expected: 'replicas 1, quota 900', found: 'replicas 5, quota 900' }] } }]);
    expect(turn.state.executing).toBeNull();
  });

  test('hands an unknown outcome to a human instead of trying again', () => {
    const { decisions } = simulate(1, 8, false);
    const plan = decisions.find((d) => d.chosen !== null)!.chosen!;
    const world = risingWorld(1);
    nextFrames(world, 40);
    const real = worldAdapter(world, testPolicy, true);
    const approved = real.approve(plan)!;
    const fingerprints = plan.body.fingerprints;
    const sent = runLoop({ ...startLoop(), proposed: plan }, { kind: 'approved', plan: approved, fingerprints, nowUs: world.nowUs }, testConfig);
    const lost = runLoop(sent.state, { kind: 'outcome', outcome: { index: 0, result: 'unknown', detail: 'connection reset', atUs: world.nowUs }, fingerprints }, testConfig);
    expect(lost.requests).toMatchObject([{ kind: 'execute', next: { kind: 'needs-human' } }]);
  });

  test('finds missing data instead of deciding on zeros', () => {
    const blind: LoopAdapter = replayAdapter(() => undefined);
    const frames = nextFrames(risingWorld(1), 10).map((frame) => ({ ...frame, services: frame.services.map((s) => ({ ...s, offeredRps: null, servedRps: null, errorRps: null, cpuCores: null, latencyMeanUs: null, latencyP50Us: null, latencyP95Us: null, latencyP99Us: null })) }));
    const { decision } = driveLoop(startLoop(), frames, testConfig, blind);
    expect(new Set(decision.findings.map((f) => f.kind))).toEqual(new Set(['no-data']));
    expect(decision.chosen).toBeNull();
  });
});
