/**
 * When does it first go wrong? Kaplan–Meier over runs: a run that ended well, or was stopped, still says
 * that it lasted so long. Hazard is the chance to fail in a step given survival until its start.
 */
import { invariant } from '@/engine/kernel';

/** One run: how long it was watched, and when its first objective was missed, if it was. */
export type Lifetime = { readonly watchedSeconds: number; readonly failedAtSeconds: number | null };
export type SurvivalStep = { readonly fromSeconds: number; readonly toSeconds: number; readonly atRisk: number; readonly failed: number; /** Chance to fail in this step. */ readonly hazard: number; /** Chance to have survived until its end. */ readonly survival: number };

export function survivalCurve(lifetimes: readonly Lifetime[], stepSeconds: number): SurvivalStep[] {
  invariant(stepSeconds > 0, 'a step has a length');
  const ends = lifetimes.map(({ watchedSeconds, failedAtSeconds }) => failedAtSeconds ?? watchedSeconds);
  const last = ends.reduce((latest, end) => Math.max(latest, end), 0);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  for (let from = 0; from <= last; from += stepSeconds) {
    const to = from + stepSeconds;
    const failed = lifetimes.filter(({ failedAtSeconds }) => failedAtSeconds !== null && failedAtSeconds >= from && failedAtSeconds < to).length;
    const lasted = ends.filter((end) => end >= to).length; // a run watched for a part of the step says nothing about it
    const atRisk = failed + lasted;
    if (atRisk === 0) break;
    const hazard = failed / atRisk;
    survival *= 1 - hazard;
    steps.push({ fromSeconds: from, toSeconds: to, atRisk, failed, hazard, survival });
  }
  return steps;
}
