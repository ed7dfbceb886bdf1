/** What a person tries, as parameters of the address: which change, its number, and how long a fault lasts. */
import type { OfferedChange } from './offered-changes';
import { amountOf, keyOf, withAmount, type Tried } from './tried-change';

export type TriedAddress = { readonly change: string | null; readonly amount: string | null; readonly lasts: string | null };

export const addressOfTried = (tried: Tried): TriedAddress => {
  const amount = amountOf(tried);
  return { change: keyOf(tried).trim(), amount: amount === null ? null : String(amount), lasts: 'fault' in tried && tried.lastsSeconds !== null ? String(tried.lastsSeconds) : null };
};

/** null: the address names no change that this host offers. A number outside what it takes is left out. */
export function triedOfAddress({ change, amount, lasts }: TriedAddress, offered: readonly OfferedChange[], leftSeconds: number): Tried | null {
  const found = offered.find(({ key }) => key.trim() === change);
  if (found === undefined) return null;
  const value = amount === null ? NaN : Number(amount);
  const takes = found.amount !== undefined && value >= found.amount.min && value <= found.amount.max;
  const tried = takes ? withAmount(found.tried, value) : found.tried;
  const seconds = lasts === null ? NaN : Number(lasts);
  return 'fault' in tried && tried.lastsSeconds !== null && seconds >= 1 && seconds <= leftSeconds ? { ...tried, lastsSeconds: seconds } : tried;
}
