/**
 * A person's own book: `name`, an optional `currency` (USD, the only one), `extends` for a shipped book that it stands
 * above, and `prices` with item, unit, usd, from, source and, where they hold there only, region and above (for prices
 * that fall with the amount of a month). Every issue at once, with its path.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { member, note, onlyKeys, optional, PRICE_BOOK_NAMES, readChoice, readDay, readList, readNumber, readText, specReader, type PriceBookName, type SpecIssue, type SpecReader } from '@/engine/twin';
import { bookNamed } from './books';
import { PRICED_UNITS, type PriceBook, type PriceEntry } from './price-book';

const ENTRIES_MAX = 100_000;
const ENTRY_KEYS = ['item', 'unit', 'usd', 'from', 'source', 'region', 'above'];

export function parsePriceBook(document: unknown): Result<PriceBook, readonly SpecIssue[]> {
  const at = specReader(document);
  onlyKeys(at, ['name', 'currency', 'extends', 'prices']);
  const name = readText(member(at, 'name'));
  optional(at, 'currency', (m) => readChoice(m, ['USD']));
  const base: PriceBookName | undefined = optional(at, 'extends', (m) => readChoice(m, PRICE_BOOK_NAMES));
  const own = readList(member(at, 'prices'), readEntry, { min: 1, max: ENTRIES_MAX });
  noteTwice(member(at, 'prices'), own);
  if (at.issues.length > 0) return err(at.issues);
  return ok({ name, currency: 'USD', entries: base === undefined ? own : [...bookNamed(base).entries.filter((entry) => !own.some(({ item }) => item === entry.item)), ...own] });
}

function readEntry(at: SpecReader): PriceEntry {
  onlyKeys(at, ENTRY_KEYS);
  const region = optional(at, 'region', readText);
  const above = optional(at, 'above', (m) => readNumber(m, { min: 0, max: 1e15 }));
  return {
    item: readText(member(at, 'item')),
    unit: readChoice(member(at, 'unit'), PRICED_UNITS),
    microUsd: Math.round(readNumber(member(at, 'usd'), { min: 0, max: 1e6 }) * 1e9) / 1e3,
    from: readDay(member(at, 'from')),
    source: readText(member(at, 'source'), 500),
    ...(region === undefined ? {} : { region }),
    ...(above === undefined ? {} : { above }),
  };
}

/** Two prices of the same thing from the same day on: nobody could say which holds. */
function noteTwice(at: SpecReader, entries: readonly PriceEntry[]): void {
  const seen = new Map<string, number>();
  entries.forEach(({ item, region = '', from, above = 0 }, i) => {
    const key = JSON.stringify([item, region, from, above]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, i);
    else note({ ...at, path: `${at.path}[${i}]` }, 'duplicate', `"${item}" has a price from ${from} already, in prices[${first}]`, 'keep one of the two, or give it another day');
  });
}
