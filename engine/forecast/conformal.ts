/**
 * Prediction intervals from what the model really got wrong: split conformal on rolling-origin residuals,
 * per horizon (rank ⌈(n+1)·level⌉ of |residual|), never on training residuals, which are too small.
 *
 * With few origins a horizon borrows the residuals of its neighbours; with too few for any rank the width
 * is Student-t on their root mean square; with fewer than two there is no interval. Beyond the longest
 * backtested step the width grows with √h. All of this assumes that errors to come are like errors past:
 * a drift breaks it, which the coverage in the backtest shows.
 */
import { studentT } from '@/engine/kernel';
import type { Band } from './forecaster';

/** One row per origin, one column per step ahead (actual − forecast); NaN where nothing was observed. */
export type Residuals = readonly Float64Array[];
export type Radius = { readonly basis: Band['basis']; readonly radius: Float64Array };

/** Half-widths for steps 1..horizon; NaN throughout when basis is `none`. */
export function intervalRadius(residuals: Residuals, horizon: number, level: number): Radius {
  const steps = Math.min(horizon, longestStep(residuals));
  const all = steps === 0 ? [] : sortedSizes(residuals, 0, steps - 1);
  const needed = Math.ceil(level / (1 - level) - 1e-9);
  const radius = new Float64Array(horizon).fill(NaN);
  if (all.length >= needed) {
    for (let h = 0; h < steps; h += 1) radius[h] = rankOf(pooledSizes(residuals, h, steps, needed), level);
    return { basis: 'conformal', radius: extended(radius, steps) };
  }
  if (all.length < 2) return { basis: 'none', radius };
  const square = all.reduce((sum, size) => sum + size * size, 0) / all.length;
  radius.fill(studentT(all.length - 1, level) * Math.sqrt(square * (1 + 1 / all.length)), 0, steps);
  return { basis: 'student-t', radius: extended(radius, steps) };
}

/** Bands around a mean; `floor` cuts what cannot happen (a negative rate). */
export function bandsAround(mean: ArrayLike<number>, residuals: Residuals, levels: readonly number[], floor = -Infinity): Band[] {
  return levels.map((level) => {
    const { basis, radius } = intervalRadius(residuals, mean.length, level);
    const bound = (sign: 1 | -1) => Array.from(radius, (r, h) => (basis === 'none' ? null : Math.max(floor, mean[h]! + sign * r)));
    return { level, basis, lower: bound(-1), upper: bound(1) };
  });
}

/** Nearest neighbours join until there are enough for the rank, twice over for a steadier one. */
function pooledSizes(residuals: Residuals, step: number, steps: number, needed: number): number[] {
  let sizes: number[] = [];
  for (let reach = 0; reach < steps; reach += 1) {
    sizes = sortedSizes(residuals, Math.max(0, step - reach), Math.min(steps - 1, step + reach));
    if (sizes.length >= 2 * needed) break;
  }
  return sizes;
}

function sortedSizes(residuals: Residuals, from: number, to: number): number[] {
  const sizes: number[] = [];
  for (const row of residuals) for (let h = from; h <= to && h < row.length; h += 1) if (Number.isFinite(row[h]!)) sizes.push(Math.abs(row[h]!));
  return sizes.sort((x, y) => x - y);
}

const rankOf = (sorted: readonly number[], level: number) => sorted[Math.min(sorted.length, Math.ceil((sorted.length + 1) * level - 1e-9)) - 1]!;

function longestStep(residuals: Residuals): number {
  let longest = 0;
  for (const row of residuals) for (let h = row.length; h > longest; h -= 1) if (Number.isFinite(row[h - 1]!)) longest = h;
  return longest;
}

function extended(radius: Float64Array, steps: number): Float64Array {
  for (let h = steps; h < radius.length; h += 1) radius[h] = radius[steps - 1]! * Math.sqrt((h + 1) / steps);
  return radius;
}
