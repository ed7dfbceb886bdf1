/**
 * Several seasons at once: MSTL takes them apart, damped exponential smoothing extrapolates what is left,
 * each season repeats its last cycle.
 */
import { fillGaps } from '../fill-gaps';
import { parametricForecaster, type History } from '../forecaster';
import { decompose } from '../seasonal-trend-decomposition';
import { extrapolateState, fitSmoothing, smooth, type FittedSmoothing } from './exponential-smoothing';
import { repeatSeason } from './naive';

export const mstl = parametricForecaster<FittedSmoothing>({
  id: 'mstl',
  title: 'Seasons by MSTL, rest by damped smoothing',
  leastPoints: (seasons) => 2 * (seasons[seasons.length - 1] ?? 2),
  estimate: (history) => {
    const { adjusted } = takenApart(history);
    const level = fitSmoothing(adjusted, { trend: 'none', season: 1 });
    const damped = fitSmoothing(adjusted, { trend: 'damped', season: 1 });
    return level.aicc <= damped.aicc ? level : damped;
  },
  extrapolate: (history, { shape, parameters }, horizon) => {
    const { adjusted, seasonal } = takenApart(history);
    const mean = extrapolateState(smooth(adjusted, shape, parameters).state, parameters.phi, horizon);
    const seasons = seasonal.map((part, i) => repeatSeason(part, history.seasons[i]!, horizon));
    return mean.map((level, h) => seasons.reduce((sum, season) => sum + season[h]!, level));
  },
});

function takenApart(history: History) {
  const values = fillGaps(history);
  const { seasonal } = decompose(values, history.seasons);
  return { seasonal, adjusted: values.map((value, t) => seasonal.reduce((rest, part) => rest - part[t]!, value)) };
}
