/** The exponential-smoothing family as forecasters; `ets` picks among them by corrected AIC. */
import { fillGaps } from '../fill-gaps';
import { parametricForecaster, type Forecaster } from '../forecaster';
import { extrapolateState, fitSmoothing, smooth, type FittedSmoothing, type SmoothingShape } from './exponential-smoothing';

function smoothingForecaster(id: string, title: string, leastPoints: Forecaster['leastPoints'], shapes: (seasons: readonly number[], length: number) => readonly SmoothingShape[]): Forecaster {
  return parametricForecaster<FittedSmoothing>({
    id,
    title,
    leastPoints,
    estimate: (history) => {
      const values = fillGaps(history);
      return shapes(history.seasons, values.length)
        .map((shape) => fitSmoothing(values, shape))
        .reduce((best, fitted) => (fitted.aicc < best.aicc ? fitted : best));
    },
    extrapolate: (history, { shape, parameters }, horizon) => extrapolateState(smooth(fillGaps(history), shape, parameters).state, parameters.phi, horizon),
  });
}

const firstSeason = (seasons: readonly number[]) => seasons[0] ?? 1;

export const simpleSmoothing = smoothingForecaster('ses', 'Simple exponential smoothing', () => 3, () => [{ trend: 'none', season: 1 }]);
export const holt = smoothingForecaster('holt', 'Holt, damped trend', () => 6, () => [{ trend: 'damped', season: 1 }]);
export const holtWinters = smoothingForecaster('holt-winters', 'Holt–Winters, damped trend', (seasons) => 2 * firstSeason(seasons) + 5, (seasons) => [{ trend: 'damped', season: firstSeason(seasons) }]);

/** Longer seasons have more states than a series can fit; R's `ets` stops at 24, a week of hours still works here. */
const LONGEST_SEASON = 200;

export const ets = smoothingForecaster(
  'ets',
  'Exponential smoothing, shape by AICc',
  (seasons) => 2 * firstSeason(seasons) + 5,
  (seasons, length) => {
    const season = firstSeason(seasons);
    const periods = season > 1 && season <= LONGEST_SEASON && length >= 2 * season ? [1, season] : [1];
    return periods.flatMap((period) => (['none', 'additive', 'damped'] as const).map((trend) => ({ trend, season: period })));
  },
);
