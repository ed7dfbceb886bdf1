import { expect, test } from 'vitest';
import type { ModelScore } from '@/engine/forecast';
import { shop } from '@/scenarios/shop';
import { firstToSaturate, peakOf, valueAtLimit, whyChosen } from './read-demand';

const row = (service: string, cpu: number | null, growthLeft: number | null = null) => ({
  service, seconds_observed: 60, capacity_cores: null, cpu_cores_p95: cpu, utilization_p95: null, utilization_max: null, headroom_cores: null, cpu_ms_per_request: null, served_rps_p95: null, rps_at_limit: null, growth_left: growthLeft,
});
const score = (model: string, folds = 5): ModelScore => ({ model, title: `Model ${model}`, folds, sMape: 1, mase: 1, owa: 1, intervals: [] });

test('the peak is the highest step, with its narrowest interval', () => {
  const bands = [
    { level: 0.95, basis: 'conformal' as const, lower: [0, 1, 0], upper: [9, 9, 9] },
    { level: 0.8, basis: 'conformal' as const, lower: [2, 4, 1], upper: [5, 6, 4] },
  ];
  expect(peakOf({ model: 'm', mean: [3, 5, 2], bands })).toEqual({ step: 1, mean: 5, lower: 4, upper: 6, level: 0.8 });
});

test('without CPU limits the lanes say who saturates first; the clients have no CPU to run out of', () => {
  const found = firstToSaturate([row('client', null), row('catalog', 1.6), row('frontend', 0.4)], shop);
  expect(found).toEqual({ service: 'catalog', growthLeft: (4 * 0.8) / 1.6, seconds: 60 });
});

test('a measured CPU limit goes before the lanes', () => {
  expect(firstToSaturate([row('catalog', 1.6, 1.1)], shop)?.growthLeft).toBe(1.1);
});

test('nothing measured, nothing claimed', () => {
  expect(firstToSaturate([row('client', null)], shop)).toBeNull();
});

test('the value at the limit leaves gaps out', () => {
  expect(valueAtLimit([null, 10, 10, null], { service: 'x', growthLeft: 2, seconds: 1 })).toBe(20);
});

test('it says when the used model is not the one with the smallest error', () => {
  expect(whyChosen([score('a'), score('b')], 'a')).toBe('Model a had the smallest error over 5 origins.');
  expect(whyChosen([score('a'), score('b')], 'b')).toContain('not beyond chance');
  expect(whyChosen([score('a', 0)], 'a')).toBe('The history is too short for a backtest.');
});
