/**
 * Decision turns: the frames of the last seconds go to the loop's thread with the fingerprints of now, and a
 * plan that comes back is put into the inbox. What the gateway does with plans is told to the loop, so that
 * it does not propose while one is carried out or verified.
 */
import { FRAMES_MAX, type Fingerprint, type LoopConfig } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import type { LoopThread } from '@/workers/loop/open-loop';
import { reasonOf } from '../database/database';
import type { Actor } from '../gateway/actor';
import { storeRehearsed } from '../gateway/plan/rehearse-plan';
import type { PlanState } from '../gateway/plan-state';
import type { GatewayEvent, GatewayPorts } from '../gateway/ports';
import { executedPlan, knowledgeSoFar } from '../gateway/verification/executed-plan';
import { summarizeDecision, type DecisionSummary } from './decision-summary';
import type { Hub } from './hub';
import type { LiveFrames } from './scrape/live-frames';

export const LOOP: Actor = { id: 'decision loop', kind: 'engine' };
const DECISIONS_KEPT = 200;
const AT_WORK: readonly PlanState[] = ['armed', 'executing', 'undoing', 'needs-human'];
const OVER: readonly PlanState[] = ['done', 'aborted', 'undone', 'stale', 'expired', 'rejected'];

export type LoopTurns = {
  /** Frames wait until there is a twin to decide with. */
  onFrame(frame: Frame, config: LoopConfig | null): void;
  onGatewayEvent(event: GatewayEvent): void;
  recent(): readonly DecisionSummary[];
  problem(): string | null;
};

export type LoopTurnParts = { readonly ports: GatewayPorts; readonly hub: Hub; readonly api: LoopThread['api']; readonly source: LiveFrames };

export function loopTurns({ ports, hub, api, source }: LoopTurnParts): LoopTurns {
  let pending: Frame[] = [];
  let runId: string | null = null;
  let lastTurnUs = 0;
  let problem: string | null = null;
  let busy = false;
  const atWork = new Set<string>();
  const decisions: DecisionSummary[] = [];

  async function turn() {
    const reader = await ports.connectors.reader('fleet');
    const observed = reader.ok ? await reader.value.observer.observe() : null;
    if (observed?.ok !== true) return;
    const fingerprints: Fingerprint[] = observed.value.objects.map(({ object, version }) => ({ object, version }));
    const frames = pending;
    pending = [];
    const answer = await api.turn(frames, fingerprints);
    if (answer === null) return;
    const decision = summarizeDecision(answer.decision);
    decisions.push(decision);
    if (decisions.length > DECISIONS_KEPT) decisions.shift();
    hub.publish({ kind: 'decision', decision });
    if (answer.proposed !== null) await storeRehearsed(ports, answer.proposed.body, LOOP);
  }

  async function tellExecuted(id: string) {
    const executed = await executedPlan(ports.db, id);
    if (executed !== null) await api.executed({ ...executed, stage: 'approved' }, executed.outcomes);
  }

  /** One thing at a time on the loop's thread; a problem is kept for the health page and does not stop the next turn. */
  let queue: Promise<void> = Promise.resolve();
  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(work).then(() => void (problem = null), (error: unknown) => void (problem = `loop: ${reasonOf(error)}`));
    return queue;
  };
  void enqueue(async () => api.teach(await knowledgeSoFar(ports.db)));

  return {
    onFrame(frame, config) {
      if (source.runId() !== runId) pending = [];
      runId = source.runId();
      pending = [...pending, frame].slice(-FRAMES_MAX);
      if (config === null || busy || atWork.size > 0 || frame.atUs - lastTurnUs < config.policy.everySeconds * 1_000_000) return;
      busy = true;
      lastTurnUs = frame.atUs;
      void enqueue(turn).finally(() => (busy = false));
    },
    onGatewayEvent(event) {
      if (event.kind !== 'plan') return;
      const { id, planId, state } = event.plan;
      if (AT_WORK.includes(state)) atWork.add(id);
      else atWork.delete(id);
      if (state === 'verifying') void enqueue(() => tellExecuted(id));
      if (OVER.includes(state)) void enqueue(() => api.settled(planId));
      if (state === 'done') void enqueue(async () => api.teach(await knowledgeSoFar(ports.db)));
    },
    recent: () => decisions,
    problem: () => problem,
  };
}
