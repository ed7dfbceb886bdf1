/** A return with its band, and which input it hangs on: each input alone is moved to its lower and upper value (a tornado). */
import { returnOn, type Investment, type Return } from './savings';

export type Band = { readonly lower: number; readonly expected: number; readonly upper: number };
export type BandedInvestment = { readonly savedPerHour: Band; readonly oneOff: Band; readonly riskPerHour: Band; readonly horizonHours: number; readonly startsAfterHours?: number };

export type ReturnBands = { readonly worst: Return; readonly expected: Return; readonly best: Return };

const INPUTS = ['savedPerHour', 'oneOff', 'riskPerHour'] as const;
type Input = (typeof INPUTS)[number];

const expectedOf = ({ savedPerHour, oneOff, riskPerHour, horizonHours, startsAfterHours }: BandedInvestment): Investment => ({ savedPerHour: savedPerHour.expected, oneOff: oneOff.expected, riskPerHour: riskPerHour.expected, horizonHours, startsAfterHours });

/** Worst: least saved, most paid and most risk; best: the other way round. Bands are ordered: lower ≤ expected ≤ upper. */
export function returnBands(investment: BandedInvestment): ReturnBands {
  const base = expectedOf(investment);
  const { savedPerHour, oneOff, riskPerHour } = investment;
  return {
    worst: returnOn({ ...base, savedPerHour: savedPerHour.lower, oneOff: oneOff.upper, riskPerHour: riskPerHour.upper }),
    expected: returnOn(base),
    best: returnOn({ ...base, savedPerHour: savedPerHour.upper, oneOff: oneOff.lower, riskPerHour: riskPerHour.lower }),
  };
}

export type Sensitivity = { readonly input: Input; readonly netAtLower: number; readonly netAtUpper: number; readonly swing: number };

/** Widest swing of the net first. */
export function sensitivityOf(investment: BandedInvestment): readonly Sensitivity[] {
  const base = expectedOf(investment);
  return INPUTS.map((input): Sensitivity => {
    const netAt = (value: number): number => returnOn({ ...base, [input]: value }).net;
    const [netAtLower, netAtUpper] = [netAt(investment[input].lower), netAt(investment[input].upper)];
    return { input, netAtLower, netAtUpper, swing: Math.abs(netAtUpper - netAtLower) };
  }).sort((x, y) => y.swing - x.swing || INPUTS.indexOf(x.input) - INPUTS.indexOf(y.input));
}
