/** Forecasts off the main thread. A shell: the models are in engine/forecast, the network is ONNX on our own wasm. */
import { expose } from 'comlink';
import * as runtime from 'onnxruntime-web/wasm';
import { forecastService } from './forecast/forecast-service';
import { openNeuralModel, parseManifest } from './forecast/neural-model';

const FOLDER = `${self.location.origin}/models/load-forecaster`;

async function fetched(name: string): Promise<Response> {
  const response = await fetch(`${FOLDER}/${name}`);
  if (!response.ok) throw new Error(`${name} could not be loaded (${response.status})`);
  return response;
}

expose(
  forecastService(async () => {
    const [manifest, bytes] = await Promise.all([fetched('manifest.json').then((response) => response.json()), fetched('model.onnx').then((response) => response.arrayBuffer())]);
    return openNeuralModel(runtime, new Uint8Array(bytes), parseManifest(manifest));
  }),
);
