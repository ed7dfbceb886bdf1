/**
 * The median of several different models, step by step. Models that err in different ways cancel out, and
 * the median shrugs off one that runs away (M4: combinations took the top places).
 */
import type { FittedForecaster, Forecaster, History } from '../forecaster';

export type CombinedForecaster = Forecaster & { readonly members: readonly Forecaster[] };

export function medianOf(id: string, title: string, members: readonly Forecaster[]): CombinedForecaster {
  const wrap = (fitted: readonly FittedForecaster[]): FittedForecaster => ({
    forecast: (horizon) => medianForecast(fitted.map((one) => one.forecast(horizon))),
    moveTo: (history) => wrap(fitted.map((one) => one.moveTo(history))),
  });
  return { id, title, members, leastPoints: (seasons) => Math.max(...members.map((member) => member.leastPoints(seasons))), fit: (history: History) => wrap(members.map((member) => member.fit(history))) };
}

/** Median per step; the mean of the two middle ones for an even number. */
export function medianForecast(forecasts: readonly Float64Array[]): Float64Array {
  const middle = (forecasts.length - 1) / 2;
  return Float64Array.from(forecasts[0]!, (_, h) => {
    const sorted = forecasts.map((forecast) => forecast[h]!).sort((x, y) => x - y);
    return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  });
}
