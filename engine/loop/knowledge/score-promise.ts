/**
 * Score the promise: what was measured over the verify window against the band that was approved and
 * against what doing nothing was predicted to bring. No data is inconclusive, never a failure.
 */
import type { TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import { framesWithin, secondsOf } from '../observe/frame-seconds';
import type { ExecutedPlan, Prediction, PromiseScore, ScoredPlan, Verdict } from '../plan/plan';
import { measureMetric } from './measure';

/** Share of the verify window that must have been measured. */
const MEASURED_SHARE_MIN = 0.5;

export type VerifyWindow = { readonly fromUs: TimeUs; readonly untilUs: TimeUs };

export function verifyWindow(plan: ExecutedPlan): VerifyWindow {
  const fromUs = plan.executedAtUs + plan.body.settleSeconds * 1_000_000;
  return { fromUs: fromUs as TimeUs, untilUs: (fromUs + plan.body.verifySeconds * 1_000_000) as TimeUs };
}

export function scorePromise(plan: ExecutedPlan, frames: readonly Frame[], system: SystemSpec, nowUs: TimeUs): ScoredPlan {
  const { fromUs, untilUs } = verifyWindow(plan);
  const window = framesWithin(frames, fromUs, untilUs);
  const enough = secondsOf(window) >= plan.body.verifySeconds * MEASURED_SHARE_MIN && plan.outcomes.every((outcome) => outcome.result !== 'recorded');
  const scores = plan.body.predicted.map((prediction): PromiseScore => {
    const doNothing = plan.body.doNothing.find((p) => p.metric === prediction.metric && p.subject === prediction.subject) ?? null;
    const measured = enough ? measureMetric(prediction.metric, prediction.subject, window, system) : null;
    if (measured === null) return { prediction, doNothing, measured: null, inside: null, verdict: 'inconclusive' };
    return { prediction, doNothing, measured, inside: measured >= prediction.lower && measured <= prediction.upper, verdict: verdictOf(measured, doNothing) };
  });
  return { ...plan, stage: 'scored', scores, scoredAtUs: nowUs };
}

/** Every promised metric is better when smaller. Inside the do-nothing band there was no effect to be seen. */
function verdictOf(measured: number, doNothing: Prediction | null): Verdict {
  if (doNothing === null) return 'inconclusive';
  if (measured < doNothing.lower) return 'improved';
  return measured > doNothing.upper ? 'worse' : 'no-effect';
}
