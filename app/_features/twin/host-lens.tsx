/** Hosts: CPU of every node over time, and who had to wait for it; of hosts that are watched from inside their pressure and disks too. */
'use client';

import Link from 'next/link';
import { TimeSeriesChart, type LineSeries } from '@/app/_ui/chart/time-series-chart';
import type { Frame, HostSample, NodeSample } from '@/engine/telemetry';

type HostLensProps = { readonly frames: readonly Frame[]; readonly domain: readonly [number, number]; readonly cursor: number; readonly onCursor: (at: number) => void };

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)', 'var(--series-6)'];

export function HostLens({ frames, domain, cursor, onCursor }: HostLensProps) {
  const names = frames.at(-1)?.nodes.map((node) => node.node) ?? [];
  const lines = (of: (sample: NodeSample) => number | null): LineSeries[] =>
    names.map((name, i) => ({
      key: name,
      label: name,
      colour: COLOURS[i % COLOURS.length]!,
      provenance: 'simulated',
      points: frames.map((frame) => {
        const sample = frame.nodes.find((node) => node.node === name);
        return [frame.atUs / 1e6, sample === undefined || !sample.up ? null : of(sample)] as const;
      }),
    }));
  const hosts = frames.at(-1)?.hosts?.map(({ host }) => host) ?? [];
  const hostLines = (of: (sample: HostSample) => number | null): LineSeries[] =>
    hosts.map((name, i) => ({
      key: name,
      label: name,
      colour: COLOURS[i % COLOURS.length]!,
      provenance: 'simulated',
      points: frames.map((frame) => {
        const sample = frame.hosts?.find(({ host }) => host === name);
        return [frame.atUs / 1e6, sample === undefined || sample.state === 'off' ? null : of(sample)] as const;
      }),
    }));
  const shared = { domain, cursor, onCursor };
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">
        What a quota, a weight or a memory limit does inside one machine:{' '}
        <Link href="/twin/host" className="underline underline-offset-2">
          open a host
        </Link>
        .
      </p>
      <TimeSeriesChart {...shared} title="CPU by node" unit="cores" fileName="node-cpu" lines={lines((node) => node.cpuCores)} />
      <TimeSeriesChart {...shared} title="CPU pressure: share of time somebody waited for a core" unit="share" fileName="node-pressure" lines={lines((node) => node.cpuPressure)} />
      {hosts.length === 0 ? null : (
        <>
          <TimeSeriesChart {...shared} title="CPU by host" unit="cores" fileName="host-cpu" lines={hostLines(({ cpuCores }) => cpuCores)} height={140} />
          <TimeSeriesChart {...shared} title="CPU pressure by host, avg10" unit="%" fileName="host-pressure" lines={hostLines(({ pressure }) => pressure?.cpuSome ?? null)} height={140} />
          <TimeSeriesChart {...shared} title="Disk used by host" unit="%" fileName="host-disk" lines={hostLines(({ disk }) => (disk === null ? null : (100 * disk.usedBytes) / (disk.usedBytes + disk.availableBytes)))} height={140} />
        </>
      )}
      <TimeSeriesChart {...shared} title="Memory by node" unit="MiB" fileName="node-memory" lines={lines((node) => (node.memoryBytes === null ? null : node.memoryBytes / 1_048_576))} height={140} />
    </div>
  );
}
