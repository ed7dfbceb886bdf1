/**
 * The trained load forecaster: one ONNX model, run by ONNX Runtime Web, in a browser worker and in Node with
 * the same digits (same wasm, one thread). `probeDigest` proves it: the hash of its answer to a fixed input.
 */
import type * as OnnxRuntime from 'onnxruntime-web';
import { hashState, sha256Bytes } from '@/engine/kernel';
import { normalizeWindow } from './window';

export type NeuralManifest = {
  readonly name: string;
  readonly inputSteps: number;
  /** Fewest steps it makes sense with; between this and `inputSteps` the history is lengthened by its own seasons. */
  readonly leastSteps: number;
  readonly outputSteps: number;
  /** Season the model was trained for, in steps. */
  readonly season: number;
  readonly parameters: number;
  readonly sha256: string;
  readonly probeDigest: string;
};

export type NeuralModel = {
  readonly manifest: NeuralManifest;
  /** Forecasts of `outputSteps` for each window of `inputSteps` values, in the unit of the window. */
  forecast(windows: readonly Float64Array[]): Promise<Float64Array[]>;
  probeDigest(): Promise<string>;
  release(): Promise<void>;
};

/** Checks what came as JSON. */
export function parseManifest(json: unknown): NeuralManifest {
  const given = typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
  const whole = (name: string) => {
    const value = given[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw new Error(`the manifest of the model has no ${name}`);
    return value;
  };
  const text = (name: string) => {
    const value = given[name];
    if (typeof value !== 'string') throw new Error(`the manifest of the model has no ${name}`);
    return value;
  };
  return { name: text('name'), inputSteps: whole('inputSteps'), leastSteps: whole('leastSteps'), outputSteps: whole('outputSteps'), season: whole('season'), parameters: whole('parameters'), sha256: text('sha256'), probeDigest: text('probeDigest') };
}

/** Opens the model; refuses bytes whose digest is not the manifest's. */
export async function openNeuralModel(runtime: typeof OnnxRuntime, bytes: Uint8Array, manifest: NeuralManifest): Promise<NeuralModel> {
  const found = sha256Bytes(bytes);
  if (found !== manifest.sha256) throw new Error(`the model file has digest ${found}, its manifest says ${manifest.sha256}`);
  runtime.env.wasm.numThreads = 1; // a second thread is slower here and would let sums differ
  const session = await runtime.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  const { inputSteps, outputSteps } = manifest;

  const run = async (rows: readonly Float64Array[]): Promise<Float32Array> => {
    const input = new Float32Array(rows.length * inputSteps);
    rows.forEach((row, i) => input.set(row, i * inputSteps));
    const { forecast } = await session.run({ window: new runtime.Tensor('float32', input, [rows.length, inputSteps]) });
    const data = forecast?.data;
    if (!(data instanceof Float32Array)) throw new Error('the model has no float output named forecast');
    return data;
  };

  return {
    manifest,
    forecast: async (windows) => {
      if (windows.length === 0) return [];
      const normalized = windows.map(normalizeWindow);
      const output = await run(normalized.map(({ window }) => window));
      return normalized.map(({ centre, spread }, i) => Float64Array.from({ length: outputSteps }, (_, h) => centre + spread * output[i * outputSteps + h]!));
    },
    probeDigest: async () => hashState(await run([probeWindow(inputSteps)])),
    release: () => session.release(),
  };
}

/** A fixed zigzag, far from round numbers. */
const probeWindow = (steps: number) => Float64Array.from({ length: steps }, (_, i) => ((i * 37) % 24) / 12 - 1 + i / 1_000);
