/**
 * Rolling-origin backtest: the model stands at an origin, sees only what came before, and is held against
 * what came after. Three separate steps (where the origins are, what the model said, how good it was), so
 * that a model that answers asynchronously (ONNX) goes through exactly the same scoring.
 *
 * Origins lie a multiple of the season apart where the history allows it: then step h always has the phase
 * it will have in the real forecast.
 */
import { coverage, mase, msis, owa, pinball, seasonalScale, sMape } from './accuracy';
import { intervalRadius } from './conformal';
import type { Forecaster, History } from './forecaster';
import { naive2 } from './models/theta';

export type BacktestPlan = {
  /** Lengths of the training parts, oldest first. */
  readonly origins: readonly number[];
  readonly horizon: number;
  readonly history: History;
};

export type IntervalScore = { readonly level: number; readonly coverage: number; readonly msis: number; readonly pinball: number };

/** Means over the origins. `owa` is relative to Naive2 on the same origins; below 1 is better than that. */
export type ModelScore = {
  readonly model: string;
  readonly title: string;
  readonly folds: number;
  readonly sMape: number;
  readonly mase: number;
  readonly owa: number;
  /** Each origin's interval was calibrated on the origins before it. */
  readonly intervals: readonly IntervalScore[];
};

export type BacktestOptions = { readonly horizon: number; readonly leastTraining: number; readonly foldsMax?: number };

/** Parameters are searched for again after this many origins; in between they move along. */
const REFIT_EVERY = 5;

/** No origins when the history is too short for even one step. */
export function planBacktest(history: History, { horizon, leastTraining, foldsMax = 20 }: BacktestOptions): BacktestPlan {
  const length = history.values.length;
  const room = length - Math.max(1, leastTraining);
  const reach = Math.min(horizon, Math.max(1, Math.floor(room / 2)));
  const season = history.seasons[0] ?? 1;
  const free = room - reach;
  const bySeason = free >= 4 * season;
  const stride = bySeason ? season * Math.max(1, Math.floor(free / season / foldsMax)) : Math.max(1, Math.floor(free / foldsMax));
  const origins: number[] = [];
  for (let origin = length - reach; origin >= length - reach - free && origins.length < foldsMax && room > 0; origin -= stride) origins.push(origin);
  return { origins: origins.reverse(), horizon: reach, history };
}

/** What the model said at every origin, refitted every few origins. */
export function forecastFolds(plan: BacktestPlan, forecaster: Forecaster): Float64Array[] {
  let fitted = null as ReturnType<Forecaster['fit']> | null;
  return plan.origins.map((origin, fold) => {
    const seen = trainingPart(plan, origin);
    fitted = fitted === null || fold % REFIT_EVERY === 0 ? forecaster.fit(seen) : fitted.moveTo(seen);
    return fitted.forecast(plan.horizon);
  });
}

export function trainingPart(plan: BacktestPlan, origin: number): History {
  return { values: plan.history.values.subarray(0, origin), seasons: plan.history.seasons.filter((season) => origin >= season) };
}

const actualPart = (plan: BacktestPlan, origin: number) => plan.history.values.subarray(origin, origin + plan.horizon);

/** Actual − forecast, one row per origin. */
export function foldResiduals(plan: BacktestPlan, forecasts: readonly Float64Array[]): Float64Array[] {
  return plan.origins.map((origin, fold) => actualPart(plan, origin).map((y, h) => y - forecasts[fold]![h]!));
}

type Scored = {
  readonly model: { readonly id: string; readonly title: string };
  /** One per origin. */
  readonly forecasts: readonly Float64Array[];
  readonly levels: readonly number[];
  /** Naive2's errors, when they are known already. */
  readonly reference?: ReturnType<typeof referenceErrors>;
};

/** Errors of Naive2 at the same origins: what OWA is relative to. */
export const referenceErrors = (plan: BacktestPlan) => pointErrors(plan, forecastFolds(plan, naive2));

/** How good the forecasts were. */
export function scoreFolds(plan: BacktestPlan, { model, forecasts, levels, reference = referenceErrors(plan) }: Scored): ModelScore {
  const residuals = foldResiduals(plan, forecasts);
  const ours = pointErrors(plan, forecasts);
  return {
    model: model.id,
    title: model.title,
    folds: plan.origins.length,
    ...ours,
    owa: owa(ours, reference),
    intervals: levels.map((level) => intervalScore(plan, forecasts, residuals, level)),
  };
}

/** MASE at every origin; NaN where nothing was observed after it. */
export const foldMase = (plan: BacktestPlan, forecasts: readonly Float64Array[]) =>
  plan.origins.map((origin, fold) => mase(actualPart(plan, origin), forecasts[fold]!, scaleAt(plan, origin)));

function pointErrors(plan: BacktestPlan, forecasts: readonly Float64Array[]): { sMape: number; mase: number } {
  const percents = plan.origins.map((origin, fold) => sMape(actualPart(plan, origin), forecasts[fold]!));
  return { sMape: meanOfKnown(percents), mase: meanOfKnown(foldMase(plan, forecasts)) };
}

function intervalScore(plan: BacktestPlan, forecasts: readonly Float64Array[], residuals: readonly Float64Array[], level: number): IntervalScore {
  const folds = plan.origins.flatMap((origin, fold) => {
    const { basis, radius } = intervalRadius(residuals.slice(0, fold), plan.horizon, level);
    if (basis === 'none') return [];
    const lower = forecasts[fold]!.map((y, h) => y - radius[h]!);
    const upper = forecasts[fold]!.map((y, h) => y + radius[h]!);
    const actual = actualPart(plan, origin);
    const tail = (1 - level) / 2;
    return [{ coverage: coverage(actual, lower, upper), msis: msis(actual, lower, upper, level, scaleAt(plan, origin)), pinball: (pinball(actual, lower, tail) + pinball(actual, upper, 1 - tail)) / 2 }];
  });
  return { level, coverage: meanOfKnown(folds.map((f) => f.coverage)), msis: meanOfKnown(folds.map((f) => f.msis)), pinball: meanOfKnown(folds.map((f) => f.pinball)) };
}

const scaleAt = (plan: BacktestPlan, origin: number) => seasonalScale(plan.history.values.subarray(0, origin), plan.history.seasons[0] ?? 1);

function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
}
