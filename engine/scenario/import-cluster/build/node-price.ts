/**
 * What a node costs an hour: its machine type where the book of its cloud has it, in its own region or else in one that is
 * listed; otherwise its cores and memory at OpenCost's rates.
 */
import { awsPriceBook, DEFAULT_PRICE_BOOK, gcpPriceBook, LATEST_DAY, machinePrice, priceOn, type PriceBook } from '@/engine/cost';
import type { ImportedNode } from '../cluster-import';

const GIB = 1_073_741_824;

export type NodePrice = { readonly usdPerHour: number; readonly listed: boolean };

/** A machine of a region without prices costs what it costs where the cloud's prices begin. */
const CLOUDS: readonly { readonly book: PriceBook; readonly isType: RegExp; readonly region: string }[] = [
  { book: /* @__PURE__ */ awsPriceBook(), isType: /^[a-z0-9-]+\.[a-z0-9-]+$/, region: 'us-east-1' },
  { book: /* @__PURE__ */ gcpPriceBook(), isType: /^[a-z]\d[a-z]{0,2}-/, region: 'us-central1' },
];

export function nodePrice({ machineType, spot, capacity, zone }: ImportedNode): NodePrice {
  const listed = listedMicroUsd(machineType, zone, spot);
  if (listed !== null) return { usdPerHour: usd(listed), listed: true };
  const rate = (item: string) => {
    const price = priceOn(DEFAULT_PRICE_BOOK, spot ? `${item}-spot` : item, LATEST_DAY);
    return price.ok ? price.value.microUsd : 0;
  };
  return { usdPerHour: usd(((capacity['cpu'] ?? 0) / 1_000) * rate('cpu') + ((capacity['memory'] ?? 0) / GIB) * rate('memory')), listed: false };
}

function listedMicroUsd(type: string, zone: string, spot: boolean): number | null {
  const cloud = CLOUDS.find(({ isType }) => isType.test(type));
  if (cloud === undefined) return null;
  const regionOfZone = zone.replace(/-?[a-z]$/, '');
  for (const region of [regionOfZone, cloud.region]) {
    const price = machinePrice(cloud.book, type, { on: LATEST_DAY, region, purchase: spot ? 'spot' : 'on-demand' });
    if (price.ok) return price.value.microUsdPerHour;
  }
  return null;
}

const usd = (microUsd: number) => Math.min(100_000, Math.round(microUsd) / 1e6);
