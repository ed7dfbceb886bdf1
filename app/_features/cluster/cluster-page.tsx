/** Cluster: every node and pod of one cluster in one picture, while it runs; or one's own, from files, as it stands. */
'use client';

import Link from 'next/link';
import { useMemo, useState } from 'react';
import { formatCount } from '@/app/_lib/format/quantity';
import { useTimeCursor, useTimeLine } from '@/app/_lib/time-line/time-line';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Button } from '@/app/_ui/button';
import { FIELD_LOOK } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import { useElapsedSeconds } from '@/app/_ui/use-elapsed-seconds';
import { ClusterStudy } from './cluster-study';
import { OwnCluster } from './panels/own-cluster';
import { nodeEvents } from './run/node-events';
import { SIZES, sizeOf, type OfferedSize } from './run/cluster-sizes';
import { useRunningCluster, type ClusterMark, type ClusterSource } from './run/use-running-cluster';

const SEED = 1;
const SPEEDS = [15, 60, 600];

export function ClusterPage() {
  const [asked, setAsked] = useUrlParam('size');
  const size = sizeOf(asked);
  const [files, setFiles] = useState<readonly File[] | null>(null);
  const source = useMemo((): ClusterSource => (files === null ? { kind: 'made', nodes: size.nodes, pods: size.pods, seed: SEED } : { kind: 'files', files }), [files, size]);
  const [playing, setPlaying] = useState(true);
  const [speed, setSpeed] = useState(SPEEDS[1]!);
  const [cursor] = useTimeCursor();
  const runs = files === null;
  const { shape, marks, problem, card, drain, explainPending } = useRunningCluster(source, runs && playing && cursor === null, speed);
  const now = marks.at(-1)?.moment.atSeconds ?? 0;
  const from = marks[0]?.moment.atSeconds ?? 0;
  const mark = markAt(marks, runs ? (cursor ?? now) : now);
  const elapsed = useElapsedSeconds(shape === null && problem === null);
  useWorkMode('sim', runs ? `cluster of ${size.nodes} nodes` : 'your files');
  useTimeLine(useMemo(() => (shape === null || !runs ? null : { from, to: Math.max(now, from + 1), now, events: nodeEvents(shape.nodes.name, marks), transport: { playing, onPlaying: setPlaying, speed, speeds: SPEEDS, onSpeed: setSpeed } }), [shape, marks, from, now, playing, speed, runs]));
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
        <p className="text-sm text-ink-3">{runs ? `invented, seed ${SEED}; scheduler, autoscalers and failures are the engine’s` : (card?.sentence ?? '')}</p>
        {runs ? <SizeChoice size={size} onSize={setAsked} /> : <Button small className="ml-auto" onClick={() => setFiles(null)}>Back to the made-up cluster</Button>}
      </header>
      {problem === null ? null : <Notice tone="error" what={runs ? 'The cluster does not run.' : 'The files show no cluster.'} why={problem} next={runs ? 'Reload the page; if it stays, choose a smaller size.' : 'Export the nodes too: kubectl get nodes,pods -A -o json.'} />}
      {shape === null || mark === undefined ? (
        problem === null ? <p className="text-ink-2">{runs ? `The scheduler places ${formatCount(size.pods)} pods on ${formatCount(size.nodes)} nodes` : 'The files are read'}: {elapsed} s so far.</p> : null
      ) : (
        <ClusterStudy key={runs ? size.id : shape.name} shape={shape} mark={mark} isNow={!runs || cursor === null} drain={runs ? drain : null} explainPending={explainPending} footer={<OwnCluster card={card} onFiles={setFiles} />} />
      )}
    </div>
  );
}

const markAt = (marks: readonly ClusterMark[], atSeconds: number) => marks.findLast(({ moment }) => moment.atSeconds <= atSeconds) ?? marks[0];

const SizeChoice = ({ size, onSize }: { readonly size: OfferedSize; readonly onSize: (id: string) => void }) => (
  <select aria-label="Size of the cluster" value={size.id} onChange={(event) => onSize(event.target.value)} className={`${FIELD_LOOK} ml-auto w-auto! max-md:ml-0`}>
    {SIZES.map(({ id, label }) => (
      <option key={id} value={id}>
        {label}
      </option>
    ))}
  </select>
);
