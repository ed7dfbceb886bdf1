/**
 * The network: a linear map from the window to the next day, plus two hidden layers of ReLU on top of it.
 * The linear part starts as “same as yesterday”, so training begins at seasonal-naive and can only learn
 * what is better. Forward and backward are written out for one batch; no framework.
 */
import { nextNormal, randomStream } from '@/engine/kernel';

export type Layer = { readonly inputs: number; readonly outputs: number; readonly weights: Float64Array; readonly bias: Float64Array };
export type Network = { readonly skip: Layer; readonly first: Layer; readonly second: Layer; readonly last: Layer };

export type Shape = { readonly inputSteps: number; readonly hidden: number; readonly outputSteps: number };

export function makeNetwork({ inputSteps, hidden, outputSteps }: Shape, seed: number): Network {
  const random = randomStream(seed, 'weights');
  const layer = (inputs: number, outputs: number, size: number): Layer => ({ inputs, outputs, weights: Float64Array.from({ length: inputs * outputs }, () => size * nextNormal(random)), bias: new Float64Array(outputs) });
  const skip = layer(inputSteps, outputSteps, 0);
  for (let out = 0; out < outputSteps; out += 1) skip.weights[(inputSteps - outputSteps + out) * outputSteps + out] = 1;
  return { skip, first: layer(inputSteps, hidden, Math.sqrt(2 / inputSteps)), second: layer(hidden, hidden, Math.sqrt(2 / hidden)), last: layer(hidden, outputSteps, 0.01) };
}

export const layersOf = ({ skip, first, second, last }: Network): readonly Layer[] => [skip, first, second, last];

export type Activations = { readonly input: Float64Array; readonly first: Float64Array; readonly second: Float64Array; readonly output: Float64Array };

/** `input` holds `rows` windows one after another. */
export function forward(network: Network, input: Float64Array, rows: number): Activations {
  const first = relu(apply(network.first, input, rows));
  const second = relu(apply(network.second, first, rows));
  const output = apply(network.last, second, rows);
  const skipped = apply(network.skip, input, rows);
  for (let i = 0; i < output.length; i += 1) output[i] = output[i]! + skipped[i]!;
  return { input, first, second, output };
}

/** Gradients of the loss for every layer, in the order of `layersOf`, from the gradient at the output. */
export function backward(network: Network, { input, first, second }: Activations, slope: Float64Array, rows: number): Layer[] {
  const skip = gradient(network.skip, input, slope, rows);
  const last = gradient(network.last, second, slope, rows);
  const atSecond = gated(backApply(network.last, slope, rows), second);
  const middle = gradient(network.second, first, atSecond, rows);
  const atFirst = gated(backApply(network.second, atSecond, rows), first);
  return [skip, gradient(network.first, input, atFirst, rows), middle, last];
}

function apply({ inputs, outputs, weights, bias }: Layer, input: Float64Array, rows: number): Float64Array {
  const result = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row += 1) {
    result.set(bias, row * outputs);
    for (let i = 0; i < inputs; i += 1) {
      const x = input[row * inputs + i]!;
      if (x === 0) continue;
      for (let out = 0; out < outputs; out += 1) result[row * outputs + out] = result[row * outputs + out]! + x * weights[i * outputs + out]!;
    }
  }
  return result;
}

function backApply({ inputs, outputs, weights }: Layer, slope: Float64Array, rows: number): Float64Array {
  const result = new Float64Array(rows * inputs);
  for (let row = 0; row < rows; row += 1) {
    for (let i = 0; i < inputs; i += 1) {
      let sum = 0;
      for (let out = 0; out < outputs; out += 1) sum += slope[row * outputs + out]! * weights[i * outputs + out]!;
      result[row * inputs + i] = sum;
    }
  }
  return result;
}

function gradient({ inputs, outputs }: Layer, input: Float64Array, slope: Float64Array, rows: number): Layer {
  const weights = new Float64Array(inputs * outputs);
  const bias = new Float64Array(outputs);
  for (let row = 0; row < rows; row += 1) {
    for (let out = 0; out < outputs; out += 1) bias[out] = bias[out]! + slope[row * outputs + out]!;
    for (let i = 0; i < inputs; i += 1) {
      const x = input[row * inputs + i]!;
      if (x === 0) continue;
      for (let out = 0; out < outputs; out += 1) weights[i * outputs + out] = weights[i * outputs + out]! + x * slope[row * outputs + out]!;
    }
  }
  return { inputs, outputs, weights, bias };
}

function relu(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i += 1) if (values[i]! < 0) values[i] = 0;
  return values;
}

/** Slopes pass only where the unit was active. */
function gated(slope: Float64Array, active: Float64Array): Float64Array {
  for (let i = 0; i < slope.length; i += 1) if (active[i] === 0) slope[i] = 0;
  return slope;
}
