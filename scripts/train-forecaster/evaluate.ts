/**
 * How good the trained model is on generated series it has never seen, next to the models it must beat, by
 * the product's own rolling-origin backtest.
 */
import { candidatesFor, chooseForecast, planSeries, runModel, type ModelRun } from '@/engine/forecast';
import type { NeuralModel } from '@/workers/forecast/neural-model';
import { NEURAL_ID, runNeural } from '@/workers/forecast/neural-run';
import { DAY, generateSeries } from './generate-series';

export type Evaluation = {
  readonly series: number;
  readonly horizon: number;
  readonly models: readonly { readonly model: string; readonly mase: number; readonly sMape: number; readonly owa: number; readonly coverage80: number; readonly coverage95: number }[];
  /** Share of the series on which the network has the smaller MASE. */
  readonly winsAgainstSeasonalNaive: number;
};

const TEST_SERIES = 200;
/** Training used 1,000,000 and up. */
const FIRST_TEST_SEED = 500;
const LEVELS = [0.8, 0.95];
const SHOWN = ['seasonal-naive', 'theta', 'ets', 'combination', NEURAL_ID];

export async function evaluate(model: NeuralModel): Promise<Evaluation> {
  const sums = new Map(SHOWN.map((id) => [id, [0, 0, 0, 0, 0]]));
  let wins = 0;
  for (let i = 0; i < TEST_SERIES; i += 1) {
    const scores = await scoresOn(generateSeries(FIRST_TEST_SEED + i), model);
    for (const id of SHOWN) {
      const score = scores.find((one) => one.model === id)!;
      const numbers = [score.mase, score.sMape, score.owa, score.intervals[0]!.coverage, score.intervals[1]!.coverage];
      sums.set(id, sums.get(id)!.map((sum, k) => sum + numbers[k]! / TEST_SERIES));
    }
    const maseOf = (id: string) => scores.find((one) => one.model === id)!.mase;
    if (maseOf(NEURAL_ID) < maseOf('seasonal-naive')) wins += 1;
  }
  const models = [...sums].map(([id, numbers]) => {
    const [mase, sMape, owa, coverage80, coverage95] = numbers.map((value) => Number(value.toFixed(4))) as [number, number, number, number, number];
    return { model: id, mase, sMape, owa, coverage80, coverage95 };
  });
  return { series: TEST_SERIES, horizon: DAY, models, winsAgainstSeasonalNaive: wins / TEST_SERIES };
}

async function scoresOn(series: Float64Array, model: NeuralModel) {
  const planned = planSeries({ values: Array.from(series), seasons: [DAY], horizon: DAY, levels: LEVELS, leastTraining: model.manifest.leastSteps });
  if (!planned.ok) throw new Error(planned.error[0]!.message);
  const candidates = candidatesFor([DAY]);
  const runs = candidates.reduce<readonly ModelRun[]>((before, candidate) => [...before, runModel(planned.value, candidate, before)], []);
  const neural = await runNeural(planned.value, model);
  if (!neural.ok) throw new Error(neural.error);
  return chooseForecast(planned.value, [...runs, neural.value]).scores;
}
