import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { restReference } from './reference';

const PAGE = 'docs/reference/rest-api.md';

test('the reference page says what the code does', () => {
  if (process.env.UPDATE_DOCS === '1') writeFileSync(PAGE, restReference());
  expect(readFileSync(PAGE, 'utf8')).toBe(restReference());
});
