import { describe, expect, test } from 'vitest';
import type { ModelScore } from '@/engine/forecast';
import type { ForecastProgress } from '../forecast-api';
import { forecastService, verdictOf } from './forecast-service';
import { openNodeModel } from './node-model';

const service = forecastService(() => openNodeModel());
const load = Array.from({ length: 24 * 14 }, (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t) / 24) + ((t * 7919) % 11));
const request = { series: 'web.offeredRps', values: load, seasons: [24], horizon: 24, levels: [0.8, 0.95], floor: 0 };

describe('the forecast service', () => {
  test('answers with every model, the network among them, and tells its progress', async () => {
    const told: ForecastProgress[] = [];
    const answer = await service.forecast(request, (progress) => told.push(progress));
    if (!answer.ok) throw new Error(answer.error[0]!.message);
    expect(answer.value.forecasts.map((forecast) => forecast.model)).toContain('neural');
    expect(answer.value.neural).toMatchObject({ model: 'neural', baseline: 'seasonal-naive' });
    expect(told.map((progress) => progress.done)).toEqual(told.map((_, i) => i));
    expect(told[0]!.total).toBe(told.length);
  });
  test('without a season the network is left out with a reason, and there still is a forecast', async () => {
    const answer = await service.forecast({ ...request, seasons: [] });
    expect(answer).toMatchObject({ ok: true, value: { neural: { unavailable: expect.stringContaining('no season') }, forecast: { mean: expect.any(Array) } } });
  });
  test('a model file that cannot be loaded takes only the network away', async () => {
    const broken = forecastService(() => Promise.reject(new Error('404')));
    expect(await broken.forecast(request)).toMatchObject({ ok: true, value: { neural: { unavailable: expect.stringContaining('404') } } });
    await expect(broken.modelInfo()).rejects.toThrow('404');
  });
  test('a bad request is a list of issues', async () => {
    expect(await service.forecast({ ...request, horizon: 0, levels: [2] })).toMatchObject({ ok: false, error: [{ path: 'horizon' }, { path: 'levels[0]' }] });
  });
  test('the model tells whether it computes here what it computed at home', async () => {
    expect(await service.modelInfo()).toMatchObject({ probeMatches: true, season: 24, cardUrl: expect.stringContaining('MODEL_CARD') });
  });
});

describe('the verdict', () => {
  const score = (model: string, mase: number): ModelScore => ({ model, title: model, folds: 10, sMape: 10, mase, owa: 1, intervals: [] });

  test('says so when the network wins, and by how much', () => {
    expect(verdictOf([score('neural', 0.8), score('seasonal-naive', 1)])).toMatchObject({ wins: true, sentence: expect.stringContaining('20 % smaller') });
  });
  test('says so when it loses, or draws', () => {
    expect(verdictOf([score('neural', 1.5), score('seasonal-naive', 1)])).toMatchObject({ wins: false, sentence: expect.stringContaining('does not beat') });
    expect(verdictOf([score('neural', 1), score('seasonal-naive', 1)])).toMatchObject({ wins: false });
  });
  test('without a number it claims nothing', () => {
    expect(verdictOf([score('neural', NaN), score('seasonal-naive', 1)])).toHaveProperty('unavailable');
    expect(verdictOf([score('seasonal-naive', 1)])).toHaveProperty('unavailable');
  });
});
