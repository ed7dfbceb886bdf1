/** What the disk's device moves, and for which group; and for which part of the time it does. Only where the host's disk is timed. */
'use client';

import { useMemo } from 'react';
import { TimeSeriesChart, type LineSeries, type TimeMark } from '@/app/_ui/chart/time-series-chart';
import { futureLines } from './future-lines';
import type { HostFutures } from '../tried/use-host-futures';

type DeviceChartProps = HostFutures & { readonly domain: readonly [number, number]; readonly marks: readonly TimeMark[]; readonly cursor: number | null; readonly onCursor: (at: number) => void };

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'];
const WRITTEN = 'var(--series-6)';
const MIB = 1_048_576;

export function DeviceChart({ asItIs, changed, ...shared }: DeviceChartProps) {
  const moved = useMemo(() => movedLines({ asItIs, changed }), [asItIs, changed]);
  const busy = useMemo(() => futureLines({ asItIs, changed }, { key: 'busy', label: 'busy', colour: COLOURS[0]!, points: ({ samples }) => samples.map(({ atUs, device }) => [atUs / 1e6, device === undefined ? null : device.busyShare * 100] as const) }), [asItIs, changed]);
  if (asItIs.samples[0]?.device === undefined) return null;
  return (
    <div className="grid gap-5 xl:grid-cols-2">
      <TimeSeriesChart {...shared} title="Disk reads by group, all writes" unit="MiB/s" fileName="host-device" lines={moved} height={150} />
      <TimeSeriesChart {...shared} title="Disk busy" unit="%" fileName="host-device-busy" lines={busy} height={150} />
    </div>
  );
}

function movedLines(futures: HostFutures): LineSeries[] {
  const groups = futures.asItIs.samples[0]?.groups.map(({ group }) => group) ?? [];
  const reads = groups.flatMap((group, i) => futureLines(futures, { key: `read ${group}`, label: `${group} reads`, colour: COLOURS[i % COLOURS.length]!, points: ({ samples }) => samples.map((sample) => [sample.atUs / 1e6, mib(sample.groups.find((each) => each.group === group)?.disk?.readBytesPerSecond)] as const) }));
  const writes = futureLines(futures, { key: 'written', label: 'written', colour: WRITTEN, points: ({ samples }) => samples.map(({ atUs, device }) => [atUs / 1e6, mib(device?.writeBytesPerSecond)] as const) });
  return [...reads, ...writes];
}

const mib = (bytes: number | undefined) => (bytes === undefined ? null : bytes / MIB);
