/**
 * What giving nodes back is worth: the saving that was measured minus the risk it adds, run by run with the
 * same seed on both sides. Risk is the share of time outside the objectives, priced by the person who knows
 * what such an hour costs. A saving never exceeds the spend: only nodes that really go save anything.
 */
import { HOURS_PER_MONTH, returnOn } from '@/engine/cost';
import { meanInterval, type Interval } from '@/engine/kernel';

/** One run, as read by SQL. */
export type MeasuredRun = { readonly variant: string; readonly seed: number; readonly usdPerHour: number; /** Share of time outside the objectives, 0..1. */ readonly missShare: number };
export type Prices = { readonly usdPerMissedHour: number; readonly effortUsd: number };

export type RightSizeRow = {
  readonly variant: string;
  readonly spendPerHour: number;
  readonly savedPerHour: number;
  readonly missShare: number;
  readonly addedMissShare: Interval;
  readonly riskPerHour: number;
  readonly netPerHour: Interval;
  readonly netPerYear: number;
  readonly paybackHours: number | null;
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const micro = (usd: number) => Math.round(usd * 1e6);

/** The first variant is the baseline of the others. Runs whose seed has no partner are left out. */
export function rightSizeRows(runs: readonly MeasuredRun[], { usdPerMissedHour, effortUsd }: Prices): readonly RightSizeRow[] {
  const baseline = new Map(runs.filter((run) => run.variant === runs[0]?.variant).map((run) => [run.seed, run]));
  return [...new Set(runs.map((run) => run.variant))].flatMap((variant): RightSizeRow[] => {
    const pairs = runs.filter((run) => run.variant === variant && baseline.has(run.seed)).map((run) => ({ run, base: baseline.get(run.seed)! }));
    if (pairs.length === 0) return [];
    const saved = pairs.map(({ run, base }) => Math.min(base.usdPerHour, base.usdPerHour - run.usdPerHour));
    const added = pairs.map(({ run, base }) => run.missShare - base.missShare);
    const riskPerHour = mean(added) * usdPerMissedHour;
    const { net, paybackHours } = returnOn({ savedPerHour: micro(mean(saved)), riskPerHour: micro(riskPerHour), oneOff: micro(effortUsd), horizonHours: 12 * HOURS_PER_MONTH });
    return [{
      variant,
      spendPerHour: mean(pairs.map(({ run }) => run.usdPerHour)),
      savedPerHour: mean(saved),
      missShare: mean(pairs.map(({ run }) => run.missShare)),
      addedMissShare: meanInterval(added),
      riskPerHour,
      netPerHour: meanInterval(pairs.map((_, i) => saved[i]! - added[i]! * usdPerMissedHour)),
      netPerYear: net / 1e6,
      paybackHours,
    }];
  });
}

/** The variant whose net is highest among those that are surely above zero; null when none is. */
export function bestRow(rows: readonly RightSizeRow[]): RightSizeRow | null {
  return rows.slice(1).reduce<RightSizeRow | null>((best, row) => (row.netPerHour.lower > 0 && row.netPerYear > 0 && (best === null || row.netPerHour.mean > best.netPerHour.mean) ? row : best), null);
}
