/**
 * Trains the load forecaster and writes it where the browser finds it:
 *   node --import tsx scripts/train-forecaster.ts            trains, writes model, manifest and card
 *   node --import tsx scripts/train-forecaster.ts --evaluate  measures the model that is there, as JSON
 * Everything is seeded: the same sources give the same bytes on V8.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as runtime from 'onnxruntime-web';
import { sha256Bytes } from '@/engine/kernel';
import { openNeuralModel, type NeuralManifest } from '@/workers/forecast/neural-model';
import { MODEL_FOLDER, openNodeModel } from '@/workers/forecast/node-model';
import { evaluate } from './train-forecaster/evaluate';
import { modelCard } from './train-forecaster/model-card';
import { layersOf } from './train-forecaster/network';
import { train, type Training } from './train-forecaster/train';
import { onnxModel } from './train-forecaster/write-onnx';

const TRAINING: Training = { shape: { inputSteps: 72, hidden: 64, outputSteps: 24 }, seed: 1, series: 4_000, steps: 20_000, batch: 64, rate: 0.002 };

async function trainAndWrite(): Promise<void> {
  const network = train(TRAINING, (step, loss) => console.error(`step ${step} of ${TRAINING.steps}, loss ${loss.toFixed(4)}`));
  const bytes = onnxModel(network, { producer: 'orrery', name: 'load-forecaster' });
  const parameters = layersOf(network).reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0);
  const { inputSteps, outputSteps } = TRAINING.shape;
  const manifest: NeuralManifest = { name: 'load-forecaster', inputSteps, outputSteps, season: 24, parameters, sha256: sha256Bytes(bytes), probeDigest: '' };
  const model = await openNeuralModel(runtime, bytes, manifest);
  const complete = { ...manifest, probeDigest: await model.probeDigest() };
  await mkdir(MODEL_FOLDER, { recursive: true });
  await writeFile(join(MODEL_FOLDER, 'model.onnx'), bytes);
  await writeFile(join(MODEL_FOLDER, 'manifest.json'), `${JSON.stringify(complete, null, 2)}\n`);
  const evaluation = await evaluate(model);
  await writeFile(join(MODEL_FOLDER, 'MODEL_CARD.md'), modelCard({ manifest: complete, training: TRAINING, evaluation, bytes: bytes.length }));
  console.log(JSON.stringify(evaluation, null, 2));
}


const { values } = parseArgs({ options: { evaluate: { type: 'boolean', default: false } } });
if (values.evaluate) console.log(JSON.stringify(await evaluate(await openNodeModel()), null, 2));
else await trainAndWrite();
