/**
 * Fills gaps for models that cannot hold one: from the same phase of neighbouring seasons where they were
 * observed, else on a straight line between the neighbours. Filled values serve fitting only; accuracy and
 * residuals are taken at observed steps.
 */
import type { History } from './forecaster';

/** A copy without NaN. The history must hold at least one observed value. */
export function fillGaps({ values, seasons }: History): Float64Array {
  const filled = values.slice();
  const season = seasons[0] ?? 0;
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isNaN(values[i]!)) continue;
    const before = season > 0 ? observedAt(values, i, -season) : NaN;
    const after = season > 0 ? observedAt(values, i, season) : NaN;
    filled[i] = Number.isNaN(before) ? after : Number.isNaN(after) ? before : (before + after) / 2;
  }
  interpolate(filled);
  return filled;
}

/** The nearest observed value at a multiple of `stride` from `i`; NaN when there is none. */
function observedAt(values: Float64Array, i: number, stride: number): number {
  for (let j = i + stride; j >= 0 && j < values.length; j += stride) if (!Number.isNaN(values[j]!)) return values[j]!;
  return NaN;
}

/** Straight lines across what is left; the ends repeat their nearest value. */
function interpolate(values: Float64Array): void {
  let last = -1;
  for (let i = 0; i <= values.length; i += 1) {
    if (i < values.length && Number.isNaN(values[i]!)) continue;
    if (i === values.length && last < 0) return;
    const from = last < 0 ? values[i]! : values[last]!;
    const to = i === values.length ? from : values[i]!;
    for (let j = last + 1; j < i; j += 1) values[j] = from + ((to - from) * (j - last)) / (i - last);
    last = i;
  }
}
