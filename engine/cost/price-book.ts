/**
 * Prices as dated entries with their source. A price holds from its date until the next entry of the same
 * thing; before the first there is none, and asking for it is a refusal, never a guess. Rates are micro-
 * dollars and may have fractions (a gigabyte-hour of disk costs 55 of them); amounts are whole.
 */
import { err, ok, type Result } from '@/engine/kernel';

export type PricedUnit = 'core-hour' | 'gib-hour' | 'gpu-hour' | 'node-hour' | 'disk-gib-hour' | 'egress-gib';

export type PriceEntry = {
  /** What it is the price of, as in `cpu`, `cpu-spot` or a machine type. */
  readonly item: string;
  readonly unit: PricedUnit;
  readonly microUsd: number;
  /** First day it holds, ISO date. */
  readonly from: string;
  readonly source: string;
};
export type PriceBook = { readonly name: string; readonly currency: 'USD'; readonly entries: readonly PriceEntry[] };

export type PriceRefusal = { readonly code: 'no-price'; readonly item: string; readonly on: string; readonly firstFrom: string | null };

/** The entry that holds on a day (ISO date). */
export function priceOn(book: PriceBook, item: string, on: string): Result<PriceEntry, PriceRefusal> {
  const entries = book.entries.filter((entry) => entry.item === item).sort((x, y) => compareText(x.from, y.from) || compareText(x.source, y.source));
  const entry = entries.findLast((one) => one.from <= on);
  return entry === undefined ? err({ code: 'no-price', item, on, firstFrom: entries[0]?.from ?? null }) : ok(entry);
}

const compareText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);

const OPENCOST = 'OpenCost default pricing (configs/default.json), Google Cloud us-central1';
const AWS = 'AWS us-east-1 on demand, as listed by the Karpenter AWS provider';
const GCP = 'Google Cloud us-central1 on demand, public price list';

const opencost = (item: string, unit: PricedUnit, usd: number): PriceEntry => ({ item, unit, microUsd: Math.round(usd * 1e9) / 1e3, from: '2024-10-24', source: OPENCOST });
const machine = (item: string, usdPerHour: number, from: string, source: string): PriceEntry => ({ item, unit: 'node-hour', microUsd: Math.round(usdPerHour * 1e6), from, source });

/** A small book to begin with; a real bill replaces it. */
export const DEFAULT_PRICE_BOOK: PriceBook = {
  name: 'defaults',
  currency: 'USD',
  entries: [
    opencost('cpu', 'core-hour', 0.031611),
    opencost('memory', 'gib-hour', 0.004237),
    opencost('gpu', 'gpu-hour', 0.95),
    opencost('cpu-spot', 'core-hour', 0.006655),
    opencost('memory-spot', 'gib-hour', 0.000892),
    opencost('disk', 'disk-gib-hour', 5.479e-5),
    opencost('egress-zone', 'egress-gib', 0.01),
    opencost('egress-region', 'egress-gib', 0.01),
    opencost('egress-internet', 'egress-gib', 0.12),
    machine('m7i.large', 0.1008, '2026-07-20', AWS),
    machine('m7i.xlarge', 0.2016, '2026-07-20', AWS),
    machine('m7g.large', 0.0816, '2026-07-20', AWS),
    machine('t3.medium', 0.0416, '2026-07-20', AWS),
    machine('e2-standard-4', 0.134023, '2026-07-30', GCP),
  ],
};
