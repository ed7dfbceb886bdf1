/**
 * One series, every candidate model: backtest them all on the same origins, choose one, and put conformal
 * intervals from its own backtest around its forecast. A model that answers asynchronously (ONNX) brings
 * its folds along as a `ModelRun` of its own.
 *
 * The choice is not simply the smallest error: over ten models and few origins that is mostly luck. The
 * last candidate, the combination, is kept unless another beats it beyond chance at the same origins.
 */
import { err, meanInterval, ok, type Result } from '@/engine/kernel';
import { foldMase, foldResiduals, forecastFolds, planBacktest, referenceErrors, scoreFolds, type BacktestPlan, type ModelScore } from './backtest';
import { bandsAround } from './conformal';
import type { Forecast, Forecaster, History } from './forecaster';
import { historyFrom, requestIssues, type ForecastIssue, type SeriesSummary } from './history';
import { candidatesFor } from './models/catalogue';
import { medianForecast, type CombinedForecaster } from './models/combination';

const FEWEST_ORIGINS = 4;
const CONFIDENCE = 0.99;

export type SeriesRequest = {
  readonly values: readonly (number | null)[];
  readonly seasons: readonly number[];
  readonly horizon: number;
  readonly levels: readonly number[];
  /** Forecasts and intervals are held at or above this. */
  readonly floor?: number;
  readonly candidates?: readonly Forecaster[];
  /** Steps that an outside model needs before every origin of the backtest; kept when the history allows it. */
  readonly leastTraining?: number;
};

export type SeriesPlan = { readonly request: SeriesRequest; readonly history: History; readonly summary: SeriesSummary; readonly candidates: readonly Forecaster[]; readonly backtest: BacktestPlan };

/** What one model said: at every origin of the backtest, and about the future. */
export type ModelRun = { readonly id: string; readonly title: string; readonly folds: readonly Float64Array[]; readonly mean: Float64Array };

export type SeriesForecast = {
  readonly summary: SeriesSummary;
  readonly chosen: string;
  readonly forecast: Forecast;
  /** Best first. */
  readonly scores: readonly ModelScore[];
  readonly forecasts: readonly Forecast[];
};

/** Checks the request and says which models will stand at which origins. */
export function planSeries(request: SeriesRequest): Result<SeriesPlan, readonly ForecastIssue[]> {
  const issues = requestIssues(request.horizon, request.levels);
  const read = historyFrom(request);
  if (!read.ok) return err([...issues, ...read.error]);
  if (issues.length > 0) return err(issues);
  const { history, summary } = read.value;
  const wanted = request.candidates ?? candidatesFor(history.seasons);
  const length = history.values.length;
  const most = length - Math.min(request.horizon, Math.max(1, Math.floor(length / 5))) - Math.floor(length / 10);
  const candidates = wanted.filter((model, i) => i === 0 || model.leastPoints(history.seasons) <= most);
  const outside = request.leastTraining ?? 1;
  const leastTraining = Math.max(outside <= most ? outside : 1, ...candidates.map((model) => model.leastPoints(history.seasons)));
  return ok({ request, history, summary, candidates, backtest: planBacktest(history, { horizon: request.horizon, leastTraining }) });
}

/** Runs one model through the backtest and to the horizon; members of a combination that ran before are not run again. */
export function runModel(plan: SeriesPlan, model: Forecaster, before: readonly ModelRun[] = []): ModelRun {
  const members = 'members' in model ? (model as CombinedForecaster).members : [];
  const ran = members.map((member) => before.find((run) => run.id === member.id));
  if (members.length > 0 && ran.every((run) => run !== undefined)) {
    return { id: model.id, title: model.title, folds: plan.backtest.origins.map((_, fold) => medianForecast(ran.map((run) => run.folds[fold]!))), mean: medianForecast(ran.map((run) => run.mean)) };
  }
  return { id: model.id, title: model.title, folds: forecastFolds(plan.backtest, model), mean: model.fit(plan.history).forecast(plan.request.horizon) };
}

/** Scores the runs and chooses. At least one run. */
export function chooseForecast(plan: SeriesPlan, runs: readonly ModelRun[]): SeriesForecast {
  const { levels, floor = -Infinity } = plan.request;
  const reference = referenceErrors(plan.backtest);
  const scores = runs.map((run) => scoreFolds(plan.backtest, { model: run, forecasts: run.folds, levels, reference }));
  const forecasts = runs.map((run) => {
    const mean = Array.from(run.mean, (value) => Math.max(floor, value));
    return { model: run.id, mean, bands: bandsAround(mean, foldResiduals(plan.backtest, run.folds), levels, floor) };
  });
  const order = runs.map((_, i) => i).sort((x, y) => rankValue(scores[x]!) - rankValue(scores[y]!) || x - y);
  const best = chosenRun(plan, runs, order);
  return { summary: plan.summary, chosen: runs[best]!.id, forecast: forecasts[best]!, scores: order.map((i) => scores[i]!), forecasts };
}

/** Everything at once, for models that answer synchronously. */
export function forecastSeries(request: SeriesRequest): Result<SeriesForecast, readonly ForecastIssue[]> {
  const planned = planSeries(request);
  if (!planned.ok) return planned;
  const runs = planned.value.candidates.reduce<readonly ModelRun[]>((before, model) => [...before, runModel(planned.value, model, before)], []);
  return ok(chooseForecast(planned.value, runs));
}

/** The best in the backtest where it beats the combination beyond chance (paired over the origins), else the combination. */
function chosenRun(plan: SeriesPlan, runs: readonly ModelRun[], order: readonly number[]): number {
  const best = order[0]!;
  const favourite = runs.findIndex((run) => run.id === plan.candidates[plan.candidates.length - 1]!.id);
  if (favourite < 0 || favourite === best) return best;
  const ours = foldMase(plan.backtest, runs[favourite]!.folds);
  const gains = foldMase(plan.backtest, runs[best]!.folds).map((error, fold) => error - ours[fold]!).filter(Number.isFinite);
  return gains.length >= FEWEST_ORIGINS && meanInterval(gains, CONFIDENCE).upper < 0 ? best : favourite;
}

/** MASE; where the history is constant and has no scale, sMAPE; without a backtest, the order of the candidates. */
const rankValue = ({ mase, sMape }: ModelScore) => (Number.isFinite(mase) ? mase : Number.isNaN(sMape) ? 0 : sMape);
