/**
 * The forecaster port. A model is fitted to a history and then extrapolates any number of steps. Fitting
 * may be slow (parameters are searched for); `moveTo` applies parameters already found to another history
 * and is quick, which is what makes backtests over many origins affordable without looking ahead.
 */

/** Oldest first, one value per step; NaN is a gap. `seasons` are lengths in steps, shortest first, possibly none. */
export type History = { readonly values: Float64Array; readonly seasons: readonly number[] };

export type FittedForecaster = {
  /** Means of the next `horizon` steps. */
  forecast(horizon: number): Float64Array;
  moveTo(history: History): FittedForecaster;
};

export type Forecaster = {
  readonly id: string;
  readonly title: string;
  /** Fewest observed values with which it makes sense. */
  leastPoints(seasons: readonly number[]): number;
  fit(history: History): FittedForecaster;
};

/** One prediction interval per step. Null bounds: the history is too short to say. */
export type Band = {
  readonly level: number;
  /** Where the width comes from: rolling-origin residuals by rank, or their standard deviation when they are few. */
  readonly basis: 'conformal' | 'student-t' | 'none';
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
};

export type Forecast = { readonly model: string; readonly mean: readonly number[]; readonly bands: readonly Band[] };

/** A model made of a parameter search and a pure extrapolation: most are. */
export function parametricForecaster<P>(parts: {
  readonly id: string;
  readonly title: string;
  leastPoints(seasons: readonly number[]): number;
  estimate(history: History): P;
  extrapolate(history: History, parameters: P, horizon: number): Float64Array;
}): Forecaster {
  const fitted = (history: History, parameters: P): FittedForecaster => ({
    forecast: (horizon) => parts.extrapolate(history, parameters, horizon),
    moveTo: (other) => fitted(other, parameters),
  });
  return {
    id: parts.id,
    title: parts.title,
    leastPoints: (seasons) => parts.leastPoints(seasons),
    fit: (history) => fitted(history, parts.estimate(history)),
  };
}
