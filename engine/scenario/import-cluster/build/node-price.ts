/** What a node costs an hour: its machine type where the price book has it, else its cores and memory at the book's rates. */
import { DEFAULT_PRICE_BOOK, priceOn } from '@/engine/cost';
import type { ImportedNode } from '../cluster-import';

const GIB = 1_073_741_824;
/** After every entry: the last price known. */
const LATEST = '9999-12-31';

export type NodePrice = { readonly usdPerHour: number; readonly listed: boolean };

export function nodePrice({ machineType, spot, capacity }: ImportedNode): NodePrice {
  const listed = spot || machineType === '' ? null : priceOn(DEFAULT_PRICE_BOOK, machineType, LATEST);
  if (listed?.ok === true && listed.value.unit === 'node-hour') return { usdPerHour: usd(listed.value.microUsd), listed: true };
  const rate = (item: string) => {
    const price = priceOn(DEFAULT_PRICE_BOOK, spot ? `${item}-spot` : item, LATEST);
    return price.ok ? price.value.microUsd : 0;
  };
  return { usdPerHour: usd(((capacity['cpu'] ?? 0) / 1_000) * rate('cpu') + ((capacity['memory'] ?? 0) / GIB) * rate('memory')), listed: false };
}

const usd = (microUsd: number) => Math.min(100_000, Math.round(microUsd) / 1e6);
