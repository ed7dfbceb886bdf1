/** Which line and band is which, with the values under the cursor. */
import { formatNumber } from '../number-format';
import { ProvenanceSwatch } from '../provenance';
import type { BandSeries, LineSeries } from './series';
import type { Point } from './thin-out';

function nearest(points: readonly Point[], at: number): number | null {
  let best: Point | null = null;
  for (const point of points) if (point[0] <= at + 0.5 && (best === null || point[0] > best[0])) best = point;
  return best?.[1] ?? null;
}

type LegendProps = { readonly lines: readonly LineSeries[]; readonly bands: readonly BandSeries[]; readonly at: number | null; readonly unit: string };

export function SeriesLegend({ lines, bands, at, unit }: LegendProps) {
  return (
    <ul className="flex flex-wrap gap-x-4 text-sm text-ink-2">
      {lines.map((series) => (
        <li key={series.key} className="flex items-center gap-1.5">
          <svg width="16" height="8" aria-hidden>
            <line x1="0" x2="16" y1="4" y2="4" stroke={series.colour} strokeWidth="2" strokeDasharray={series.ghost === true ? '3 2' : undefined} />
          </svg>
          {series.label}
          {at === null ? null : (
            <span className="text-ink">
              {formatNumber(nearest(series.points, at))} {unit}
            </span>
          )}
        </li>
      ))}
      {bands.map((band) => (
        <li key={band.key} className="flex items-center gap-1.5">
          <ProvenanceSwatch kind={band.provenance} colour={band.colour} labelled={false} />
          {band.label}
        </li>
      ))}
    </ul>
  );
}
