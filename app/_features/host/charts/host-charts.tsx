/** The disk against its size, power and latency over time; the future without the change stays as a ghost. */
'use client';

import { useMemo } from 'react';
import { TimeSeriesChart, type LineSeries, type TimeMark } from '@/app/_ui/chart/time-series-chart';
import type { os } from '@/engine/twin';
import { DeviceChart } from './device-chart';
import { diskForecast } from './disk-forecast';
import { futureLines } from './future-lines';
import type { HostFutures } from '../tried/use-host-futures';

type HostChartsProps = HostFutures & { readonly domain: readonly [number, number]; readonly changeAtSeconds: number; readonly marks: readonly TimeMark[]; readonly cursor: number | null; readonly onCursor: (at: number) => void };

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'];
const MIB = 1_048_576;

export function HostCharts({ asItIs, changed, domain, changeAtSeconds, marks, cursor, onCursor }: HostChartsProps) {
  const power = useMemo(() => powerLines(asItIs, changed), [asItIs, changed]);
  const latency = useMemo(() => latencyLines(asItIs, changed), [asItIs, changed]);
  const disk = useMemo(() => diskLines(asItIs, changed), [asItIs, changed]);
  const end = domain[1];
  const forecast = useMemo(() => diskForecast(asItIs, changeAtSeconds, end), [asItIs, changeAtSeconds, end]);
  const room = asItIs.samples[0]?.disk ?? null;
  const shared = { domain, marks, cursor, onCursor };
  return (
    <div className="grid gap-4">
      <TimeSeriesChart {...shared} title="Latency p95" unit="ms" fileName="host-latency" lines={latency} log height={160} />
      <DeviceChart asItIs={asItIs} changed={changed} {...shared} />
      {power.length === 0 ? null : <TimeSeriesChart {...shared} title="Power" unit="W" fileName="host-power" lines={power} height={140} />}
      {room === null ? null : <TimeSeriesChart {...shared} title="Disk used" unit="MiB" fileName="host-disk" lines={forecast === null ? disk : [...disk, forecast.line]} bands={forecast === null ? [] : [forecast.band]} limits={[{ label: 'full for all but root', value: (room.usedBytes + room.availableBytes) / MIB }]} height={160} />}
    </div>
  );
}

const powerLines = (asItIs: os.HostPlay, changed: os.HostPlay): LineSeries[] =>
  changed.samples.every(({ watts }) => watts === null) ? [] : futureLines({ asItIs, changed }, { key: 'power', label: 'power', colour: COLOURS[0]!, points: ({ samples }) => samples.map(({ atUs, watts }) => [atUs / 1e6, watts] as const) });

const diskLines = (asItIs: os.HostPlay, changed: os.HostPlay): LineSeries[] => [
  ...futureLines({ asItIs, changed }, { key: 'used', label: 'used', colour: COLOURS[0]!, points: ({ samples }) => samples.map(({ atUs, disk }) => [atUs / 1e6, disk === null ? null : disk.usedBytes / MIB] as const) }),
  ...futureLines({ asItIs, changed }, { key: 'open', label: 'of it deleted but open', colour: COLOURS[4]!, points: ({ samples }) => samples.map(({ atUs, disk }) => [atUs / 1e6, disk === null || disk.orphanBytes === null ? null : disk.orphanBytes / MIB] as const) }),
];

/** The 95th percentile of fifths of a second jumps; seconds are shown: the worst of five. */
function latencyLines(asItIs: os.HostPlay, changed: os.HostPlay): LineSeries[] {
  const answering = (changed.samples[0]?.programs ?? []).flatMap(({ program }, i) => ([asItIs, changed].some((play) => (play.programs[i]?.served ?? 0) > 0) ? [{ program, i }] : []));
  return answering.flatMap(({ program, i }, place) => futureLines({ asItIs, changed }, { key: program, label: program, colour: COLOURS[place % COLOURS.length]!, points: ({ samples }) => perSecond(samples.map(({ atUs, programs }) => [atUs / 1e6, programs[i]?.latencyP95Ms ?? null] as const)) }));
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
