/**
 * The live loop of the server, once a second: scrape → frame → verify what was promised; every few seconds a
 * decision turn on the loop's thread. What the loop proposes goes into the inbox like anybody's plan; it has
 * no way to a connector but through approval.
 */
import { err, type Result } from '@/engine/kernel';
import { FRAMES_MAX, type DraftPlan, type PlanBody } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import { openLoop } from '@/workers/loop/open-loop';
import type { FleetProcess } from '../fleet/fleet-process';
import { reasonOf } from '../database/database';
import type { Executor } from '../gateway/execution/executor';
import { expirePlans } from '../gateway/plan/expire-plans';
import type { GatewayEvent, GatewayPorts } from '../gateway/ports';
import { verifyPlans } from '../gateway/verification/verify-plans';
import type { DecisionSummary } from './decision-summary';
import type { Hub } from './hub';
import { liveTwin, type TwinStatus } from './live-twin';
import { loopTurns } from './loop-turns';
import { liveFrames } from './scrape/live-frames';

const TICK_MS = 1_000;
const HOUSEKEEPING_TICKS = 5;

export type Live = {
  frames(seconds: number): readonly Frame[];
  decisions(): readonly DecisionSummary[];
  twin(): TwinStatus;
  rehearse(draft: DraftPlan): Promise<Result<PlanBody, string>>;
  onGatewayEvent(event: GatewayEvent): void;
  health(): { readonly ok: boolean; readonly detail: string | null };
  stop(): Promise<void>;
};

export type LiveParts = { readonly ports: GatewayPorts; readonly executor: Executor; readonly fleet: FleetProcess; readonly hub: Hub; /** The health of the loop is another than a second ago. */ readonly onHealth: () => void };

export function startLive({ ports, executor, fleet, hub, onHealth }: LiveParts): Live {
  const thread = openLoop();
  const source = liveFrames();
  const twin = liveTwin(source, thread.api);
  const turns = loopTurns({ ports, hub, api: thread.api, source });
  let ticks = 0;
  let stopped = false;
  let problem: string | null = null;
  let threadProblem: string | null = null;
  let working: Promise<void> = Promise.resolve();
  void thread.failed.then((error) => (threadProblem = `the loop's thread ended: ${error.message}`));

  async function tick() {
    const [url, nowUs] = [fleet.url(), ports.clock.nowUs()];
    const frame = url === null ? null : await source.tick(url, nowUs);
    if (frame !== null) hub.publish({ kind: 'frame', frame });
    twin.tick(nowUs);
    await verifyPlans(ports, source.frames(), twin.config()?.system ?? null);
    if (frame !== null) turns.onFrame(frame, twin.config());
    if ((ticks += 1) % HOUSEKEEPING_TICKS === 0) {
      await expirePlans(ports);
      await executor.resume();
    }
  }

  const health = () => ({ ok: threadProblem === null, detail: threadProblem ?? problem ?? turns.problem() });
  let told = health().detail;
  function tellHealth() {
    if (health().detail === told) return;
    told = health().detail;
    onHealth();
  }

  function schedule(startedMs: number) {
    if (stopped) return;
    timer = setTimeout(() => {
      const beganMs = Date.now();
      working = tick()
        .then(() => void (problem = null))
        .catch((error: unknown) => void (problem = reasonOf(error)))
        .finally(() => {
          tellHealth();
          schedule(beganMs);
        });
    }, Math.max(0, startedMs + TICK_MS - Date.now()));
  }
  let timer: NodeJS.Timeout;
  schedule(Date.now());

  return {
    frames: (seconds) => source.frames().slice(-seconds),
    decisions: turns.recent,
    twin: twin.status,
    rehearse: (draft) => (draft.target.connector === 'fleet' ? thread.api.rehearse(draft, source.frames().slice(-FRAMES_MAX)) : Promise.resolve(err(`there is no twin of “${draft.target.connector}”`))),
    onGatewayEvent: turns.onGatewayEvent,
    health,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.race([working, new Promise((resolve) => setTimeout(resolve, 3_000).unref())]);
      await thread.stop();
    },
  };
}
