/**
 * Forecasters that work on another scale: logarithms (a season that grows with the level becomes constant)
 * and changes since the same step one season earlier (a drifting level becomes none). The median of the
 * transformed forecast is the transformed median, so no bias correction is made.
 */
import { exp, log } from '@/engine/kernel';
import { fillGaps } from './fill-gaps';
import type { FittedForecaster, Forecaster, History } from './forecaster';

type Transformed = { readonly history: History; back(forecast: Float64Array): Float64Array };

/** The model on logarithms where all values are positive, unchanged elsewhere. */
export const onLogScale = (inner: Forecaster): Forecaster =>
  transformedForecaster(inner, { id: `${inner.id}-log`, title: `${inner.title}, on logarithms`, leastPoints: inner.leastPoints }, (history) => {
    const values = fillGaps(history);
    const positive = values.every((value) => value > 0);
    return positive
      ? { history: { values: values.map(log), seasons: history.seasons }, back: (forecast) => forecast.map(exp) }
      : { history: { values, seasons: history.seasons }, back: (forecast) => forecast };
  });

/** The model on changes since one long season ago; without a season, unchanged. */
export const onSeasonalChanges = (inner: Forecaster): Forecaster =>
  transformedForecaster(inner, { id: `${inner.id}-changes`, title: `${inner.title}, on changes since last season`, leastPoints: (seasons) => Math.max(3 * (seasons[seasons.length - 1] ?? 1), inner.leastPoints(seasons)) }, (history) => {
    const values = fillGaps(history);
    const season = history.seasons[history.seasons.length - 1];
    if (season === undefined || values.length < 3 * season) return { history: { values, seasons: history.seasons }, back: (forecast) => forecast };
    const changes = values.slice(season).map((value, t) => value - values[t]!);
    return { history: { values: changes, seasons: history.seasons.filter((s) => changes.length >= 2 * s) }, back: (forecast) => addedUp(values, season, forecast) };
  });

function addedUp(values: Float64Array, season: number, changes: Float64Array): Float64Array {
  const mean = new Float64Array(changes.length);
  for (let h = 0; h < changes.length; h += 1) mean[h] = changes[h]! + (h < season ? values[values.length - season + h]! : mean[h - season]!);
  return mean;
}

function transformedForecaster(inner: Forecaster, named: Pick<Forecaster, 'id' | 'title' | 'leastPoints'>, through: (history: History) => Transformed): Forecaster {
  const wrap = (fitted: FittedForecaster, { back }: Transformed): FittedForecaster => ({
    forecast: (horizon) => back(fitted.forecast(horizon)),
    moveTo: (other) => {
      const moved = through(other);
      return wrap(fitted.moveTo(moved.history), moved);
    },
  });
  return {
    ...named,
    fit: (history) => {
      const transformed = through(history);
      return wrap(inner.fit(transformed.history), transformed);
    },
  };
}
