/** The rows of a comparison, and its answer in one sentence. */
import { formatDelta, formatNumber } from '@/app/_ui/number-format';
import type { CompareReport } from '@/engine/scenario';

export type DifferenceRow = {
  readonly kpi: string;
  readonly unit: string;
  readonly a: number;
  readonly b: number;
  readonly delta: number;
  readonly half: number;
  /** Δ and its half interval as shares of A; null where A is 0. */
  readonly relative: number | null;
  readonly relativeHalf: number | null;
  readonly runsNeeded: number | null;
};

export function rowsOf(report: CompareReport): DifferenceRow[] {
  const [a, b] = report.variants;
  return (b?.kpis ?? []).flatMap((kpi): DifferenceRow[] => {
    const base = a?.kpis.find((candidate) => candidate.kpi === kpi.kpi);
    if (base === undefined || kpi.delta === null) return [];
    const { mean, lower, upper } = kpi.delta;
    const half = (upper - lower) / 2;
    const share = (value: number) => (base.interval.mean === 0 ? null : value / Math.abs(base.interval.mean));
    return [{ kpi: kpi.kpi, unit: kpi.unit, a: base.interval.mean, b: kpi.interval.mean, delta: mean, half, relative: share(mean), relativeHalf: share(half), runsNeeded: kpi.runsNeeded }];
  });
}

const TOLD = ['client.latencyP99Ms', 'client.errorShare', 'cost'] as const;
const NAMES: Readonly<Record<(typeof TOLD)[number], string>> = { 'client.latencyP99Ms': 'p99 of clients', 'client.errorShare': 'error share', cost: 'cost' };

export function answerSentence(rows: readonly DifferenceRow[], report: CompareReport): string {
  const told = TOLD.flatMap((kpi) => {
    const row = rows.find((candidate) => candidate.kpi === kpi);
    if (row === undefined || (row.delta === 0 && row.half === 0)) return [];
    const doubt = row.runsNeeded === null ? '' : `, not sure yet (about ${formatNumber(row.runsNeeded)} runs needed)`;
    return [`${NAMES[kpi]} ${formatNumber(row.a)} → ${formatNumber(row.b)} ${row.unit} (Δ ${formatDelta(row.delta)} ± ${formatNumber(row.half)}${doubt})`];
  });
  return told.length === 0 ? `Over ${report.seeds.length} paired runs B does not differ from A for clients, nor in cost.` : `B against A: ${told.join('; ')}.`;
}
