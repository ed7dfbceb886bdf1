/**
 * Prices as dated entries with their source. A price holds from its date until the next entry of the same
 * thing; before the first there is none, and asking for it is a refusal, never a guess. Rates are micro-
 * dollars and may have fractions (a gigabyte-hour of disk costs 55 of them); amounts are whole.
 */
import { err, ok, type Result } from '@/engine/kernel';

export const PRICED_UNITS = ['core-hour', 'gib-hour', 'gpu-hour', 'node-hour', 'hour', 'disk-gib-hour', 'gib-month', 'egress-gib', 'gib', 'request'] as const;
export type PricedUnit = (typeof PRICED_UNITS)[number];

export type PriceEntry = {
  /** What it is the price of, as in `cpu`, `cpu-spot` or a machine type. */
  readonly item: string;
  readonly unit: PricedUnit;
  readonly microUsd: number;
  /** First day it holds, ISO date. */
  readonly from: string;
  readonly source: string;
  /** Left out: it holds everywhere. */
  readonly region?: string;
  /** Units of a month from which it holds, for prices that fall with the amount; default 0. */
  readonly above?: number;
};
export type PriceBook = { readonly name: string; readonly currency: 'USD'; readonly entries: readonly PriceEntry[] };

export type PriceRefusal = { readonly code: 'no-price'; readonly item: string; readonly on: string; readonly firstFrom: string | null };

/** After every entry: the last price known. */
export const LATEST_DAY = '9999-12-31';

const compareText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);

/** The entry that holds on a day (ISO date); one of the region stands above one without. */
export function priceOn(book: PriceBook, item: string, on: string, region?: string): Result<PriceEntry, PriceRefusal> {
  const entries = entriesOf(book, item, region).filter(({ above = 0 }) => above === 0);
  const entry = entries.findLast((one) => one.from <= on);
  return entry === undefined ? err({ code: 'no-price', item, on, firstFrom: entries[0]?.from ?? null }) : ok(entry);
}

/** Prices of one item that fall with the amount, the first from 0: those of the latest day that has any. Empty where there is no price. */
export function tiersOn(book: PriceBook, item: string, on: string, region?: string): readonly PriceEntry[] {
  const held = entriesOf(book, item, region).filter((one) => one.from <= on);
  const day = held.at(-1)?.from;
  return held.filter(({ from }) => from === day).sort((x, y) => (x.above ?? 0) - (y.above ?? 0) || compareText(x.source, y.source));
}

function entriesOf(book: PriceBook, item: string, region: string | undefined): PriceEntry[] {
  const all = book.entries.filter((entry) => entry.item === item && (entry.region === undefined || entry.region === region));
  const local = all.filter((entry) => entry.region !== undefined);
  return (local.length > 0 ? local : all).sort((x, y) => compareText(x.from, y.from) || compareText(x.source, y.source));
}

/** The latest day on which a price of the book began: what "prices of" a book means. */
export const bookDay = ({ entries }: PriceBook, on = LATEST_DAY) => entries.reduce((latest, { from }) => (from <= on && from > latest ? from : latest), '');
