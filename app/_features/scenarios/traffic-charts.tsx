/** Messages that wait, and how much caches find: drawn only where the system has queues or caches. */
'use client';

import { useMemo } from 'react';
import { TimeSeriesChart } from '@/app/_ui/chart/time-series-chart';
import type { Frame } from '@/engine/telemetry';

type TrafficChartsProps = { readonly frames: readonly Frame[]; readonly fileName: string; readonly domain: readonly [number, number]; readonly cursor: number | null; readonly onCursor: (at: number | null) => void };

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'];
const provenance = 'simulated' as const;

export function TrafficCharts({ frames, fileName, domain, cursor, onCursor }: TrafficChartsProps) {
  const queues = useMemo(() => queueLines(frames), [frames]);
  const caches = useMemo(() => cacheLines(frames), [frames]);
  const shared = { domain, cursor, onCursor };
  return (
    <>
      {queues.length === 0 ? null : <TimeSeriesChart title="Messages waiting" unit="messages" counts fileName={`${fileName}-queues`} lines={queues} {...shared} />}
      {caches.length === 0 ? null : <TimeSeriesChart title="Look-ups that the cache answers" unit="%" fileName={`${fileName}-caches`} lines={caches} {...shared} />}
    </>
  );
}

function queueLines(frames: readonly Frame[]) {
  return (frames[0]?.queues ?? []).map(({ queue }, i) => ({ key: queue, label: queue, colour: COLOURS[i % COLOURS.length]!, provenance, points: frames.map((frame) => [frame.atUs / 1e6, frame.queues?.[i]?.depth ?? null] as const) }));
}

function cacheLines(frames: readonly Frame[]) {
  const calls = frames[0]?.calls ?? [];
  return calls.flatMap(({ from, to }, i) => {
    const points = frames.map((frame) => [frame.atUs / 1e6, percent(frame.calls?.[i]?.cacheHitShare ?? null)] as const);
    return points.every(([, share]) => share === null) ? [] : [{ key: `${from}-${to}-${i}`, label: `${from} → ${to}`, colour: COLOURS[i % COLOURS.length]!, provenance, points }];
  });
}

const percent = (share: number | null) => (share === null ? null : share * 100);
