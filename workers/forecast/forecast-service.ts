/**
 * The forecast API: the engine's models one after another with progress between them, the trained network
 * beside them, and a plain verdict on whether the network was worth it.
 */
import { chooseForecast, planSeries, runModel, type ModelRun, type ModelScore } from '@/engine/forecast';
import { err, ok } from '@/engine/kernel';
import type { ForecastApi, ForecastProgress, NeuralModelInfo, NeuralVerdict } from '../forecast-api';
import type { NeuralModel } from './neural-model';
import { NEURAL_ID, NEURAL_TITLE, runNeural } from './neural-run';

const BASELINE = 'seasonal-naive';
const CARD_URL = '/models/load-forecaster/MODEL_CARD.md';
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

export function forecastService(openModel: () => Promise<NeuralModel>): ForecastApi {
  let opening: Promise<NeuralModel> | null = null;
  const model = () => {
    opening ??= openModel().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };

  return {
    modelInfo: async () => infoOf(await model()),
    async forecast(request, onProgress) {
      const planned = planSeries({ ...request, leastTraining: (await model().catch(() => null))?.manifest.leastSteps });
      if (!planned.ok) return err(planned.error);
      const plan = planned.value;
      const total = plan.candidates.length + 1;
      const runs: ModelRun[] = [];
      for (const candidate of plan.candidates) {
        tell(onProgress, { model: candidate.title, done: runs.length, total });
        await nextTask();
        runs.push(runModel(plan, candidate, runs));
      }
      tell(onProgress, { model: NEURAL_TITLE, done: runs.length, total });
      const neural = await model()
        .then((opened) => runNeural(plan, opened))
        .catch((error: unknown) => err(`the trained network did not run: ${error instanceof Error ? error.message : String(error)}`));
      if (neural.ok) runs.push(neural.value);
      const chosen = chooseForecast(plan, runs);
      return ok({ ...chosen, neural: neural.ok ? verdictOf(chosen.scores) : { unavailable: neural.error } });
    },
  };
}

const tell = (onProgress: ((progress: ForecastProgress) => void) | undefined, progress: ForecastProgress) => onProgress?.(progress);

async function infoOf({ manifest, probeDigest }: NeuralModel): Promise<NeuralModelInfo> {
  const { name, inputSteps, leastSteps, outputSteps, season, parameters, sha256 } = manifest;
  const digest = await probeDigest();
  return { name, inputSteps, leastSteps, outputSteps, season, parameters, sha256, cardUrl: CARD_URL, probeDigest: digest, probeMatches: digest === manifest.probeDigest };
}

/** Honest in both directions, and about too few origins to tell. */
export function verdictOf(scores: readonly ModelScore[]): NeuralVerdict | { readonly unavailable: string } {
  const ours = scores.find((score) => score.model === NEURAL_ID);
  const baseline = scores.find((score) => score.model === BASELINE);
  if (ours === undefined || baseline === undefined) return { unavailable: 'the series has no season to compare with' };
  if (!Number.isFinite(ours.mase) || !Number.isFinite(baseline.mase)) return { unavailable: 'the history is too short, or too flat, for a backtest' };
  const wins = ours.mase < baseline.mase;
  const change = baseline.mase === 0 ? 0 : Math.abs(ours.mase / baseline.mase - 1);
  const origins = `${ours.folds} ${ours.folds === 1 ? 'origin' : 'origins'}`;
  return {
    model: NEURAL_ID,
    baseline: BASELINE,
    wins,
    maseModel: ours.mase,
    maseBaseline: baseline.mase,
    folds: ours.folds,
    sentence: wins
      ? `The trained network beats “same time last season” here: MASE ${ours.mase.toFixed(2)} against ${baseline.mase.toFixed(2)} over ${origins} (${percent(change)} smaller error).`
      : `The trained network does not beat “same time last season” here: MASE ${ours.mase.toFixed(2)} against ${baseline.mase.toFixed(2)} over ${origins} (${percent(change)} larger error). It is shown, not used.`,
  };
}

const percent = (share: number) => `${Math.round(100 * share)} %`;
