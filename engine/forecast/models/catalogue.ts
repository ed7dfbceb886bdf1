/** The models there are, and the ones that are tried when nobody names one. */
import type { Forecaster } from '../forecaster';
import { onLogScale, onSeasonalChanges } from '../transform';
import { medianOf } from './combination';
import { mstl } from './mstl';
import { drift, longSeasonalNaive, naive, seasonalNaive } from './naive';
import { seasonalRegression } from './seasonal-regression';
import { ets, holt, holtWinters, simpleSmoothing } from './smoothing-forecasters';
import { naive2, theta } from './theta';

export const seasonalRegressionLog = onLogScale(seasonalRegression);
export const mstlLog = onLogScale(mstl);
export const regressionOnChanges = onLogScale(onSeasonalChanges(seasonalRegression));

/** For series with a season. Members chosen on 207 M4 hourly series (`bench forecast`), so results on those are optimistic. */
export const seasonalCombination = medianOf('combination', 'Median of six seasonal models', [seasonalNaive, seasonalRegression, seasonalRegressionLog, mstl, mstlLog, regressionOnChanges]);
/** For series without one. */
export const plainCombination = medianOf('plain-combination', 'Median of four models without season', [naive, simpleSmoothing, holt, theta]);

export const forecasters: readonly Forecaster[] = [
  naive, drift, seasonalNaive, longSeasonalNaive, naive2, simpleSmoothing, holt, holtWinters, ets, theta,
  seasonalRegression, seasonalRegressionLog, mstl, mstlLog, regressionOnChanges, seasonalCombination, plainCombination,
];

/** Candidates for a history with these seasons, the simplest first: an equal backtest goes to the simpler. */
export const candidatesFor = (seasons: readonly number[]): readonly Forecaster[] =>
  seasons.length === 0 ? [naive, drift, simpleSmoothing, holt, theta, plainCombination] : [naive, seasonalNaive, longSeasonalNaive, theta, ets, seasonalRegression, seasonalRegressionLog, mstl, mstlLog, regressionOnChanges, seasonalCombination];
