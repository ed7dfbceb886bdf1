/** OpenCost's default prices, which hold wherever nobody knows better, and a few machines to begin with; a real bill replaces it. */
import type { PriceBook, PriceEntry, PricedUnit } from './price-book';

const OPENCOST = 'OpenCost default pricing (configs/default.json), Google Cloud us-central1';
const AWS = 'AWS us-east-1 on demand, as listed by the Karpenter AWS provider';
const GCP = 'Google Cloud us-central1 on demand, public price list';

const opencost = (item: string, unit: PricedUnit, usd: number): PriceEntry => ({ item, unit, microUsd: Math.round(usd * 1e9) / 1e3, from: '2024-10-24', source: OPENCOST });
const machine = (item: string, usdPerHour: number, from: string, source: string): PriceEntry => ({ item, unit: 'node-hour', microUsd: Math.round(usdPerHour * 1e6), from, source });

export const DEFAULT_PRICE_BOOK: PriceBook = {
  name: 'opencost',
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
    { ...opencost('load-balancer', 'hour', 0.025), source: 'Google Cloud us-central1, public price as generally known, not checked against a list; compare with your bill' },
    machine('m7i.large', 0.1008, '2026-07-20', AWS),
    machine('m7i.xlarge', 0.2016, '2026-07-20', AWS),
    machine('m7g.large', 0.0816, '2026-07-20', AWS),
    machine('t3.medium', 0.0416, '2026-07-20', AWS),
    machine('e2-standard-4', 0.134023, '2026-07-30', GCP),
  ],
};
