import { expect, test } from 'vitest';
import { classesOf, storageRows, type StorageQuestion } from './storage-rows';

const question: StorageQuestion = { provider: 's3', gibPerDay: 10, objectsPerGib: 10, deletedAfterDays: null, readShare: 0, moves: { 's3-standard-ia': 30, 's3-glacier-ir': 90 }, years: 1 };

test('the parts are the bill, and the saving is the difference to no rules at all', () => {
  const [without, moved] = storageRows(question);
  for (const { usd, parts } of [without!, moved!]) expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(usd, 6);
  // cohorts of 10 GiB over 365 days: Σ ages = 365 · 366 / 2 cohort-days at 0.023 $ a GiB and month of 30 days
  expect(without!.usd).toBeCloseTo((10 * 365 * 366 * 0.023) / 2 / 30, 2);
  expect(moved!.savedUsd).toBeCloseTo(without!.usd - moved!.usd, 9);
  expect(moved!.savedUsd).toBeGreaterThan(0);
  expect(moved!.gib).toBe(3_650);
});

test('cold storage that is read, or left early, costs more than it saves', () => {
  expect(storageRows({ ...question, readShare: 0.05 })[1]!.savedUsd).toBeLessThan(0);
  expect(storageRows({ ...question, deletedAfterDays: 31 })[1]!.parts.earlyDeletes).toBeGreaterThan(0);
});

test('a move that would warm objects up again is left out', () => {
  const twice = storageRows({ ...question, moves: { 's3-standard-ia': 90, 's3-glacier-ir': 30 } });
  expect(twice).toEqual(storageRows({ ...question, moves: { 's3-standard-ia': 90 } }));
  expect(classesOf('gcs').map(({ name }) => name)).toEqual(['gcs-standard', 'gcs-nearline', 'gcs-coldline', 'gcs-archive']);
});
