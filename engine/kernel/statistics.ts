/**
 * Small-sample statistics for paired-seed comparison: means with Student-t intervals.
 * The t quantile is found by bisection on the exact distribution for integer degrees of freedom
 * (Abramowitz & Stegun 26.7.3–4 need trigonometry; here the incomplete beta by its continued fraction).
 */
import { invariant } from './assert';
import { exp, log } from './math';

export type Interval = { readonly mean: number; readonly lower: number; readonly upper: number; readonly level: number; readonly runs: number };

export const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Sample standard deviation (n − 1); 0 for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - centre) * (v - centre), 0) / (values.length - 1));
}

/** Two-sided confidence interval of the mean. One value gives an interval of ±Infinity: it says nothing. */
export function meanInterval(values: readonly number[], level = 0.95): Interval {
  invariant(values.length > 0, 'an interval needs at least one value');
  const centre = mean(values);
  const half = values.length < 2 ? Infinity : (studentT(values.length - 1, level) * standardDeviation(values)) / Math.sqrt(values.length);
  return { mean: centre, lower: centre - half, upper: centre + half, level, runs: values.length };
}

/** Two-sided prediction interval of the *next* value drawn like these. */
export function predictionInterval(values: readonly number[], level = 0.95): Interval {
  invariant(values.length > 0, 'an interval needs at least one value');
  const centre = mean(values);
  const n = values.length;
  const half = n < 2 ? Infinity : studentT(n - 1, level) * standardDeviation(values) * Math.sqrt(1 + 1 / n);
  return { mean: centre, lower: centre - half, upper: centre + half, level, runs: n };
}

/** Linear interpolation between order statistics at rank q·(n−1), as Prometheus does. NaN for no values. */
export function sampleQuantile(values: readonly number[], q: number): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((x, y) => x - y);
  const rank = Math.min(1, Math.max(0, q)) * (sorted.length - 1);
  const low = Math.floor(rank);
  const high = Math.ceil(rank);
  return low === high ? sorted[low]! : sorted[low]! + (sorted[high]! - sorted[low]!) * (rank - low);
}

/** t with P(|T| ≤ t) = level for `df` degrees of freedom (1…10^6). */
export function studentT(df: number, level: number): number {
  invariant(df >= 1 && level > 0 && level < 1, 'df ≥ 1 and 0 < level < 1');
  let low = 0;
  let high = 1;
  const inside = (t: number) => 1 - incompleteBeta(df / 2, 0.5, df / (df + t * t));
  while (inside(high) < level && high < 1e9) high *= 2;
  for (let i = 0; i < 80; i += 1) {
    const middle = (low + high) / 2;
    if (inside(middle) < level) low = middle;
    else high = middle;
  }
  return high;
}

function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

/** Continued fraction of the incomplete beta function (Lentz's method). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const away = (v: number) => (v < tiny && v > -tiny ? tiny : v);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 300; m += 1) {
    for (const term of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}

/** ln Γ(x) for x > 0: Stirling's series after shifting x above 10. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) {
    shift += log(z);
    z += 1;
  }
  const r = 1 / (z * z);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r / 1680))) / z;
  return (z - 0.5) * log(z) - z + 0.9189385332046727 + series - shift;
}
