/** Prices that fall with the amount of a month, applied marginally: every unit at the price of the tier it falls into. */
import { invariant } from '@/engine/kernel';

export type Tier = { /** Units of the month from which it holds. */ readonly above?: number; readonly microUsd: number };

/** Micro-dollars of `quantity` further units when `already` were used in the same month. Tiers ascend, the first from 0. */
export function tieredMicroUsd(quantity: number, tiers: readonly Tier[], already = 0): number {
  invariant(quantity >= 0 && already >= 0, 'an amount is not negative');
  let sum = 0;
  tiers.forEach(({ above = 0, microUsd }, i) => {
    const until = tiers[i + 1]?.above ?? Infinity;
    const inTier = Math.max(0, Math.min(already + quantity, until) - Math.max(already, above));
    sum += inTier * microUsd;
  });
  return sum;
}
