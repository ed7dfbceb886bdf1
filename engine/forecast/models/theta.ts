/**
 * Theta as in the M4 benchmarks (Assimakopoulos & Nikolopoulos 2000; M4-methods, “Benchmarks and
 * Evaluation.R”): deseasonalise when the seasonality test says so, take the mean of the trend line (θ = 0)
 * and simple smoothing of 2·y − trend (θ = 2), put the season back. Naive2 is the last deseasonalised
 * value with the season put back.
 */
import { isSeasonal, neutralIndex, seasonalIndex, withoutSeason, withSeason } from '../classical-decomposition';
import { fillGaps } from '../fill-gaps';
import { parametricForecaster, type History } from '../forecaster';
import { extrapolateState, fitSmoothing, smooth, type SmoothingParameters } from './exponential-smoothing';

const LEVEL_ONLY = { trend: 'none', season: 1 } as const;

export const theta = parametricForecaster<SmoothingParameters>({
  id: 'theta',
  title: 'Theta',
  leastPoints: () => 4,
  estimate: (history) => fitSmoothing(thetaLine(adjusted(history).values).bent, LEVEL_ONLY).parameters,
  extrapolate: (history, parameters, horizon) => {
    const { values, index } = adjusted(history);
    const { bent, at } = thetaLine(values);
    const smoothed = extrapolateState(smooth(bent, LEVEL_ONLY, parameters).state, parameters.phi, horizon);
    const mean = smoothed.map((level, h) => (level + at(values.length + h)) / 2);
    return withSeason(mean, index, values.length);
  },
});

export const naive2 = parametricForecaster<null>({
  id: 'naive2',
  title: 'Last value, season adjusted',
  leastPoints: () => 1,
  estimate: () => null,
  extrapolate: (history, _, horizon) => {
    const { values, index } = adjusted(history);
    return withSeason(new Float64Array(horizon).fill(values[values.length - 1]!), index, values.length);
  },
});

function adjusted(history: History) {
  const values = fillGaps(history);
  const season = history.seasons[0] ?? 1;
  const index = isSeasonal(values, season) ? seasonalIndex(values, season) : neutralIndex;
  return { values: withoutSeason(values, index), index };
}

/** Least-squares line `at(t)` and the θ = 2 line 2·y − line. */
function thetaLine(values: Float64Array) {
  const n = values.length;
  const centre = (n - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let cross = 0;
  let square = 0;
  for (let t = 0; t < n; t += 1) {
    cross += (t - centre) * (values[t]! - mean);
    square += (t - centre) * (t - centre);
  }
  const slope = square === 0 ? 0 : cross / square;
  const at = (t: number) => mean + slope * (t - centre);
  return { at, bent: values.map((value, t) => 2 * value - at(t)) };
}
