/**
 * How much to promise: a plan of x dollars an hour pays as long as the use that it covers is there more than (1 − discount)
 * of the time. The best x is found exactly: the bill is piecewise linear in x, with its corners at the hours' own spends.
 */
import { invariant } from '@/engine/kernel';

export type CommitmentChoice = { readonly usdPerHour: number; readonly bill: number; readonly withoutIt: number; readonly saved: number; readonly coverage: number; readonly utilization: number | null };

/** Share of the time a machine must run so that a promise costs no more than paying on demand. */
export const breakEvenLoad = (discount: number) => 1 - discount;

/** `spendPerHour`: micro-dollars on demand of each hour. The bill of these hours with a plan of `usdPerHour` (at its discounted prices). */
export function billWithPlan(spendPerHour: readonly number[], discount: number, usdPerHour: number): CommitmentChoice {
  invariant(discount >= 0 && discount < 1, 'a discount is 0 or more and below 1');
  const committed = usdPerHour * 1e6;
  const covers = committed / (1 - discount);
  const covered = spendPerHour.map((spend) => Math.min(spend, covers));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const [withoutIt, coveredList] = [sum(spendPerHour), sum(covered)];
  const bill = withoutIt - coveredList + committed * spendPerHour.length;
  return {
    usdPerHour,
    bill: Math.round(bill),
    withoutIt: Math.round(withoutIt),
    saved: Math.round(withoutIt) - Math.round(bill),
    coverage: withoutIt === 0 ? 0 : coveredList / withoutIt,
    utilization: committed === 0 || spendPerHour.length === 0 ? null : (coveredList * (1 - discount)) / (committed * spendPerHour.length),
  };
}

/** The cheapest plan, none included: it never costs more than going without. */
export function bestCommitment(spendPerHour: readonly number[], discount: number): CommitmentChoice {
  const levels = [...new Set([0, ...spendPerHour])].sort((x, y) => x - y);
  return levels.map((level) => billWithPlan(spendPerHour, discount, (level * (1 - discount)) / 1e6)).reduce((best, choice) => (choice.bill < best.bill ? choice : best));
}
