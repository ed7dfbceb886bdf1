/**
 * Knowledge: what past promises teach. Their relative errors widen or narrow the next bands; an action
 * that twice had no effect raises an alarm instead of a third try.
 */
import { sampleQuantile } from '@/engine/kernel';
import { isHostOrder, objectOfHostOrder, type Calibration, type Command, type CommandKind } from '@/engine/twin';
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
  const attempts = plan.body.steps.flatMap(({ command }): Attempt[] => {
    const service = triedOn(command);
    return judged.length === 0 || service === null ? [] : [{ service, action: command.kind, effective: judged.some((score) => score.verdict === 'improved') }];
  });
  return { lessons: [...knowledge.lessons, ...lessons].slice(-LESSONS_MAX), attempts: [...knowledge.attempts, ...attempts].slice(-LESSONS_MAX) };
}

/** What an attempt is remembered by; null for commands that are not judged by what they were tried on. */
export const triedOn = (command: Command): string | null => ('service' in command ? command.service : isHostOrder(command) ? objectOfHostOrder(command) : null);

/** Relative error of one window of the twin per figure, as a standard deviation; a figure that is left out gets the prior. */
export type WindowErrors = Readonly<Partial<Record<PromiseMetric, number>>>;

const SIGNAL_OF: Readonly<Partial<Record<PromiseMetric, string>>> = { latencyP95Ms: 'latencyP95Ms', latencyMeanMs: 'latencyMeanMs', cpuCores: 'cpuCores' };
const NORMAL_90 = 1.645; // a normal error stays below 1.645 standard deviations in nine of ten cases

/** From calibration: the held-out windows' 90th percentile, in the middle of the services. */
export function windowErrorsOf({ errors }: Pick<Calibration, 'errors'>): WindowErrors {
  return Object.fromEntries(
    Object.entries(SIGNAL_OF).flatMap(([metric, signal]) => {
      const known = errors.flatMap((error) => (error.signal === signal ? (error.p90RelativeError ?? []) : []));
      return known.length === 0 ? [] : [[metric, sampleQuantile(known, 0.5) / NORMAL_90]];
    }),
  );
}

/** Standard deviation of the relative error of a metric's promises, shrunk towards what calibration found. */
export function modelErrorOf(knowledge: Knowledge, metric: PromiseMetric, windowErrors: WindowErrors): number {
  const errors = knowledge.lessons.filter((lesson) => lesson.metric === metric).map((lesson) => lesson.relativeError);
  const prior = windowErrors[metric] ?? PRIOR.error;
  const squares = errors.reduce((sum, e) => sum + e * e, 0) + PRIOR.weight * prior * prior;
  return Math.sqrt(squares / (errors.length + PRIOR.weight));
}

/** True when the last two attempts of this action on this service changed nothing. */
export function isIneffective(knowledge: Knowledge, service: string, action: CommandKind): boolean {
  const last = knowledge.attempts.filter((attempt) => attempt.service === service && attempt.action === action).slice(-2);
  return last.length === 2 && last.every((attempt) => !attempt.effective);
}
