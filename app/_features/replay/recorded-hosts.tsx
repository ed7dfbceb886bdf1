/** Hosts that were recorded from inside: CPU and memory of all and by group, pressure, and the fill of their file systems. Gaps stay gaps. */
'use client';

import { useMemo } from 'react';
import { TimeSeriesChart, type LineSeries } from '@/app/_ui/chart/time-series-chart';
import type { Frame, HostSample } from '@/engine/telemetry';

type RecordedHostsProps = { readonly frames: readonly Frame[]; readonly seconds: number; readonly id: string; readonly cursor: number; readonly onCursor: (at: number) => void };

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)', 'var(--series-6)'];
const MIB = 1_048_576;
/** More lines than this cannot be told apart: those that use most are drawn, the table has what is drawn. */
const LINES_MAX = 6;

export function RecordedHosts({ frames, seconds, id, cursor, onCursor }: RecordedHostsProps) {
  const hosts = useMemo(() => [...new Set(frames.flatMap((frame) => frame.hosts?.map(({ host }) => host) ?? []))], [frames]);
  const shared = { domain: [0, seconds] as const, cursor, onCursor };
  return hosts.map((host) => <RecordedHost key={host} host={host} frames={frames} id={id} shared={shared} />);
}

type Shared = { readonly domain: readonly [number, number]; readonly cursor: number; readonly onCursor: (at: number) => void };

function RecordedHost({ host, frames, id, shared }: { readonly host: string; readonly frames: readonly Frame[]; readonly id: string; readonly shared: Shared }) {
  const pictures = useMemo(() => picturesOf(frames, host), [frames, host]);
  return (
    <section aria-label={`Host ${host}`} className="grid gap-3">
      {pictures.map(({ title, unit, key, lines }) => (
        <TimeSeriesChart key={key} {...shared} title={`${title} of ${host}, recorded`} unit={unit} fileName={`${id}-${host}-${key}`} lines={lines} height={120} />
      ))}
    </section>
  );
}

type Picture = { readonly key: string; readonly title: string; readonly unit: string; readonly lines: readonly LineSeries[] };

/** Pictures of what was measured; one that nothing was measured for is left out. */
function picturesOf(frames: readonly Frame[], host: string): Picture[] {
  const start = frames[0]?.atUs ?? 0;
  const samples = frames.map((frame) => ({ at: (frame.atUs - start) / 1e6, sample: frame.hosts?.find((each) => each.host === host) }));
  const groups = namesOf(samples, ({ groups: all }) => all.map(({ group }) => group));
  const mounts = namesOf(samples, ({ filesystems = [] }) => filesystems.map(({ mount }) => mount));
  const line = (label: string, of: (sample: HostSample) => number | null) => ({ label, points: samples.map(({ at, sample }) => [at, sample === undefined ? null : of(sample)] as const) });
  const group = (sample: HostSample, name: string) => sample.groups.find((each) => each.group === name);
  const mib = (bytes: number | null | undefined) => (bytes === null || bytes === undefined ? null : bytes / MIB);
  return [
    picture('host-cpu', 'CPU', 'cores', [line('used', ({ cpuCores }) => cpuCores), line('CPUs', ({ size }) => size.cpus)]),
    picture('host-memory', 'Memory', 'MiB', [line('available', ({ availableBytes }) => mib(availableBytes)), line('free', ({ freeBytes }) => mib(freeBytes))]),
    picture('cpu', 'CPU by group', 'cores', groups.map((name) => line(name, (sample) => group(sample, name)?.cpuCores ?? null))),
    picture('memory', 'Memory by group', 'MiB', groups.map((name) => line(name, (sample) => mib(group(sample, name)?.memoryBytes)))),
    picture('pressure', 'Pressure', '%', ([['CPU some', 'cpuSome'], ['I/O some', 'ioSome'], ['I/O full', 'ioFull'], ['memory some', 'memorySome'], ['memory full', 'memoryFull']] as const).map(([label, key]) => line(label, ({ pressure }) => pressure?.[key] ?? null))),
    picture('device', 'Disks', 'MiB/s', [line('read', ({ device }) => mib(device?.readBytesPerSecond)), line('written', ({ device }) => mib(device?.writeBytesPerSecond))]),
    picture('busy', 'Disk busy', '%', [line('busy', ({ device }) => (device === undefined ? null : 100 * device.busyShare))]),
    picture('disk', 'File systems', '% used', mounts.map((mount) => line(mount, ({ filesystems = [] }) => usedPercent(filesystems.find((each) => each.mount === mount))))),
  ].filter(({ lines }) => lines.length > 0);
}

const usedPercent = (mount: { readonly usedBytes: number; readonly availableBytes: number } | undefined) => (mount === undefined ? null : (100 * mount.usedBytes) / Math.max(1, mount.usedBytes + mount.availableBytes));

const namesOf = (samples: readonly { readonly sample: HostSample | undefined }[], of: (sample: HostSample) => readonly string[]) => [...new Set(samples.flatMap(({ sample }) => (sample === undefined ? [] : of(sample))))];

type Line = Pick<LineSeries, 'label' | 'points'>;

function picture(key: string, title: string, unit: string, lines: readonly Line[]): Picture {
  const size = ({ points }: Line) => points.reduce((most, [, value]) => Math.max(most, value ?? -1), -1);
  const drawn = lines.filter((each) => size(each) >= 0).sort((a, b) => size(b) - size(a) || (a.label < b.label ? -1 : 1)).slice(0, LINES_MAX);
  return { key, title, unit, lines: drawn.map((each, i) => ({ ...each, key: each.label, colour: COLOURS[i % COLOURS.length]!, provenance: 'recorded' })) };
}
