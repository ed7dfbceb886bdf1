import { expect, test } from 'vitest';
import type { ComparedValue } from './measured-value';
import { isExperimentMet, summarizeFidelity } from './summarize-fidelity';

const value = (part: string | undefined, twinError: number, textbookError: number, measured = 0.5): ComparedValue => ({
  record: 'X01', ...(part === undefined ? {} : { part }), rep: 1, key: 'g cpu', kind: 'cpu', measured, twin: measured + twinError, textbook: measured - textbookError, spread: 0, tolerance: 0.01, within: twinError <= 0.01,
});
const many = (count: number, of: ComparedValue) => Array.from({ length: count }, () => of);

test('every kind of record holds by itself, whatever the median over all kinds is', () => {
  const noisy = [...many(9, value('one CPU', 0.0003, 0.0003)), ...many(3, value('several CPUs', 0.002, 0.008))];
  const summary = summarizeFidelity('A', noisy);
  expect(summary.parts.map(({ part, values, ratio }) => [part, values, Math.round(100 * ratio) / 100])).toEqual([['one CPU', 9, 1], ['several CPUs', 3, 0.25]]);
  expect(isExperimentMet(summary)).toBe(false);
  expect(isExperimentMet(summarizeFidelity('A', [...many(9, value('one CPU', 0.0002, 0.0003)), ...many(3, value('several CPUs', 0.002, 0.008))]))).toBe(true);
});

test('without kinds the experiment holds as a whole', () => {
  expect(isExperimentMet(summarizeFidelity('B', many(5, value(undefined, 0.002, 0.004))))).toBe(true);
  expect(isExperimentMet(summarizeFidelity('B', many(5, value(undefined, 0.004, 0.004))))).toBe(false);
  expect(isExperimentMet(summarizeFidelity('B', [...many(8, value(undefined, 0.002, 0.04)), ...many(2, value(undefined, 0.02, 0.04))]))).toBe(false);
});

test('relative errors weigh small and large values alike', () => {
  const summary = summarizeFidelity('B', [value(undefined, 0.001, 0.004, 0.01), value(undefined, 0.001, 0.002, 1), value(undefined, 0.001, 0.002, 1)]);
  expect(summary.relativeRatio).toBeCloseTo(0.5, 9);
  expect(summary.ratio).toBeCloseTo(0.5, 9);
});
