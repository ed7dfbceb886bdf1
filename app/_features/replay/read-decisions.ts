/** Decisions in words and in recorded seconds. */
import type { Decision } from '@/engine/loop';
import type { Frame } from '@/engine/telemetry';
import type { ReplaySummary } from '@/app/_lib/recording/open-replay';

/** Seconds since the first frame. */
export const secondsAt = (decision: Decision, frames: readonly Frame[]) => Math.round((decision.atUs - (frames[0]?.atUs ?? 0)) / 1e6);

/** From the beginning of the first frame's window to the end of the last one's. */
export const lengthSeconds = (frames: readonly Frame[]) => (frames.length === 0 ? 0 : Math.max(1, Math.round((frames.at(-1)!.atUs - frames[0]!.atUs + frames[0]!.windowUs) / 1e6)));

export function summarySentence(decisions: readonly Decision[], summary: ReplaySummary): string {
  const plans = decisions.filter((decision) => decision.chosen !== null);
  if (summary.alarms.length === 0 && plans.length === 0) return `${summary.turns} turns, nothing to page anybody for, no change worth making.`;
  const first = plans[0]?.chosen?.body.title;
  const alarms = `${summary.alarms.length} ${summary.alarms.length === 1 ? 'alarm' : 'alarms'}`;
  return plans.length === 0 ? `${alarms} in ${summary.turns} turns; no change would have beaten doing nothing.` : `${alarms} and ${plans.length} ${plans.length === 1 ? 'plan' : 'plans'} in ${summary.turns} turns; the first would have been: ${first?.charAt(0).toLowerCase()}${first?.slice(1)}.`;
}

export type TurnTone = 'calm' | 'finding' | 'rehearsed' | 'plan';

export function toneOf(decision: Decision): TurnTone {
  if (decision.chosen !== null) return 'plan';
  if (decision.candidates.length > 0) return 'rehearsed';
  return decision.findings.some((finding) => finding.severity !== 'info') ? 'finding' : 'calm';
}
