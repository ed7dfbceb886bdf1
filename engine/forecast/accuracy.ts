/**
 * Forecast accuracy as the M4 competition defines it (Makridakis et al. 2020; M4-methods, “Benchmarks and
 * Evaluation.R”). Steps that were not observed (NaN) are left out of every mean; NaN comes back when
 * nothing was observed.
 */
type Values = ArrayLike<number>;

/** Mean of `term` over observed steps. */
function meanOver(actual: Values, term: (value: number, step: number) => number): number {
  let sum = 0;
  let count = 0;
  for (let h = 0; h < actual.length; h += 1) {
    const value = actual[h]!;
    if (Number.isNaN(value)) continue;
    sum += term(value, h);
    count += 1;
  }
  return count === 0 ? NaN : sum / count;
}

export const meanAbsoluteError = (actual: Values, forecast: Values) => meanOver(actual, (y, h) => Math.abs(y - forecast[h]!));

/** Symmetric MAPE in per cent, 0..200; a step with actual and forecast 0 counts 0. */
export const sMape = (actual: Values, forecast: Values) =>
  meanOver(actual, (y, h) => {
    const size = Math.abs(y) + Math.abs(forecast[h]!);
    return size === 0 ? 0 : (200 * Math.abs(y - forecast[h]!)) / size;
  });

/** In-sample mean |y(t) − y(t−m)|: the yardstick of MASE and MSIS. NaN without one observed pair. */
export function seasonalScale(history: Values, season: number): number {
  let sum = 0;
  let count = 0;
  for (let t = season; t < history.length; t += 1) {
    const change = history[t]! - history[t - season]!;
    if (Number.isNaN(change)) continue;
    sum += Math.abs(change);
    count += 1;
  }
  return count === 0 ? NaN : sum / count;
}

/** Mean absolute error over the scale. A constant history has scale 0: then 0 when exact, else Infinity. */
export const mase = (actual: Values, forecast: Values, scale: number) => scaled(meanAbsoluteError(actual, forecast), scale);

/** Overall weighted average: both errors relative to Naive2's, over *averages* of all series, never a mean of OWAs. */
export const owa = (ours: { sMape: number; mase: number }, naive2: { sMape: number; mase: number }) =>
  (scaled(ours.sMape, naive2.sMape) + scaled(ours.mase, naive2.mase)) / 2;

/** Pinball loss of a forecast of quantile `q`. */
export const pinball = (actual: Values, forecast: Values, q: number) =>
  meanOver(actual, (y, h) => (y >= forecast[h]! ? q * (y - forecast[h]!) : (1 - q) * (forecast[h]! - y)));

/** Mean scaled interval score: width plus 2/α times the miss, over the seasonal scale. */
export function msis(actual: Values, lower: Values, upper: Values, level: number, scale: number): number {
  const penalty = 2 / (1 - level);
  const score = meanOver(actual, (y, h) => upper[h]! - lower[h]! + penalty * (Math.max(0, lower[h]! - y) + Math.max(0, y - upper[h]!)));
  return scaled(score, scale);
}

/** Share of observed values inside [lower, upper]. */
export const coverage = (actual: Values, lower: Values, upper: Values) => meanOver(actual, (y, h) => (y >= lower[h]! && y <= upper[h]! ? 1 : 0));

const scaled = (error: number, scale: number) => (scale === 0 ? (error === 0 ? 0 : error > 0 ? Infinity : NaN) : error / scale);
