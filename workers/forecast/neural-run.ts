/**
 * The trained model as one more contestant: it stands at the same origins as the others and sees the same
 * history. All origins go through the network at once; horizons longer than its output feed on its own
 * forecast, round by round.
 */
import { fillGaps, trainingPart, type ModelRun, type SeriesPlan } from '@/engine/forecast';
import { err, ok, type Result } from '@/engine/kernel';
import type { NeuralModel } from './neural-model';
import { lastWindow } from './window';

export const NEURAL_ID = 'neural';
export const NEURAL_TITLE = 'Trained network (ONNX)';

/** Why the model cannot take part in this series; null when it can. */
export function whyNotNeural({ history, backtest }: SeriesPlan, { season, leastSteps }: NeuralModel['manifest']): string | null {
  if (!history.seasons.includes(season)) return `the network was trained on days of ${season} steps; this series has ${history.seasons.length === 0 ? 'no season' : `seasons of ${history.seasons.join(' and ')}`}`;
  const shortest = Math.min(history.values.length, ...backtest.origins);
  return shortest < leastSteps ? `the network needs ${leastSteps} steps before every origin; there are ${shortest}` : null;
}

export async function runNeural(plan: SeriesPlan, model: NeuralModel): Promise<Result<ModelRun, string>> {
  const reason = whyNotNeural(plan, model.manifest);
  if (reason !== null) return err(reason);
  const histories = [...plan.backtest.origins.map((origin) => trainingPart(plan.backtest, origin)), plan.history];
  const means = await extrapolate(model, histories.map(fillGaps), plan.request.horizon);
  return ok({ id: NEURAL_ID, title: NEURAL_TITLE, folds: means.slice(0, -1).map((mean) => mean.subarray(0, plan.backtest.horizon)), mean: means[means.length - 1]! });
}

async function extrapolate(model: NeuralModel, histories: readonly Float64Array[], horizon: number): Promise<Float64Array[]> {
  const { inputSteps, outputSteps, season } = model.manifest;
  const rounds = Math.ceil(horizon / outputSteps);
  const extended = histories.map((values) => {
    const room = new Float64Array(inputSteps + rounds * outputSteps);
    room.set(lastWindow(values, inputSteps, season));
    return room;
  });
  for (let round = 0; round < rounds; round += 1) {
    const next = await model.forecast(extended.map((values) => values.subarray(round * outputSteps, round * outputSteps + inputSteps)));
    next.forEach((mean, i) => extended[i]!.set(mean, inputSteps + round * outputSteps));
  }
  return extended.map((values) => values.subarray(inputSteps, inputSteps + horizon));
}
