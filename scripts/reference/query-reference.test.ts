import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { queryReference } from './query-reference';

const page = (path: string) => readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

test('docs/reference/queries.md is what the tables and reports say', async () => {
  expect(await page('docs/reference/queries.md')).toBe(queryReference());
});

test('docs/reference/model-card.md is the card that is served beside the model', async () => {
  expect(await page('docs/reference/model-card.md')).toBe(await page('public/models/load-forecaster/MODEL_CARD.md'));
});
