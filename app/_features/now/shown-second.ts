/** Which seconds the page shows, and which frame, ghost and nodes belong to the second under the cursor. */
import { formatMs, formatRps } from '@/app/_lib/format/quantity';
import { frameAt, HORIZON_SECONDS, secondsOf, type LiveWorldState } from '@/app/_lib/live-world/live-world-state';
import type { Change } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';

const SHOWN_SECONDS = 150;
/** Room at the right of now, so that the line is seen to arrive. */
const LEAD_SECONDS = 10;

/** Seconds shown: the recent past and the horizon of an answer while it lasts; a cursor further back holds the window there. */
export function domainOf(now: number, { answer, frames }: LiveWorldState, cursor: number | null): readonly [number, number] {
  const first = frames[0] === undefined ? 0 : secondsOf(frames[0]);
  const ahead = answer === null ? 0 : answer.step.at + HORIZON_SECONDS;
  const latest = Math.max(now + LEAD_SECONDS, ahead, first + SHOWN_SECONDS);
  const from = Math.max(first, Math.min(latest - SHOWN_SECONDS, cursor ?? Infinity));
  return [from, from + SHOWN_SECONDS];
}

/** The second under the cursor: as it went, or beyond now as the change predicts it. */
export function shownFrame({ frames, answer }: LiveWorldState, at: number): Frame | null {
  const last = frames.at(-1);
  if (last !== undefined && at > secondsOf(last) && answer !== null) return frameAt(answer.whatIf.variant, at) ?? last;
  return frameAt(frames, at) ?? frames[0] ?? null;
}

export function centreLines(frame: Frame, p99Ms: number | null): readonly string[] {
  const client = frame.services.find((sample) => sample.service === 'client');
  return client === undefined ? [] : [formatRps(client.offeredRps), `p99 ${formatMs(p99Ms === null ? null : p99Ms * 1e3)}`];
}

/** Nodes that were taken off the bill and not brought back. */
export function removedNodes(changes: readonly Change[]): ReadonlySet<string> {
  const removed = new Set<string>();
  for (const command of changes.flatMap((change) => change.commands)) {
    if (command.kind === 'remove-node') removed.add(command.node);
    else if (command.kind === 'restore-node') removed.delete(command.node);
  }
  return removed;
}

/** The baseline at the same second; null once its horizon is over. */
export function ghostOf(baseline: readonly Frame[], at: number): Frame | null {
  const last = baseline.at(-1);
  return last === undefined || at > secondsOf(last) ? null : frameAt(baseline, at);
}
