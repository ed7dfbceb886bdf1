/** p99 of the clients: the running line, the predicted band of the change, and the baseline as a ghost. */
'use client';

import { useMemo } from 'react';
import { secondsOf, type Answer } from '@/app/_lib/live-world/live-world-state';
import { TimeSeriesChart, type BandPoint, type BandSeries, type LineSeries, type TimeMark } from '@/app/_ui/chart/time-series-chart';
import type { LatencyBand } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import { clientP99Ms } from './read-kpis';
import { rollingMean, SMOOTH_SECONDS } from './rolling-mean';

type LatencyChartProps = {
  readonly frames: readonly Frame[];
  readonly answer: Answer | null;
  readonly marks: readonly TimeMark[];
  readonly limitMs: number | null;
  readonly domain: readonly [number, number];
  readonly cursor: number | null;
  readonly onCursor: (at: number) => void;
};

function pointsOf(frames: readonly Frame[]) {
  const smooth = rollingMean(frames.map(clientP99Ms));
  return frames.map((frame, i) => [secondsOf(frame), smooth[i] ?? null] as const);
}

function bandPoints(bands: readonly LatencyBand[]): readonly BandPoint[] {
  const band = bands.find((candidate) => candidate.service === 'client');
  if (band === undefined) return [];
  const [lower, upper] = [rollingMean(band.lowerMs), rollingMean(band.upperMs)];
  return band.atSeconds.map((at, i) => [at, lower[i] ?? null, upper[i] ?? null]);
}

function predicted({ whatIf }: Answer): { readonly lines: LineSeries[]; readonly bands: BandSeries[] } {
  const runs = whatIf.comparison.seeds.length;
  return {
    lines: [{ key: 'ghost', label: 'without the change', colour: 'var(--ink-2)', points: pointsOf(whatIf.baseline), provenance: 'simulated', ghost: true }],
    bands: [
      { key: 'before', label: `without, ${runs} runs`, colour: 'var(--ink-3)', points: bandPoints(whatIf.bands.baseline), provenance: 'forecast', ghost: true },
      { key: 'after', label: `with the change, ${runs} runs`, colour: 'var(--accent)', points: bandPoints(whatIf.bands.variant), provenance: 'simulated' },
    ],
  };
}

export function LatencyChart({ frames, answer, marks, limitMs, domain, cursor, onCursor }: LatencyChartProps) {
  const [from, to] = domain;
  const world = useMemo(() => pointsOf(frames).filter(([at]) => at >= from - 1 && at <= to), [frames, from, to]);
  const prediction = useMemo(() => (answer === null ? { lines: [], bands: [] } : predicted(answer)), [answer]);
  return (
    <TimeSeriesChart
      title={`p99 latency seen by clients, mean of ${SMOOTH_SECONDS} s`}
      unit="ms"
      fileName="p99-latency"
      domain={domain}
      log
      height={150}
      timeLabels={false}
      lines={[...prediction.lines, { key: 'world', label: 'this world', colour: 'var(--ink)', points: world, provenance: 'simulated' }]}
      bands={prediction.bands}
      limits={limitMs === null ? [] : [{ label: `objective ${limitMs} ms`, value: limitMs }]}
      marks={marks}
      cursor={cursor}
      onCursor={onCursor}
    />
  );
}
