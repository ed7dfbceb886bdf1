/**
 * Google's sustained-use discount: each quarter of a month that a machine runs costs less than the one before, for the
 * series that have it and for what no commitment covers. Incremental rates as published; together 30 % or 20 % off.
 */
import { familyOfType } from '../prices/machine-price';

const THIRTY = [1, 0.8, 0.6, 0.4] as const;
const TWENTY = [1, 0.8678, 0.733, 0.6] as const;
const RATES: Readonly<Record<string, readonly number[]>> = { n1: THIRTY, m1: THIRTY, m2: THIRTY, f1: THIRTY, g1: THIRTY, n2: TWENTY, n2d: TWENTY, c2: TWENTY };

/** Price / list price of a machine that runs this share of a month (0..1); 1 for series without the discount. */
export function sustainedUseFactor(instanceType: string, shareOfMonth: number): number {
  const rates = RATES[familyOfType(instanceType)];
  const share = Math.min(1, Math.max(0, shareOfMonth));
  if (rates === undefined || share === 0) return 1;
  const paid = rates.reduce((sum, rate, i) => sum + rate * Math.min(0.25, Math.max(0, share - 0.25 * i)), 0);
  return paid / share;
}
