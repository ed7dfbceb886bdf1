/** Cluster: every node and pod of one cluster in one picture, while it runs. */
'use client';

import Link from 'next/link';
import { useMemo, useState } from 'react';
import { formatCount } from '@/app/_lib/format/quantity';
import { useTimeCursor, useTimeLine } from '@/app/_lib/time-line/time-line';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { FIELD_LOOK } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import { useElapsedSeconds } from '@/app/_ui/use-elapsed-seconds';
import { ClusterStudy } from './cluster-study';
import { nodeEvents } from './run/node-events';
import { SIZES, sizeOf } from './run/cluster-sizes';
import { useRunningCluster } from './run/use-running-cluster';

const SEED = 1;
const SPEEDS = [15, 60, 600];

export function ClusterPage() {
  const [asked, setAsked] = useUrlParam('size');
  const size = sizeOf(asked);
  const [playing, setPlaying] = useState(true);
  const [speed, setSpeed] = useState(SPEEDS[1]!);
  const [cursor] = useTimeCursor();
  const running = useRunningCluster(size.nodes, size.pods, SEED, playing && cursor === null, speed);
  const { shape, marks, problem } = running;
  const now = marks.at(-1)?.moment.atSeconds ?? 0;
  const from = marks[0]?.moment.atSeconds ?? 0;
  const mark = marks.findLast(({ moment }) => moment.atSeconds <= (cursor ?? now)) ?? marks[0];
  const elapsed = useElapsedSeconds(shape === null && problem === null);
  useWorkMode('sim', `cluster of ${size.nodes} nodes`);
  useTimeLine(useMemo(() => (shape === null ? null : { from, to: Math.max(now, from + 1), now, events: nodeEvents(shape.nodes.name, marks), transport: { playing, onPlaying: setPlaying, speed, speeds: SPEEDS, onSpeed: setSpeed } }), [shape, marks, from, now, playing, speed]));
  return (
    <div className="flex min-h-full flex-col gap-2 px-3 py-3 md:h-full md:px-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="text-sm text-ink-3">
          <Link href="/twin" className="underline underline-offset-2">
            Twin
          </Link>{' '}
          /
        </p>
        <h1 className="text-xl font-medium">Whole cluster</h1>
        <p className="text-sm text-ink-3">invented, seed {SEED}; scheduler, autoscalers and failures are the engine’s</p>
        <select aria-label="Size of the cluster" value={size.id} onChange={(event) => setAsked(event.target.value)} className={`${FIELD_LOOK} ml-auto w-auto! max-md:ml-0`}>
          {SIZES.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </header>
      {problem === null ? null : <Notice tone="error" what="The cluster does not run." why={problem} next="Reload the page; if it stays, choose a smaller size." />}
      {shape === null || mark === undefined ? (
        problem === null ? <p className="text-ink-2">The scheduler places {formatCount(size.pods)} pods on {formatCount(size.nodes)} nodes: {elapsed} s so far.</p> : null
      ) : (
        <ClusterStudy shape={shape} mark={mark} isNow={cursor === null} drain={running.drain} explainPending={running.explainPending} />
      )}
    </div>
  );
}
