/** The six figures of the second under the cursor, each with its band, n, age, ghost and why. */
import { Figure } from '@/app/_ui/figure';
import { Sparkline } from '@/app/_ui/chart/sparkline';
import { formatClock } from '@/app/_ui/time-format';
import { RECENT_SECONDS, type NowKpi } from './read-kpis';

export function KpiStrip({ kpis, at, seed }: { readonly kpis: readonly NowKpi[]; readonly at: number; readonly seed: number }) {
  return (
    <section aria-label="Key figures" className="grid grid-cols-2 gap-x-6 gap-y-1">
      <p className="col-span-2 text-sm text-ink-3">
        At {formatClock(at)}; range of the last {RECENT_SECONDS} s, or band of the runs
      </p>
      {kpis.map((kpi) => (
        <Figure
          key={kpi.key}
          label={kpi.label}
          value={kpi.value}
          unit={kpi.unit}
          digits={kpi.digits}
          band={kpi.band}
          n={kpi.n}
          provenance="simulated"
          ghost={kpi.ghost === null ? null : { label: 'was', value: kpi.ghost }}
          tone={kpi.tone}
          trend={kpi.recent.length < 2 || kpi.ghost !== null ? undefined : <Sparkline values={kpi.recent} width={56} />}
          why={{ formula: kpi.formula, query: kpi.query, source: `Worked out in this browser, seed ${seed}.` }}
          className="border-t border-line pt-1"
        />
      ))}
    </section>
  );
}
