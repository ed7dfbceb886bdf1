/**
 * What the forecast worker offers the pages: every model backtested on the caller's own series, the
 * winner's forecast with prediction intervals, and the trained model's result next to seasonal-naive,
 * also when it loses.
 */
import type { Forecast, ForecastIssue, ModelScore, SeriesSummary } from '@/engine/forecast';
import type { Result } from '@/engine/kernel';

export type ForecastRequest = {
  readonly series: string;
  /** Oldest first, one value per step; null is a gap. */
  readonly values: readonly (number | null)[];
  /** Season lengths in steps, as in [24, 168]; empty for none. */
  readonly seasons: readonly number[];
  readonly horizon: number;
  /** Levels of the prediction intervals, 0..1. */
  readonly levels: readonly number[];
  /** Holds the forecast at or above this; for rates and counts, 0. */
  readonly floor?: number;
};

export type NeuralVerdict = {
  readonly model: string;
  readonly baseline: string;
  readonly wins: boolean;
  readonly maseModel: number;
  readonly maseBaseline: number;
  readonly folds: number;
  /** The verdict in one sentence with its numbers. */
  readonly sentence: string;
};

export type ForecastAnswer = {
  readonly summary: SeriesSummary;
  /** The model that did best in the backtest; its forecast is `forecast`. */
  readonly chosen: string;
  readonly forecast: Forecast;
  /** Best first. */
  readonly scores: readonly ModelScore[];
  /** Every model's own forecast, for the page that compares them. */
  readonly forecasts: readonly Forecast[];
  /** Null with the reason when the series is too short for the trained model. */
  readonly neural: NeuralVerdict | { readonly unavailable: string };
};

export type ForecastProgress = { readonly model: string; readonly done: number; readonly total: number };

export type NeuralModelInfo = {
  readonly name: string;
  readonly inputSteps: number;
  /** Fewest steps of history before every origin. */
  readonly leastSteps: number;
  readonly outputSteps: number;
  /** Steps of the season it was trained for: give it buckets of a 24th of a day. */
  readonly season: number;
  readonly parameters: number;
  readonly sha256: string;
  readonly cardUrl: string;
  /** Digest of its answer to a fixed input, here and now, and whether it is the one it was made with. */
  readonly probeDigest: string;
  readonly probeMatches: boolean;
};

export type ForecastApi = {
  modelInfo(): Promise<NeuralModelInfo>;
  forecast(request: ForecastRequest, onProgress?: (progress: ForecastProgress) => void): Promise<Result<ForecastAnswer, readonly ForecastIssue[]>>;
};
