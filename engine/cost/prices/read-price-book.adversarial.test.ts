import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LATEST_DAY, priceOn } from './price-book';
import { parsePriceBook } from './read-price-book';

const price = { item: 'box.large', unit: 'node-hour', usd: 0.25, from: '2026-01-01', source: 'our contract' };
const book = (...prices: readonly object[]) => parsePriceBook({ name: 'ours', prices });
const paths = (document: unknown) => {
  const read = parsePriceBook(document);
  return read.ok ? [] : read.error.map(({ path, code }) => `${path}: ${code}`);
};

describe('a person’s own book', () => {
  test('holds what it says, in micro-dollars', () => {
    const read = book(price, { ...price, from: '2026-06-01', usd: 0.2 });
    expect(read.ok && priceOn(read.value, 'box.large', '2026-03-01')).toMatchObject({ value: { microUsd: 250_000 } });
    expect(read.ok && priceOn(read.value, 'box.large', LATEST_DAY)).toMatchObject({ value: { microUsd: 200_000 } });
  });
  test('stands above the book that it extends, and keeps the rest of it', () => {
    const read = parsePriceBook({ name: 'ours', extends: 'aws', prices: [{ ...price, item: 'm7i.large' }] });
    expect(read.ok && priceOn(read.value, 'm7i.large', LATEST_DAY, 'us-east-1')).toMatchObject({ value: { microUsd: 250_000, source: 'our contract' } });
    expect(read.ok && priceOn(read.value, 'm7i.xlarge', LATEST_DAY, 'us-east-1')).toMatchObject({ value: { microUsd: 201_600 } });
  });
  test.each([
    [null, ': wrong-type'],
    [[], ': wrong-type'],
    ['prices', ': wrong-type'],
    [{ name: 'x', prices: [] }, 'prices: out-of-range'],
    [{ name: 'x', prices: {} }, 'prices: wrong-type'],
    [{ name: 'x', currency: 'EUR', prices: [price] }, 'currency: out-of-range'],
    [{ name: 'x', prices: [{ ...price, usd: -1 }] }, 'prices[0].usd: out-of-range'],
    [{ name: 'x', prices: [{ ...price, usd: '0.25' }] }, 'prices[0].usd: wrong-type'],
    [{ name: 'x', prices: [{ ...price, usd: Infinity }] }, 'prices[0].usd: wrong-type'],
    [{ name: 'x', prices: [{ ...price, from: '2026-02-30' }] }, 'prices[0].from: not-parsable'],
    [{ name: 'x', prices: [{ ...price, from: 'yesterday' }] }, 'prices[0].from: not-parsable'],
    [{ name: 'x', prices: [{ ...price, unit: 'node-month' }] }, 'prices[0].unit: out-of-range'],
    [{ name: 'x', prices: [{ ...price, price: 3 }] }, 'prices[0].price: unknown-key'],
    [{ name: 'x', prices: [{ ...price, source: '' }] }, 'prices[0].source: wrong-type'],
    [{ name: 'x', extends: 'azure', prices: [price] }, 'extends: out-of-range'],
    [{ name: 'x', prices: [price, { ...price, usd: 1 }] }, 'prices[1]: duplicate'],
  ])('%j is refused with its place', (document, issue) => expect(paths(document)).toContain(issue));
  test('two regions, and two tiers, are not the same price', () => {
    expect(book({ ...price, region: 'a' }, { ...price, region: 'b' }, { ...price, region: 'a', above: 10 })).toMatchObject({ ok: true });
  });
  test('whatever is written, it is read or refused with reasons: never a crash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ name: fc.anything(), prices: fc.array(fc.oneof(fc.anything(), fc.record({ item: fc.anything(), usd: fc.anything(), from: fc.anything(), unit: fc.anything(), source: fc.anything() }))) })), (document) => {
        const read = parsePriceBook(document);
        return read.ok || (read.error.length > 0 && read.error.every(({ message, suggestion }) => message.length > 0 && suggestion.length > 0));
      }),
      { seed: 20261121, numRuns: 1_000 },
    );
  });
});
