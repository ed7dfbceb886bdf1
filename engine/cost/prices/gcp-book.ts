/** Google Cloud in five regions: rates of the machine series, machines that are no sum of such rates, and what stands beside them on a bill. */
import { GCP_FROM, GCP_RATES, GCP_TYPES } from './gcp-rates';
import { HOURS_PER_MONTH } from '../savings/savings';
import type { PriceBook, PriceEntry, PricedUnit } from './price-book';

const SOURCE = 'Google Cloud public price list';
const PURCHASES = ['', ':spot', ':1y', ':3y'] as const;
/** Commitments are listed by the month. */
const HOURS = [1, 1, HOURS_PER_MONTH, HOURS_PER_MONTH] as const;

const micro = (usd: number) => Math.round(usd * 1e9) / 1e3;
const rows = (table: string) => table.trim().split('\n').map((line) => line.split(' ') as [string, string, ...string[]]);
const entry = (item: string, unit: PricedUnit, microUsd: number, region: string): PriceEntry => ({ item, unit, microUsd, from: GCP_FROM, source: SOURCE, region });

const rates = () =>
  rows(GCP_RATES).flatMap(([series, region, ...usd]) =>
    PURCHASES.flatMap((purchase, i) => [
      entry(`${series}-core${purchase}`, 'core-hour', micro(Number(usd[2 * i]) / HOURS[i]!), region),
      entry(`${series}-memory${purchase}`, 'gib-hour', micro(Number(usd[2 * i + 1]) / HOURS[i]!), region),
    ]),
  );

const types = () =>
  rows(GCP_TYPES).flatMap(([type, region, ...usd]) => PURCHASES.flatMap((purchase, i) => (usd[i] === '-' || usd[i] === undefined ? [] : [entry(`${type}${purchase}`, 'node-hour', micro(Number(usd[i]) / HOURS[i]!), region)])));

const listed = (item: string, unit: PricedUnit, usd: number, above?: number): PriceEntry => ({ item, unit, microUsd: micro(usd), from: '2024-02-01', source: 'Google Cloud us-central1, public price as generally known, not checked against a list; compare with your bill', ...(above === undefined ? {} : { above }) });

export const gcpPriceBook = (): PriceBook => ({
  name: 'gcp',
  currency: 'USD',
  entries: [
    ...rates(),
    ...types(),
    listed('pd-standard', 'gib-month', 0.04),
    listed('pd-balanced', 'gib-month', 0.1),
    listed('pd-ssd', 'gib-month', 0.17),
    listed('disk', 'gib-month', 0.1),
    listed('egress-internet', 'egress-gib', 0.12),
    listed('egress-internet', 'egress-gib', 0.11, 1_024),
    listed('egress-internet', 'egress-gib', 0.08, 10 * 1_024),
    listed('egress-zone', 'egress-gib', 0.01),
    listed('egress-region', 'egress-gib', 0.02),
    listed('load-balancer', 'hour', 0.025),
    listed('control-plane', 'hour', 0.1),
    listed('gcs-standard', 'gib-month', 0.02),
    listed('gcs-nearline', 'gib-month', 0.01),
    listed('gcs-coldline', 'gib-month', 0.004),
    listed('gcs-archive', 'gib-month', 0.0012),
  ],
});
