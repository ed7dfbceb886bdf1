/** What was recorded: latency against its objectives and CPU, with the faults that the recorder labelled. */
'use client';

import { useMemo } from 'react';
import { TimeSeriesChart, type LineSeries } from '@/app/_ui/chart/time-series-chart';
import type { LoopObjective } from '@/engine/loop';
import type { Frame, ImportedRecording, ServiceSample } from '@/engine/telemetry';

type RecordedLinesProps = { readonly recording: ImportedRecording; readonly seconds: number; readonly limits: readonly LoopObjective[]; readonly cursor: number; readonly onCursor: (at: number) => void };

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)', 'var(--series-6)'];

function linesOf(frames: readonly Frame[], names: readonly string[], of: (sample: ServiceSample) => number | null): LineSeries[] {
  const start = frames[0]?.atUs ?? 0;
  return names.map((name, i) => ({
    key: name,
    label: name,
    colour: COLOURS[i % COLOURS.length]!,
    provenance: 'recorded',
    points: frames.map((frame) => {
      const sample = frame.services.find((s) => s.service === name);
      return [(frame.atUs - start) / 1e6, sample === undefined ? null : of(sample)] as const;
    }),
  }));
}

export function RecordedLines({ recording: { frames, manifest }, seconds, limits, cursor, onCursor }: RecordedLinesProps) {
  const names = useMemo(() => [...new Set(frames.flatMap((frame) => frame.services.map((s) => s.service)))].filter((name) => name !== 'client'), [frames]);
  const latency = useMemo(() => linesOf(frames, names, (s) => (s.latencyP95Us === null ? null : s.latencyP95Us / 1e3)), [frames, names]);
  const cpu = useMemo(() => linesOf(frames, names, (s) => s.cpuCores), [frames, names]);
  const marks = useMemo(() => manifest.faults.map((fault) => ({ at: fault.atSeconds, label: fault.kind })), [manifest]);
  const shared = { domain: [0, seconds] as const, cursor, onCursor };
  return (
    <div className="grid gap-3">
      {hasNone(latency) ? null : <TimeSeriesChart {...shared} title="p95 latency, recorded" unit="ms" fileName={`${manifest.id}-latency`} lines={latency} marks={marks} log limits={limits.map((o) => ({ label: `objective of ${o.service}: ${o.latencyP95MsMax} ms`, value: o.latencyP95MsMax }))} />}
      {hasNone(cpu) ? null : <TimeSeriesChart {...shared} title="CPU, recorded" unit="cores" fileName={`${manifest.id}-cpu`} lines={cpu} height={120} />}
    </div>
  );
}

const hasNone = (lines: readonly LineSeries[]) => lines.every(({ points }) => points.every(([, value]) => value === null));
