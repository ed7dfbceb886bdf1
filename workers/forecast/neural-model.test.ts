import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as runtime from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planSeries } from '@/engine/forecast';
import { sha256Bytes } from '@/engine/kernel';
import { openNeuralModel, parseManifest, type NeuralModel } from './neural-model';
import { runNeural, whyNotNeural } from './neural-run';
import { MODEL_FOLDER, openNodeModel } from './node-model';
import { lastWindow, normalizeWindow } from './window';

let model: NeuralModel;
beforeAll(async () => {
  model = await openNodeModel();
});
afterAll(() => model.release());

const day = (t: number) => 100 + 40 * Math.sin((2 * Math.PI * t) / 24);
const windowOf = (from: number, scale = 1) => Float64Array.from({ length: model.manifest.inputSteps }, (_, i) => scale * day(from + i));
const planned = (values: readonly (number | null)[], horizon = 24, seasons = [24]) => {
  const plan = planSeries({ values, seasons, horizon, levels: [], leastTraining: model.manifest.leastSteps });
  if (!plan.ok) throw new Error(plan.error[0]!.message);
  return plan.value;
};

describe('the trained model', () => {
  test('its file is the one its manifest names, and its answer to the probe is the one it was made with', async () => {
    const bytes = await readFile(join(MODEL_FOLDER, 'model.onnx'));
    expect(sha256Bytes(bytes)).toBe(model.manifest.sha256);
    expect(await model.probeDigest()).toBe(model.manifest.probeDigest);
  });
  test('the wasm-only build that the browser loads gives the same digits', async () => {
    const browserRuntime = await import('onnxruntime-web/wasm');
    const other = await openNeuralModel(browserRuntime, await readFile(join(MODEL_FOLDER, 'model.onnx')), model.manifest);
    expect(await other.probeDigest()).toBe(model.manifest.probeDigest);
    await other.release();
  });
  test('the card names this very file', async () => {
    expect(await readFile(join(MODEL_FOLDER, 'MODEL_CARD.md'), 'utf8')).toContain(model.manifest.sha256);
  });
  test('a clean day is continued', async () => {
    const [mean] = await model.forecast([windowOf(0)]);
    mean!.forEach((y, h) => expect(Math.abs(y - day(model.manifest.inputSteps + h))).toBeLessThan(10));
  });
  test('the unit does not matter: a million times as much gives a million times the forecast', async () => {
    const [small, large] = await model.forecast([windowOf(0), windowOf(0, 1e6)]);
    small!.forEach((y, h) => expect(large![h]! / 1e6).toBeCloseTo(y, 3));
  });
  test('one window alone and among others gets the same answer', async () => {
    const [alone] = await model.forecast([windowOf(5)]);
    const many = await model.forecast([windowOf(1), windowOf(5), windowOf(9)]);
    many[1]!.forEach((y, h) => expect(y).toBeCloseTo(alone![h]!, 4));
  });
  test('a flat window stays flat', async () => {
    const [mean] = await model.forecast([new Float64Array(model.manifest.inputSteps).fill(7)]);
    mean!.forEach((y) => expect(Math.abs(y - 7)).toBeLessThan(0.5));
    expect(normalizeWindow([3, 3, 3])).toMatchObject({ centre: 3, spread: 1 });
  });
  test('bytes that are not the named file are refused', async () => {
    await expect(openNeuralModel(runtime, new Uint8Array([1, 2, 3]), model.manifest)).rejects.toThrow('digest');
  });
  test('a manifest that lacks something is refused by name', () => {
    expect(() => parseManifest({ ...model.manifest, inputSteps: 'x' })).toThrow('inputSteps');
    expect(() => parseManifest(null)).toThrow('name');
  });
});

describe('a short history', () => {
  const history = Float64Array.from({ length: 7 }, (_, i) => i);
  test('is lengthened backwards by its own whole seasons, phase kept', () => expect([...lastWindow(history, 12, 3)]).toEqual([1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 6]));
  test('is cut to its end when it is long enough', () => expect([...lastWindow(history, 3, 3)]).toEqual([4, 5, 6]));
  test('three days of a clean pattern are continued as seven are', async () => {
    const three = Float64Array.from({ length: model.manifest.leastSteps }, (_, i) => day(i));
    const [mean] = await model.forecast([lastWindow(three, model.manifest.inputSteps, 24)]);
    mean!.forEach((y, h) => expect(Math.abs(y - day(model.manifest.leastSteps + h))).toBeLessThan(10));
  });
});

describe('the model in the backtest', () => {
  const load = Array.from({ length: 24 * 14 }, (_, t) => day(t) + ((t * 7919) % 11));

  test('stands at every origin of the plan, with the horizon asked for', async () => {
    const plan = planned(load, 60);
    const run = await runNeural(plan, model);
    if (!run.ok) throw new Error(run.error);
    expect(run.value.folds.length).toBe(plan.backtest.origins.length);
    expect(run.value.folds.every((fold) => fold.length === plan.backtest.horizon)).toBe(true);
    expect(run.value.mean.length).toBe(60);
    run.value.mean.forEach((y, h) => expect(Math.abs(y - day(load.length + h))).toBeLessThan(25));
  });
  test('sees nothing after its origin', async () => {
    const plan = planned(load);
    const last = plan.backtest.origins[plan.backtest.origins.length - 1]!;
    const changed = planned(load.map((value, t) => (t >= last ? 9_999 : value)));
    const [before, after] = await Promise.all([runNeural(plan, model), runNeural(changed, model)]);
    expect(before.ok && after.ok && [...after.value.folds.at(-1)!]).toEqual(before.ok && [...before.value.folds.at(-1)!]);
  });
  test('says why it cannot take part', async () => {
    expect(whyNotNeural(planned(load, 24, []), model.manifest)).toContain('no season');
    expect(whyNotNeural(planned(load, 24, [12]), model.manifest)).toContain('seasons of 12');
    expect(await runNeural(planned(load.slice(0, 60)), model)).toMatchObject({ ok: false, error: expect.stringContaining(`needs ${model.manifest.leastSteps} steps`) });
  });
  test('gaps are filled, not fed as holes', async () => {
    const run = await runNeural(planned(load.map((value, t) => (t % 9 === 0 ? null : value))), model);
    expect(run.ok && run.value.mean.every(Number.isFinite)).toBe(true);
  });
});
