/**
 * Paired-seed comparison: every variant runs with the same seeds, so the difference is taken seed by
 * seed and most of the noise cancels. Intervals are Student-t on the paired differences.
 */
import { meanInterval, standardDeviation, studentT } from '@/engine/kernel';
import type { CompareReport, ComparedKpi, Kpi, VariantReport } from './run-report';

export type VariantRuns = { readonly name: string; readonly kpis: readonly Readonly<Record<string, Kpi>>[] };

/** `kpis[i]` of every variant belongs to `seeds[i]`. KPIs that some run did not measure are left out. */
export function compareRuns(variants: readonly VariantRuns[], seeds: readonly number[], level = 0.95): CompareReport {
  return { seeds, level, variants: variants.map((variant, i) => reportVariant(variant, i === 0 ? null : variants[0]!, level)) };
}

function reportVariant(variant: VariantRuns, baseline: VariantRuns | null, level: number): VariantReport {
  const names = Object.keys(variant.kpis[0] ?? {});
  return {
    name: variant.name,
    kpis: names.flatMap((kpi): ComparedKpi[] => {
      const values = valuesOf(variant, kpi);
      if (values === null) return [];
      const base = baseline === null ? null : valuesOf(baseline, kpi);
      const differences = base === null ? null : values.map((value, i) => value - base[i]!);
      return [{ kpi, unit: variant.kpis[0]![kpi]!.unit, interval: meanInterval(values, level), delta: differences === null ? null : meanInterval(differences, level), runsNeeded: differences === null ? null : runsToBeSure(differences, level) }];
    }),
  };
}

function valuesOf(variant: VariantRuns, kpi: string): number[] | null {
  const values = variant.kpis.map((kpis) => kpis[kpi]?.value ?? null);
  return values.every((value) => value !== null) ? values : null;
}

/** Runs after which an effect of this size would leave its interval clear of zero; null when it is clear now or there is no effect at all. */
export function runsToBeSure(differences: readonly number[], level = 0.95): number | null {
  const n = differences.length;
  const { mean, lower, upper } = meanInterval(differences, level);
  const deviation = standardDeviation(differences);
  if (lower > 0 || upper < 0 || mean === 0) return null;
  if (deviation === 0) return n < 2 ? 2 : null;
  for (let runs = n + 1; runs <= RUNS_MAX; runs = Math.ceil(runs * 1.1)) {
    if (studentT(runs - 1, level) * deviation <= Math.abs(mean) * Math.sqrt(runs)) return runs;
  }
  return RUNS_MAX;
}

/** Beyond this many runs the answer is "there is no difference worth looking for". */
export const RUNS_MAX = 10_000;
