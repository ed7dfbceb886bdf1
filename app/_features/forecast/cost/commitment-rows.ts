/**
 * What promises and spot would do to a spend that was measured: for one and three years the cheapest plan at its
 * discount, found on the measured minutes as if each were an hour of the year; spot for a share of the nodes, with the
 * work that interruptions throw away. A promise is paid when nobody uses it, so the plan never covers the peaks.
 */
import { bestCommitment, breakEvenLoad, spotWorth } from '@/engine/cost';

export type CommitmentQuestion = {
  /** $/h, one for each measured bucket of equal length. */
  readonly usdPerHour: readonly number[];
  readonly oneYearDiscount: number;
  readonly threeYearDiscount: number;
  readonly spotShare: number;
  readonly spotDiscount: number;
  readonly interruptionsPerDay: number;
  readonly reworkHours: number;
};

export type CommitmentRow = { readonly name: string; readonly promised: number | null; readonly usdPerHour: number; readonly savedPerHour: number; readonly coverage: number | null; readonly utilization: number | null; readonly worthAbove: number | null; /** $/h by how it is bought; together the cost. */ readonly parts: Readonly<Record<'onDemand' | 'promised' | 'unused' | 'spot', number>> };

const micro = (usd: number) => usd * 1e6;

export function commitmentRows({ usdPerHour, oneYearDiscount, threeYearDiscount, spotShare, spotDiscount, interruptionsPerDay, reworkHours }: CommitmentQuestion): readonly CommitmentRow[] {
  const spend = usdPerHour.map(micro);
  if (spend.length === 0) return [];
  const mean = spend.reduce((sum, each) => sum + each, 0) / spend.length / 1e6;
  const plan = (name: string, discount: number): CommitmentRow => {
    const best = bestCommitment(spend, discount);
    const saved = best.saved / spend.length / 1e6;
    const used = best.usdPerHour * (best.utilization ?? 0);
    return { name, promised: best.usdPerHour, usdPerHour: mean - saved, savedPerHour: saved, coverage: best.coverage, utilization: best.utilization, worthAbove: breakEvenLoad(discount), parts: { onDemand: mean * (1 - best.coverage), promised: used, unused: best.usdPerHour - used, spot: 0 } };
  };
  const spot = spotWorth({ onDemandMicroUsdPerHour: micro(mean), spotMicroUsdPerHour: micro(mean * (1 - spotDiscount)), interruptionsPerHour: interruptionsPerDay / 24, reworkHours });
  const spotSaved = (spotShare * spot.savedMicroUsdPerHour) / 1e6;
  return [
    { name: 'on demand', promised: null, usdPerHour: mean, savedPerHour: 0, coverage: null, utilization: null, worthAbove: null, parts: { onDemand: mean, promised: 0, unused: 0, spot: 0 } },
    plan('one-year plan', oneYearDiscount),
    plan('three-year plan', threeYearDiscount),
    { name: `${Math.round(spotShare * 100)} % spot`, promised: null, usdPerHour: mean - spotSaved, savedPerHour: spotSaved, coverage: null, utilization: null, worthAbove: null, parts: { onDemand: mean * (1 - spotShare), promised: 0, unused: 0, spot: mean * spotShare - spotSaved } },
  ];
}
