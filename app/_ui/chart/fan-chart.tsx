/**
 * A forecast: what was, then the mean and its nested prediction intervals, fainter the wider they are.
 * The intervals say their level in words; the origin is marked.
 */
'use client';

import { TimeSeriesChart, type BandPoint, type LimitLine, type TimeMark, type TimeSeriesChartProps } from './time-series-chart';
import type { Provenance } from '../provenance';
import type { Point } from './thin-out';

export type FanInterval = { readonly level: number; readonly points: readonly BandPoint[] };

type FanChartProps = Pick<TimeSeriesChartProps, 'title' | 'summary' | 'unit' | 'fileName' | 'cursor' | 'onCursor' | 'height' | 'formatX'> & {
  readonly history: readonly Point[];
  readonly historyFrom: Provenance;
  readonly mean: readonly Point[];
  readonly intervals: readonly FanInterval[];
  /** What then happened, where it is known. */
  readonly outcome?: readonly Point[];
  readonly limits?: readonly LimitLine[];
  readonly colour?: string;
};

export function FanChart({ history, historyFrom, mean, intervals, outcome, limits, colour = 'var(--series-1)', ...chart }: FanChartProps) {
  const widestFirst = [...intervals].sort((a, b) => b.level - a.level);
  const xs = [...history, ...mean, ...(outcome ?? [])].map(([x]) => x);
  const origin = mean[0]?.[0];
  const marks: TimeMark[] = origin === undefined ? [] : [{ at: origin, label: 'forecast from here' }];
  return (
    <TimeSeriesChart
      {...chart}
      domain={[Math.min(...xs, Infinity) === Infinity ? 0 : Math.min(...xs), Math.max(...xs, 1)]}
      lines={[
        { key: 'history', label: historyFrom === 'simulated' ? 'simulated' : 'measured', colour: 'var(--ink)', points: history, provenance: historyFrom },
        { key: 'mean', label: 'forecast', colour, points: mean, provenance: 'forecast' },
        ...(outcome === undefined ? [] : [{ key: 'outcome', label: 'outcome', colour: 'var(--ink-2)', points: outcome, provenance: historyFrom }]),
      ]}
      bands={widestFirst.map((interval) => ({ key: `level-${Math.round(interval.level * 100)}`, label: `${Math.round(interval.level * 100)} % interval`, colour, points: interval.points, provenance: 'forecast' as const }))}
      limits={limits}
      marks={marks}
    />
  );
}
