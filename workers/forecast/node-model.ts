/** The trained model in Node: the same file and the same wasm as in the browser. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as runtime from 'onnxruntime-web';
import { openNeuralModel, parseManifest, type NeuralModel } from './neural-model';

export const MODEL_FOLDER = fileURLToPath(new URL('../../public/models/load-forecaster', import.meta.url));

export async function openNodeModel(folder = MODEL_FOLDER): Promise<NeuralModel> {
  const [manifest, bytes] = await Promise.all([readFile(join(folder, 'manifest.json'), 'utf8'), readFile(join(folder, 'model.onnx'))]);
  return openNeuralModel(runtime, bytes, parseManifest(JSON.parse(manifest)));
}
