/** The disk against its size, power and latency over time; the future without the change stays as a ghost. */
'use client';

import { useMemo } from 'react';
import { TimeSeriesChart, type LineSeries } from '@/app/_ui/chart/time-series-chart';
import type { os } from '@/engine/twin';
import { diskForecast } from './disk-forecast';
import type { HostFutures } from './use-host-futures';

type HostChartsProps = HostFutures & { readonly domain: readonly [number, number]; readonly changeAtSeconds: number; readonly cursor: number | null; readonly onCursor: (at: number) => void };

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'];
const MIB = 1_048_576;

export function HostCharts({ asItIs, changed, domain, changeAtSeconds, cursor, onCursor }: HostChartsProps) {
  const power = useMemo(() => powerLines(asItIs, changed), [asItIs, changed]);
  const latency = useMemo(() => latencyLines(asItIs, changed), [asItIs, changed]);
  const disk = useMemo(() => diskLines(asItIs, changed), [asItIs, changed]);
  const end = domain[1];
  const forecast = useMemo(() => diskForecast(asItIs, changeAtSeconds, end), [asItIs, changeAtSeconds, end]);
  const room = asItIs.samples[0]?.disk ?? null;
  const shared = { domain, cursor, onCursor };
  return (
    <div className="grid gap-4">
      <TimeSeriesChart {...shared} title="Latency p95" unit="ms" fileName="host-latency" lines={latency} log height={160} />
      {power.length === 0 ? null : <TimeSeriesChart {...shared} title="Power" unit="W" fileName="host-power" lines={power} height={140} />}
      {room === null ? null : <TimeSeriesChart {...shared} title="Disk used" unit="MiB" fileName="host-disk" lines={forecast === null ? disk : [...disk, forecast.line]} bands={forecast === null ? [] : [forecast.band]} limits={[{ label: 'full for all but root', value: (room.usedBytes + room.availableBytes) / MIB }]} height={160} />}
    </div>
  );
}

/** Dashed ghosts where both futures differ; where they are one, one line is enough. */
function pair(key: string, label: string, colour: string, points: (play: os.HostPlay) => LineSeries['points'], futures: HostFutures): LineSeries[] {
  const line = (play: os.HostPlay, ghost: boolean): LineSeries => ({ key: ghost ? `${key}-ghost` : key, label: ghost ? `${label} as it is` : label, colour, provenance: 'simulated', points: points(play), ghost });
  const [before, after] = [line(futures.asItIs, true), line(futures.changed, false)];
  const same = before.points.every(([, value], i) => value === after.points[i]?.[1]);
  return same ? [after] : [before, after];
}

const powerLines = (asItIs: os.HostPlay, changed: os.HostPlay): LineSeries[] =>
  changed.samples.every(({ watts }) => watts === null) ? [] : pair('power', 'power', COLOURS[0]!, (play) => play.samples.map(({ atUs, watts }) => [atUs / 1e6, watts] as const), { asItIs, changed });

const diskLines = (asItIs: os.HostPlay, changed: os.HostPlay): LineSeries[] => [
  ...pair('used', 'used', COLOURS[0]!, (play) => play.samples.map((sample) => [sample.atUs / 1e6, sample.disk === null ? null : sample.disk.usedBytes / MIB] as const), { asItIs, changed }),
  ...pair('open', 'of it deleted but open', COLOURS[4]!, (play) => play.samples.map((sample) => [sample.atUs / 1e6, sample.disk === null || sample.disk.orphanBytes === null ? null : sample.disk.orphanBytes / MIB] as const), { asItIs, changed }),
];

/** The 95th percentile of fifths of a second jumps; seconds are shown: the worst of five. */
function latencyLines(asItIs: os.HostPlay, changed: os.HostPlay): LineSeries[] {
  const answering = (changed.samples[0]?.programs ?? []).flatMap(({ program }, i) => ([asItIs, changed].some((play) => (play.programs[i]?.served ?? 0) > 0) ? [{ program, i }] : []));
  return answering.flatMap(({ program, i }, place) => pair(program, program, COLOURS[place % COLOURS.length]!, (play) => perSecond(play.samples.map((sample) => [sample.atUs / 1e6, sample.programs[i]?.latencyP95Ms ?? null] as const)), { asItIs, changed }));
}

function perSecond(points: LineSeries['points']): LineSeries['points'] {
  const worst = new Map<number, number | null>();
  for (const [at, value] of points) {
    const second = Math.ceil(at - 1e-6);
    const known = worst.get(second) ?? null;
    worst.set(second, value === null ? known : Math.max(known ?? 0, value));
  }
  return [...worst];
}
