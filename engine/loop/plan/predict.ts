/**
 * From rehearsed values to a promise: the interval in which the *next* value should fall. The spread of
 * the seeds is one part; what the twin gets wrong (its calibration error, or what past promises of this
 * metric showed) is the other, and they add as independent errors do.
 */
import { predictionInterval } from '@/engine/kernel';
import type { Prediction, PromiseMetric } from './plan';
import type { Rehearsal, Subject } from './rehearse';

/** Relative model error per metric, as one standard deviation. */
export type ModelError = (metric: PromiseMetric) => number;

/** Only the subjects that the plan promises; one that fewer than two rehearsals measured is left out. */
export function predict(rehearsal: Rehearsal, promised: (subject: Subject) => boolean, level: number, modelError: ModelError): Prediction[] {
  return rehearsal.subjects.flatMap((subject, i) => (promised(subject) ? (predictOne(subject, rehearsal.values[i]!, level, modelError) ?? []) : []));
}

function predictOne({ metric, subject, unit }: Subject, values: readonly (number | null)[], level: number, modelError: ModelError): Prediction | null {
  const known = values.flatMap((value) => value ?? []);
  if (known.length < 2) return null;
  const { mean, lower, upper } = predictionInterval(known, level);
  const model = modelError(metric) * Math.abs(mean) * NORMAL_90;
  const widen = (half: number) => Math.sqrt(half * half + model * model);
  const floor = metric === 'errorShare' || metric === 'downShare' ? ERROR_SHARE_GRAIN : 0;
  return { metric, subject, unit, mean, lower: Math.max(0, mean - widen(mean - lower)), upper: mean + widen(upper - mean) + floor, level, runs: known.length };
}

const NORMAL_90 = 1.645; // standard deviations on each side of a 90 % interval
/** One failed request in a window of two hundred is no broken promise. */
const ERROR_SHARE_GRAIN = 0.005;
