/**
 * Is a claim true? Every objective of a scenario is a claim about one run; over seeds it is kept by a share of runs, which is known
 * only within an interval (Wilson 1927). The claim holds when the whole interval lies at or above what is required, it does
 * not when the whole lies below, and otherwise more runs are needed. Times to recover are given as distributions, whose
 * quantiles have intervals between two order statistics (binomial, distribution-free).
 */
import { sampleQuantile } from '@/engine/kernel';
import type { Kpi, RunReport } from './run-report';

export type Claim = {
  readonly title: string;
  readonly runs: number;
  readonly kept: number;
  readonly share: { readonly lower: number; readonly upper: number; readonly level: number };
  readonly required: number;
  readonly verdict: 'holds' | 'does not hold' | 'undecided';
  /** Runs that would decide if all further ones kept it; null when it is decided. */
  readonly runsNeeded: number | null;
};

/** What must be kept, as a share of runs, for a claim to hold. */
export const REQUIRED_SHARE = 0.95;
const Z_95 = 1.959963984540054;

type Judged = Pick<RunReport, 'objectives'>;

/** One claim for each objective; all runs are of the same scenario. */
export function judgeClaims(runs: readonly Judged[], required = REQUIRED_SHARE): Claim[] {
  return (runs[0]?.objectives ?? []).map(({ title }, i) => {
    const kept = runs.filter(({ objectives }) => objectives[i]!.met).length;
    const { lower, upper } = wilson(kept, runs.length);
    const verdict = lower >= required ? 'holds' : upper < required ? 'does not hold' : 'undecided';
    return { title, runs: runs.length, kept, share: { lower, upper, level: 0.95 }, required, verdict, runsNeeded: verdict === 'undecided' ? runsNeeded(runs.length - kept, required) : null };
  });
}

/** Score interval of a share at 95 %. */
export function wilson(kept: number, runs: number): { readonly lower: number; readonly upper: number } {
  const share = kept / runs;
  const z2 = Z_95 * Z_95;
  const centre = (share + z2 / (2 * runs)) / (1 + z2 / runs);
  const half = (Z_95 / (1 + z2 / runs)) * Math.sqrt((share * (1 - share)) / runs + z2 / (4 * runs * runs));
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) };
}

/** Nobody runs more to settle a claim. */
const RUNS_MAX = 100_000;

function runsNeeded(broken: number, required: number): number {
  let runs = Math.max(1, broken);
  while (runs < RUNS_MAX && wilson(runs - broken, runs).lower < required) runs += 1;
  return runs;
}

/** A time to recover over seeds: what half, 95 % and all runs kept to, and how sure the 95 % is. Null when a run measured none. */
export type RecoveryTimes = { readonly kpi: string; readonly unit: string; readonly runs: number; readonly p50: number; readonly p95: number; readonly p95Lower: number; readonly p95Upper: number | null; readonly max: number };

export function recoveryTimes(kpis: readonly Readonly<Record<string, Kpi>>[]): RecoveryTimes[] {
  const names = Object.keys(kpis[0] ?? {}).filter((name) => name.endsWith('.rtoSeconds') || name.endsWith('.rpoSeconds'));
  return names.flatMap((kpi) => {
    const values = kpis.flatMap((run) => run[kpi]?.value ?? []).sort((x, y) => x - y);
    if (values.length === 0) return [];
    const [low, high] = ranksAround(0.95, values.length);
    return [{ kpi, unit: 's', runs: values.length, p50: sampleQuantile(values, 0.5), p95: sampleQuantile(values, 0.95), p95Lower: values[low]!, p95Upper: high < values.length ? values[high]! : null, max: values[values.length - 1]! }];
  });
}

/** Places between which the quantile lies with at least 95 %; the upper one is beyond the sample when it is too small. */
function ranksAround(q: number, n: number): readonly [number, number] {
  let chance = 1;
  for (let i = 0; i < n; i += 1) chance *= 1 - q; // P(no value below the quantile)
  let below = chance;
  let [low, high] = [0, n];
  for (let k = 1; k <= n; k += 1) {
    if (below <= 0.025) low = k - 1;
    chance = (chance * (n - k + 1) * q) / (k * (1 - q));
    below += chance;
    if (below >= 0.975 && high === n && k < n) high = k;
  }
  return [low, high];
}
