/**
 * Training: random windows of the generated series, absolute error (smoothed near zero: the median is what
 * MASE asks for), Adam (Kingma & Ba 2015) with a step that falls linearly to zero. The same seed gives
 * the same weights.
 */
import { happens, nextBelow, randomStream } from '@/engine/kernel';
import { lastWindow, normalizeWindow } from '@/workers/forecast/window';
import { DAY, generateSeries, SERIES_LENGTH } from './generate-series';
import { backward, forward, layersOf, makeNetwork, type Layer, type Network, type Shape } from './network';

export type Training = { readonly shape: Shape; readonly seed: number; readonly series: number; readonly steps: number; readonly batch: number; readonly rate: number };

/** Fewest steps the network is shown: three days. A third of the windows are shorter than its input. */
export const LEAST_STEPS = 3 * DAY;
const SHORT_SHARE = { numerator: 1, denominator: 3 };

/** Errors below this share of a window's spread count squared, above it linearly. */
const SMOOTH = 0.1;

export function train({ shape, seed, series, steps, batch, rate }: Training, onStep: (step: number, loss: number) => void): Network {
  const data = Array.from({ length: series }, (_, i) => generateSeries(seed * 1_000_000 + i));
  const network = makeNetwork(shape, seed);
  const moments = layersOf(network).map((layer) => ({ weights: twoZeros(layer.weights.length), bias: twoZeros(layer.bias.length) }));
  const random = randomStream(seed, 'batches');
  let recent = 0;
  for (let step = 1; step <= steps; step += 1) {
    const { windows, targets } = drawBatch(data, shape, batch, random);
    const activations = forward(network, windows, batch);
    const { loss, slope } = smoothAbsolute(activations.output, targets, batch);
    recent = recent === 0 ? loss : 0.99 * recent + 0.01 * loss;
    const pace = (rate * (steps - step + 1)) / steps;
    backward(network, activations, slope, batch).forEach((gradient, i) => moveLayer(layersOf(network)[i]!, gradient, moments[i]!, pace, step));
    if (step % 500 === 0) onStep(step, recent);
  }
  return network;
}

function drawBatch(data: readonly Float64Array[], { inputSteps, outputSteps }: Shape, batch: number, random: ReturnType<typeof randomStream>) {
  const windows = new Float64Array(batch * inputSteps);
  const targets = new Float64Array(batch * outputSteps);
  for (let row = 0; row < batch; row += 1) {
    const series = data[nextBelow(random, data.length)]!;
    const start = nextBelow(random, SERIES_LENGTH - inputSteps - outputSteps + 1);
    const hidden = happens(random, SHORT_SHARE) ? nextBelow(random, Math.max(1, inputSteps - LEAST_STEPS)) : 0;
    const seen = series.subarray(start + hidden, start + inputSteps);
    const { window, centre, spread } = normalizeWindow(lastWindow(seen, inputSteps, DAY));
    windows.set(window, row * inputSteps);
    for (let h = 0; h < outputSteps; h += 1) targets[row * outputSteps + h] = (series[start + inputSteps + h]! - centre) / spread;
  }
  return { windows, targets };
}

function smoothAbsolute(output: Float64Array, targets: Float64Array, rows: number) {
  let loss = 0;
  const slope = output.map((value, i) => {
    const error = value - targets[i]!;
    const size = Math.abs(error);
    loss += size < SMOOTH ? (error * error) / (2 * SMOOTH) : size - SMOOTH / 2;
    return Math.max(-1, Math.min(1, error / SMOOTH)) / rows;
  });
  return { loss: loss / output.length, slope };
}

type Moments = readonly [mean: Float64Array, square: Float64Array];
const twoZeros = (length: number): Moments => [new Float64Array(length), new Float64Array(length)];

function moveLayer(layer: Layer, gradient: Layer, moments: { weights: Moments; bias: Moments }, rate: number, step: number): void {
  adam(layer.weights, gradient.weights, moments.weights, rate, step);
  adam(layer.bias, gradient.bias, moments.bias, rate, step);
}

function adam(values: Float64Array, gradient: Float64Array, [mean, square]: Moments, rate: number, step: number): void {
  const meanScale = 1 / (1 - 0.9 ** step);
  const squareScale = 1 / (1 - 0.999 ** step);
  for (let i = 0; i < values.length; i += 1) {
    mean[i] = 0.9 * mean[i]! + 0.1 * gradient[i]!;
    square[i] = 0.999 * square[i]! + 0.001 * gradient[i]! * gradient[i]!;
    values[i] = values[i]! - (rate * mean[i]! * meanScale) / (Math.sqrt(square[i]! * squareScale) + 1e-8);
  }
}
