/**
 * Knowledge: what past promises teach. Their relative errors widen or narrow the next bands; an action
 * that twice had no effect raises an alarm instead of a third try.
 */
import type { CommandKind } from '@/engine/twin';
import type { PromiseMetric, ScoredPlan } from '../plan/plan';

export type Lesson = { readonly metric: PromiseMetric; readonly relativeError: number; readonly inside: boolean };
export type Attempt = { readonly service: string; readonly action: CommandKind; readonly effective: boolean };
export type Knowledge = { readonly lessons: readonly Lesson[]; readonly attempts: readonly Attempt[] };

export const NO_KNOWLEDGE: Knowledge = { lessons: [], attempts: [] };
const LESSONS_MAX = 500;
/** Relative model error believed before anything is known, and its weight in lessons. */
const PRIOR = { error: 0.15, weight: 3 };

export function learn(knowledge: Knowledge, plan: ScoredPlan): Knowledge {
  const lessons = plan.scores.flatMap(({ prediction, measured, inside }): Lesson[] =>
    measured === null || inside === null || prediction.mean === 0 ? [] : [{ metric: prediction.metric, relativeError: (measured - prediction.mean) / prediction.mean, inside }],
  );
  const judged = plan.scores.filter((score) => score.verdict !== 'inconclusive');
  const attempts = plan.body.steps.flatMap(({ command }): Attempt[] =>
    judged.length === 0 || !('service' in command) ? [] : [{ service: command.service, action: command.kind, effective: judged.some((score) => score.verdict === 'improved') }],
  );
  return { lessons: [...knowledge.lessons, ...lessons].slice(-LESSONS_MAX), attempts: [...knowledge.attempts, ...attempts].slice(-LESSONS_MAX) };
}

/** Standard deviation of the relative error of a metric's promises, shrunk towards the prior. */
export function modelErrorOf(knowledge: Knowledge, metric: PromiseMetric, calibrationError: number | null): number {
  const errors = knowledge.lessons.filter((lesson) => lesson.metric === metric).map((lesson) => lesson.relativeError);
  const prior = calibrationError ?? PRIOR.error;
  const squares = errors.reduce((sum, e) => sum + e * e, 0) + PRIOR.weight * prior * prior;
  return Math.sqrt(squares / (errors.length + PRIOR.weight));
}

/** True when the last two attempts of this action on this service changed nothing. */
export function isIneffective(knowledge: Knowledge, service: string, action: CommandKind): boolean {
  const last = knowledge.attempts.filter((attempt) => attempt.service === service && attempt.action === action).slice(-2);
  return last.length === 2 && last.every((attempt) => !attempt.effective);
}
