/**
 * The decision loop on a thread of its own, so that rehearsals never hold the server's event loop. A shell
 * around `runLoop`: it keeps the state and passes on what happened.
 */
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/umd/node-adapter.js';
import { parentPort } from 'node:worker_threads';
import { err } from '@/engine/kernel';
import { rehearseDraft, runLoop, startLoop, type Fingerprint, type LoopConfig, type LoopInput } from '@/engine/loop';
import { calibrate } from '@/engine/twin';
import type { LoopApi } from './loop-api';

let state = startLoop();
let config: LoopConfig | null = null;

function take(input: LoopInput) {
  if (config === null) return null;
  const turn = runLoop(state, input, config);
  state = turn.state;
  return turn;
}

const api: LoopApi = {
  calibrate: async (frames, hints, faults) => calibrate({ frames, hints, faults }),
  async configure(next) {
    config = next;
  },
  async teach(knowledge) {
    state = { ...state, knowledge };
  },
  async turn(frames, fingerprints) {
    const turn = take({ kind: 'frames', frames, fingerprints });
    return turn === null || turn.decision === null ? null : { decision: turn.decision, proposed: turn.decision.chosen, decisionsHash: state.decisionsHash };
  },
  async executed(plan, outcomes) {
    const versions = new Map(plan.body.fingerprints.map(({ object, version }) => [object, version]));
    const fingerprints = (): Fingerprint[] => [...versions].map(([object, version]) => ({ object, version }));
    state = { ...state, proposed: { stage: 'rehearsed', planId: plan.planId, body: plan.body } };
    take({ kind: 'approved', plan, fingerprints: fingerprints(), nowUs: plan.approval.approvedAtUs });
    for (const outcome of outcomes) {
      const step = plan.body.steps[outcome.index];
      if (step !== undefined && 'version' in outcome && outcome.version !== null) versions.set(step.precondition.object, outcome.version);
      take({ kind: 'outcome', outcome, fingerprints: fingerprints() });
    }
  },
  async settled(planId) {
    take({ kind: 'withdrawn', planId });
    if (state.executing?.plan.planId === planId) state = { ...state, executing: null };
    if (state.verifying?.planId === planId) state = { ...state, verifying: null };
  },
  rehearse: async (draft, frames) =>
    config === null ? err('the twin is not calibrated yet: it needs a minute of live telemetry') : rehearseDraft(draft, { frames, knowledge: state.knowledge }, config),
};

if (parentPort === null) throw new Error('the loop runs in a worker thread');
expose(api, nodeEndpoint(parentPort));
