/**
 * A sparse autoregression: the next value from the last three, and from those around the same time one and
 * two short seasons and one of every longer season ago (24 h and 168 h: lags 1–3, 23–25, 47–49, 167–169).
 * Ridge keeps it stable on short series; steps further ahead feed on the forecast itself. On hourly load
 * this is the strongest single model here, which agrees with the M4 results for hourly series.
 */
import { fillGaps } from '../fill-gaps';
import { parametricForecaster, type History } from '../forecaster';
import { ridgeCoefficients } from '../linear-least-squares';

/** Per standardised value; small, because few lags share many rows. */
const RIDGE = 0.1;
/** Standard deviations beyond which a forecast that feeds on itself is held. */
const FARTHEST = 8;

type Regression = { readonly lags: readonly number[]; readonly coefficients: Float64Array };

export const seasonalRegression = parametricForecaster<Regression>({
  id: 'seasonal-regression',
  title: 'Sparse autoregression on seasonal lags',
  leastPoints: (seasons) => 3 * (seasons[seasons.length - 1] ?? 4),
  estimate: (history) => {
    const { values } = standardized(history);
    const lags = lagsFor(history.seasons, values.length);
    const reach = lags[lags.length - 1]!;
    const rows = Array.from({ length: values.length - reach }, (_, i) => featuresAt(values, reach + i, lags));
    return { lags, coefficients: ridgeCoefficients(rows, values.subarray(reach), RIDGE) };
  },
  extrapolate: (history, { lags, coefficients }, horizon) => {
    const { values, centre, spread } = standardized(history);
    const n = values.length;
    const extended = new Float64Array(n + horizon);
    extended.set(values);
    for (let t = n; t < n + horizon; t += 1) {
      const next = featuresAt(extended, t, lags).reduce((sum, x, j) => sum + x * coefficients[j]!, 0);
      extended[t] = Math.min(FARTHEST, Math.max(-FARTHEST, next));
    }
    return extended.subarray(n).map((value) => centre + spread * value);
  },
});

/** Lags that leave at least half of the history as rows. */
function lagsFor(seasons: readonly number[], length: number): number[] {
  const around = (lag: number) => [lag - 1, lag, lag + 1];
  const short = seasons[0];
  const lags = [1, 2, 3, ...(short === undefined ? [] : [...around(short), ...around(2 * short)]), ...seasons.slice(1).flatMap(around)];
  const usable = [...new Set(lags)].filter((lag) => lag >= 1 && lag <= length / 2).sort((x, y) => x - y);
  return usable.length === 0 ? [1] : usable;
}

function featuresAt(values: Float64Array, t: number, lags: readonly number[]): Float64Array {
  const features = new Float64Array(lags.length + 1);
  features[0] = 1;
  for (let j = 0; j < lags.length; j += 1) features[j + 1] = values[t - lags[j]!] ?? 0;
  return features;
}

function standardized(history: History) {
  const complete = fillGaps(history);
  const centre = complete.reduce((sum, value) => sum + value, 0) / complete.length;
  const variance = complete.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / complete.length;
  const spread = Math.sqrt(variance) || 1;
  return { values: complete.map((value) => (value - centre) / spread), centre, spread };
}
