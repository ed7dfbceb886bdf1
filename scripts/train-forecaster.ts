/**
 * Trains the load forecaster and writes it where the browser finds it, with its card:
 *   node --import tsx scripts/train-forecaster.ts               trains, writes model, manifest and card
 *   node --import tsx scripts/train-forecaster.ts --card        measures the model that is there, writes the card
 *   … --data DIR                                               measures it on the M4 hourly series in DIR as well
 * Everything is seeded: the same sources give the same bytes on V8.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as runtime from 'onnxruntime-web';
import { sha256Bytes } from '@/engine/kernel';
import { benchM4 } from '@/workers/forecast/m4-bench';
import { openNeuralModel, type NeuralManifest } from '@/workers/forecast/neural-model';
import { MODEL_FOLDER, openNodeModel } from '@/workers/forecast/node-model';
import { readM4 } from '@/workers/forecast/read-m4';
import { evaluate } from './train-forecaster/evaluate';
import { modelCard } from './train-forecaster/model-card';
import { layersOf } from './train-forecaster/network';
import { LEAST_STEPS, train, type Training } from './train-forecaster/train';
import { onnxModel } from './train-forecaster/write-onnx';

const CARD_IN_DOCS = fileURLToPath(new URL('../docs/reference/model-card.md', import.meta.url));
const TRAINING: Training = { shape: { inputSteps: 168, hidden: 64, outputSteps: 24 }, seed: 1, series: 4_000, steps: 20_000, batch: 64, rate: 0.002 };

async function trainAndWrite(): Promise<void> {
  const network = train(TRAINING, (step, loss) => console.error(`step ${step} of ${TRAINING.steps}, loss ${loss.toFixed(4)}`));
  const bytes = onnxModel(network, { producer: 'orrery', name: 'load-forecaster' });
  const parameters = layersOf(network).reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0);
  const { inputSteps, outputSteps } = TRAINING.shape;
  const manifest: NeuralManifest = { name: 'load-forecaster', inputSteps, leastSteps: LEAST_STEPS, outputSteps, season: 24, parameters, sha256: sha256Bytes(bytes), probeDigest: '' };
  const probeDigest = await (await openNeuralModel(runtime, bytes, manifest)).probeDigest();
  await mkdir(MODEL_FOLDER, { recursive: true });
  await writeFile(join(MODEL_FOLDER, 'model.onnx'), bytes);
  await writeFile(join(MODEL_FOLDER, 'manifest.json'), `${JSON.stringify({ ...manifest, probeDigest }, null, 2)}\n`);
}

async function writeCard(data: string | undefined): Promise<void> {
  const model = await openNodeModel();
  const bytes = (await readFile(join(MODEL_FOLDER, 'model.onnx'))).length;
  const evaluation = await evaluate(model);
  const real = data === undefined ? null : await readM4(data).then(async (series) => ({ series: series.length, rows: await benchM4(series, model, () => undefined) }));
  const card = modelCard({ manifest: model.manifest, training: TRAINING, evaluation, real, bytes });
  for (const page of [join(MODEL_FOLDER, 'MODEL_CARD.md'), CARD_IN_DOCS]) await writeFile(page, card);
  console.log(JSON.stringify({ evaluation, real }, null, 2));
}

const { values } = parseArgs({ options: { card: { type: 'boolean', default: false }, data: { type: 'string' } } });
if (!values.card) await trainAndWrite();
await writeCard(values.data);
