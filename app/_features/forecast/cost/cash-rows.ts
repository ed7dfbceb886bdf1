/** A promise in two books, year by year: amortised, and as the money leaves when a share of it is paid on the first day. */
import { amortisedBetween, cashBetween, termHours } from '@/engine/cost';

export type CashRow = { readonly name: string; readonly amortisedUsd: number; readonly cashUsd: number; /** Paid ahead of what was used so far; 0 at the end of the term. */ readonly aheadUsd: number };

const HOURS_PER_QUARTER = 2_190;

/** By quarter of the term; amounts of all quarters together are the same in both books. */
export function cashRows(promisedUsdPerHour: number, upfrontShare: number, termYears: 1 | 3): readonly CashRow[] {
  const hours = termHours({ termYears });
  const payment = { amortisedMicroUsdPerHour: promisedUsdPerHour * 1e6, upfrontUsd: promisedUsdPerHour * hours * upfrontShare, termYears };
  return Array.from({ length: hours / HOURS_PER_QUARTER }, (_, i): CashRow => {
    const [from, to] = [i * HOURS_PER_QUARTER, (i + 1) * HOURS_PER_QUARTER];
    return { name: `year ${Math.floor(i / 4) + 1}, Q${(i % 4) + 1}`, amortisedUsd: amortisedBetween(payment, from, to) / 1e6, cashUsd: cashBetween(payment, from, to) / 1e6, aheadUsd: (cashBetween(payment, 0, to) - amortisedBetween(payment, 0, to)) / 1e6 };
  });
}
