/** One pod; of a pending one also why no node takes it, asked of the scheduler's own filters. */
'use client';

import { useState } from 'react';
import { formatCount } from '@/app/_lib/format/quantity';
import { Button } from '@/app/_ui/button';
import { Panel } from '@/app/_ui/panel';
import { cluster } from '@/engine/twin';
import { podName } from '../filter/pod-name';
import type { Picked } from '../view/pick';
import type { Placed } from '../view/scene';
import { cores, gib, podWord } from './describe';

type Explain = (pod: number) => Promise<cluster.PendingExplanation | null>;
type PodInspectorProps = { readonly placed: Placed; readonly pod: number; readonly onChoose: (picked: Picked | null) => void; readonly onFind: (text: string) => void; readonly explain: Explain | null };

export function PodInspector({ placed: { picture }, pod, onChoose, onFind, explain }: PodInspectorProps) {
  const { shape, moment: { pods } } = picture;
  const node = pods.node[pod]!;
  const workload = shape.workloads[pods.workload[pod]!]!;
  return (
    <Panel title={podName(picture, pod)} note="pod" actions={<Button small kind="quiet" onClick={() => onChoose(null)}>Close</Button>}>
      <dl className="grid gap-1 [&>div]:flex [&>div]:items-center [&>div]:border-b [&>div]:border-line [&>div]:pb-1 [&_dd]:ml-auto [&_dd]:font-medium [&_dt]:text-ink-2">
        <div>
          <dt>Phase</dt>
          <dd>{podWord(pods.state[pod]!)}</dd>
        </div>
        <div>
          <dt>Node</dt>
          <dd>{node < 0 ? 'none yet' : <Button small kind="quiet" onClick={() => onChoose({ node, pod: -1 })}>{shape.nodes.name[node]}</Button>}</dd>
        </div>
        <div>
          <dt>Workload</dt>
          <dd>
            <Button small kind="quiet" onClick={() => onFind(`workload:${workload}`)}>
              {workload}
            </Button>
          </dd>
        </div>
        <div>
          <dt>Requests</dt>
          <dd>
            {cores(pods.cpuMillicores[pod]!)}, {gib(pods.memoryMib[pod]!)}
          </dd>
        </div>
      </dl>
      {pods.state[pod] !== cluster.PicturePodState.pending || explain === null ? null : <WhyPending key={pod} pod={pod} explain={explain} />}
    </Panel>
  );
}

function WhyPending({ pod, explain }: { readonly pod: number; readonly explain: Explain }) {
  const [answer, setAnswer] = useState<cluster.PendingExplanation | 'asking' | 'gone' | null>(null);
  const ask = async () => {
    setAnswer('asking');
    setAnswer((await explain(pod)) ?? 'gone');
  };
  return (
    <div className="mt-3 grid gap-2">
      <div>
        <Button small onClick={() => void ask()} busy={answer === 'asking' ? 'Asking every node' : null}>
          Why has it no node?
        </Button>
      </div>
      {answer === 'gone' ? <p>It is not pending any more.</p> : null}
      {answer === null || typeof answer === 'string' ? null : (
        <div className="grid gap-1" role="status">
          <p className="font-medium">
            {formatCount(answer.fits)} of {formatCount(answer.nodes)} nodes would take it{answer.fits > 0 ? '; it is placed in the next cycle' : ''}. It waits for {formatCount(answer.waitsSeconds)} s.
          </p>
          <ul className="grid gap-0.5">
            {answer.reasons.map(({ reason, nodes }) => (
              <li key={reason} className="flex justify-between gap-3 border-b border-line">
                <span>{reason}</span>
                <span className="text-ink-2">{formatCount(nodes)} nodes</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
