import * as runtime from 'onnxruntime-web';
import { describe, expect, test } from 'vitest';
import { sha256Bytes } from '@/engine/kernel';
import { openNeuralModel } from '@/workers/forecast/neural-model';
import { generateSeries, SERIES_LENGTH } from './generate-series';
import { backward, forward, layersOf, makeNetwork } from './network';
import { train } from './train';
import { onnxModel } from './write-onnx';

const shape = { inputSteps: 96, hidden: 8, outputSteps: 24 };
const quick = { shape, seed: 3, series: 20, steps: 300, batch: 16, rate: 0.003 };

describe('training', () => {
  test('the same seed gives the same bytes, another seed others', () => {
    const digest = (seed: number) => sha256Bytes(onnxModel(train({ ...quick, steps: 20, seed }, () => undefined), { producer: 't', name: 't' }));
    expect(digest(3)).toBe(digest(3));
    expect(digest(4)).not.toBe(digest(3));
  });
  test('it begins as “same as yesterday” and gets better from there', () => {
    const losses: number[] = [];
    train({ ...quick, steps: 1_000 }, (_, loss) => losses.push(loss));
    expect(losses[1]!).toBeLessThan(losses[0]!);
    const start = makeNetwork({ ...shape }, 1);
    const window = Float64Array.from({ length: 96 }, (_, i) => i);
    start.last.weights.fill(0);
    expect([...forward(start, window, 1).output]).toEqual(Array.from({ length: 24 }, (_, h) => 72 + h));
  });
  test('every gradient is the slope of the loss', () => {
    const network = makeNetwork({ inputSteps: 5, hidden: 4, outputSteps: 2 }, 7);
    const input = Float64Array.from({ length: 15 }, (_, i) => Math.sin(i * 1.7));
    const weightOf = Float64Array.from({ length: 6 }, (_, i) => Math.cos(i)); // loss = Σ weight · output
    const loss = () => forward(network, input, 3).output.reduce((sum, value, i) => sum + value * weightOf[i]!, 0);
    const gradients = backward(network, forward(network, input, 3), weightOf, 3);
    layersOf(network).forEach((layer, l) => {
      for (const part of ['weights', 'bias'] as const) {
        for (let i = 0; i < layer[part].length; i += 1) {
          const before = layer[part][i]!;
          layer[part][i] = before + 1e-5;
          const up = loss();
          layer[part][i] = before - 1e-5;
          const down = loss();
          layer[part][i] = before;
          expect((up - down) / 2e-5).toBeCloseTo(gradients[l]![part][i]!, 5);
        }
      }
    });
  });
});

describe('the ONNX file', () => {
  test('ONNX Runtime computes what the trainer computes', async () => {
    const network = train({ ...quick, steps: 50 }, () => undefined);
    const bytes = onnxModel(network, { producer: 't', name: 't' });
    const model = await openNeuralModel(runtime, bytes, { name: 't', inputSteps: 96, leastSteps: 72, outputSteps: 24, season: 24, parameters: 1, sha256: sha256Bytes(bytes), probeDigest: '' });
    const window = generateSeries(1).subarray(0, 96);
    const centre = window.reduce((sum, value) => sum + value, 0) / 96;
    const spread = Math.sqrt(window.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 96);
    const ours = forward(network, window.map((value) => (value - centre) / spread), 1).output;
    const [theirs] = await model.forecast([window]);
    theirs!.forEach((value, h) => expect((value - centre) / spread).toBeCloseTo(ours[h]!, 4));
    await model.release();
  });
});

describe('the generated series', () => {
  test('are positive, finite, four weeks long, and their own for each seed', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const series = generateSeries(seed);
      expect(series.length).toBe(SERIES_LENGTH);
      expect(series.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
      expect(series).toEqual(generateSeries(seed));
    }
    expect(generateSeries(1)).not.toEqual(generateSeries(2));
  });
});
