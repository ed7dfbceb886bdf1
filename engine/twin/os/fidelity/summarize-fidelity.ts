/** Per experiment: how many values hold, how large the median error is, and how large the textbook's on the same values. */
import type { ComparedValue, ValueKind } from './measured-value';
import { VALUE_KINDS } from './measured-value';

export type KindFidelity = {
  readonly kind: ValueKind;
  readonly values: number;
  readonly within: number;
  /** Within the tolerance alone, without the repeats' spread. */
  readonly withinTolerance: number;
  /** Cores for CPU, otherwise relative to what was measured. */
  readonly medianError: number;
  /** Both on the values that the textbook predicts; NaN without any. */
  readonly comparable: number;
  readonly twinError: number;
  readonly textbookError: number;
};

/** Records of one kind; their median errors stand as those of the experiment do. */
export type PartFidelity = { readonly part: string; readonly values: number; readonly within: number; readonly ratio: number };

export type ExperimentFidelity = {
  readonly experiment: string;
  readonly values: number;
  readonly within: number;
  readonly withinTolerance: number;
  /** Median errors in units of each value's tolerance, so that cores and milliseconds can stand together. */
  readonly twinError: number;
  readonly textbookError: number;
  /** Twin's over textbook's; NaN where the textbook says nothing. */
  readonly ratio: number;
  /** The same with errors relative to what was measured. */
  readonly relativeRatio: number;
  readonly parts: readonly PartFidelity[];
  readonly kinds: readonly KindFidelity[];
};

export const WITHIN_BAR = 0.9;
export const RATIO_BAR = 0.8;

export function summarizeFidelity(experiment: string, values: readonly ComparedValue[]): ExperimentFidelity {
  const { twinError, textbookError, ratio } = errorsOf(values, ({ tolerance }) => tolerance);
  const relative = errorsOf(values, ({ measured }) => Math.abs(measured));
  const names = [...new Set(values.flatMap(({ part }) => part ?? []))].sort((a, b) => (a < b ? -1 : 1));
  const parts = names.map((part) => partFidelity(part, values.filter((value) => value.part === part)));
  const kinds = VALUE_KINDS.map((kind) => kindFidelity(kind, values.filter((value) => value.kind === kind))).filter((kind) => kind.values > 0);
  return { experiment, ...countsOf(values), twinError, textbookError, ratio, relativeRatio: relative.ratio, parts, kinds };
}

/** Median errors on the values that the textbook predicts, in units of `unitOf`. */
function errorsOf(values: readonly ComparedValue[], unitOf: (value: ComparedValue) => number) {
  const both = values.filter((value) => value.textbook !== undefined && unitOf(value) > 0);
  const twinError = median(both.map((value) => Math.abs(value.twin - value.measured) / unitOf(value)));
  const textbookError = median(both.map((value) => Math.abs(value.textbook! - value.measured) / unitOf(value)));
  return { twinError, textbookError, ratio: twinError === 0 ? 0 : twinError / textbookError };
}

function partFidelity(part: string, values: readonly ComparedValue[]): PartFidelity {
  const { within } = countsOf(values);
  return { part, values: values.length, within, ratio: errorsOf(values, ({ tolerance }) => tolerance).ratio };
}

/**
 * Where the floor is stated for each kind of record by itself, every kind must hold: errors of the kinds differ by a
 * factor of thirty, and a median over all of them would be a quantile in the tail of one.
 */
export const isExperimentMet = ({ values, within, ratio, parts }: ExperimentFidelity) => within >= WITHIN_BAR * values && (parts.length === 0 ? !(ratio > RATIO_BAR) : parts.every((part) => !(part.ratio > RATIO_BAR)));

const countsOf = (values: readonly ComparedValue[]) => ({
  values: values.length,
  within: values.filter(({ within }) => within).length,
  withinTolerance: values.filter(({ twin, measured, tolerance }) => Math.abs(twin - measured) <= tolerance).length,
});

function kindFidelity(kind: ValueKind, values: readonly ComparedValue[]): KindFidelity {
  const both = values.filter(({ textbook }) => textbook !== undefined);
  return {
    kind, ...countsOf(values), comparable: both.length,
    medianError: median(values.map((value) => errorOf(value, value.twin))),
    twinError: median(both.map((value) => errorOf(value, value.twin))),
    textbookError: median(both.map((value) => errorOf(value, value.textbook!))),
  };
}

function errorOf({ kind, measured }: ComparedValue, predicted: number): number {
  const error = Math.abs(predicted - measured);
  return kind === 'cpu' || kind === 'oom' || error === 0 ? error : error / Math.abs(measured);
}

function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
