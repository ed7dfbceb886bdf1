/**
 * The load to expect over the next seconds: a straight line through the recent past, newer seconds
 * weighing more, kept near the latest level. How far such lines have been off at earlier origins of the
 * same history is the spread that rehearsals draw from, so the band is as wide as the load is wild.
 */
import { exp, mean, standardDeviation } from '@/engine/kernel';

const MEMORY_SECONDS = 25;
const WINDOW_SECONDS = 60;
const LATEST_SECONDS = 10;
/** The line may leave the latest level by this factor at most. */
const STRAY_MAX = 1.6;
const SPREAD_UNKNOWN = 0.08;
const SPREAD_MAX = 0.5;
const ORIGINS_MAX = 24;

/** Expected requests per second for each of the next `horizon` seconds; zeros without history. */
export function expectLoad(history: readonly number[], horizon: number): number[] {
  if (history.length === 0) return Array.from({ length: horizon }, () => 0);
  const latest = mean(history.slice(-LATEST_SECONDS));
  const { level, slope } = fitLine(history.slice(-WINDOW_SECONDS));
  return Array.from({ length: horizon }, (_, h) => Math.min(latest * STRAY_MAX, Math.max(latest / STRAY_MAX, level + slope * (h + 1))));
}

/** Weighted least squares; `level` is the line's value at the last second. */
function fitLine(values: readonly number[]): { level: number; slope: number } {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  values.forEach((y, i) => {
    const x = i - (values.length - 1);
    const weight = exp(x / MEMORY_SECONDS);
    w += weight;
    wx += weight * x;
    wy += weight * y;
    wxx += weight * x * x;
    wxy += weight * x * y;
  });
  const determinant = w * wxx - wx * wx;
  if (values.length < LATEST_SECONDS || determinant <= 0) return { level: wy / w, slope: 0 };
  return { level: (wxx * wy - wx * wxy) / determinant, slope: (w * wxy - wx * wy) / determinant };
}

/** Standard deviation of actual/expected − 1, the mean over `horizon` seconds, at origins of the past. */
export function expectationSpread(history: readonly number[], horizon: number): number {
  const errors: number[] = [];
  const last = history.length - horizon;
  const stride = Math.max(5, Math.ceil((last - WINDOW_SECONDS / 2) / ORIGINS_MAX));
  for (let origin = last; origin >= WINDOW_SECONDS / 2; origin -= stride) {
    const expected = mean(expectLoad(history.slice(Math.max(0, origin - WINDOW_SECONDS), origin), horizon));
    if (expected > 0) errors.push(mean(history.slice(origin, origin + horizon)) / expected - 1);
  }
  if (errors.length < 3) return SPREAD_UNKNOWN;
  const bias = mean(errors);
  return Math.min(SPREAD_MAX, Math.sqrt(standardDeviation(errors) * standardDeviation(errors) + bias * bias));
}
