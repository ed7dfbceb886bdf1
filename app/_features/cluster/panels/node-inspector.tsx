/** One node: what it has, what is asked of it, who is on it; and what draining it would do, tried in the simulation. */
'use client';

import { useState } from 'react';
import { formatCount, formatShare } from '@/app/_lib/format/quantity';
import { Button } from '@/app/_ui/button';
import { Panel } from '@/app/_ui/panel';
import { podName } from '../filter/pod-name';
import { sharesOf, LENSES } from '../paint/lens';
import { Code, type Palette } from '../paint/palette';
import type { Picked } from '../view/pick';
import type { Placed } from '../view/scene';
import { cores, gib, nodeWord, podsOn, podWord } from './describe';

type NodeInspectorProps = { readonly placed: Placed; readonly palette: Palette; readonly node: number; readonly onChoose: (picked: Picked | null) => void; readonly onDrain: ((node: number) => Promise<boolean>) | null };

const LOSS = LENSES.find(({ id }) => id === 'loss')!;

export function NodeInspector({ placed, palette, node, onChoose, onDrain }: NodeInspectorProps) {
  const { shape, moment } = placed.picture;
  const { nodes } = shape;
  const pods = [...podsOn(placed, node)];
  const state = moment.nodes.state[node]!;
  const share = (part: number, whole: number) => (Number.isNaN(part) ? null : Math.round((100 * part) / whole) / 100);
  const rows = [
    ['State', nodeWord(state)],
    ['Zone, pool', `${shape.zones[nodes.zone[node]!]}, ${shape.pools[nodes.pool[node]!]}`],
    ['CPU requested', `${cores(moment.nodes.cpuRequestedMillicores[node]!)} of ${cores(nodes.cpuMillicores[node]!)}`, share(moment.nodes.cpuRequestedMillicores[node]!, nodes.cpuMillicores[node]!)],
    ['CPU used', cores(moment.nodes.cpuUsedMillicores[node]!), share(moment.nodes.cpuUsedMillicores[node]!, nodes.cpuMillicores[node]!)],
    ['Memory requested', `${gib(moment.nodes.memoryRequestedMib[node]!)} of ${gib(nodes.memoryMib[node]!)}`, share(moment.nodes.memoryRequestedMib[node]!, nodes.memoryMib[node]!)],
    ['Pods', `${formatCount(pods.length)} of ${formatCount(nodes.podsMax[node]!)}`],
    ['If lost', `${formatShare(Math.round(sharesOf(LOSS, placed.picture, placed.seats)[node]! * 1_000) / 1_000)} of one workload goes`],
    ...(nodes.labels === null || nodes.labels[node] === '' ? [] : [['Labels', nodes.labels[node]!] as const]),
  ] as const;
  return (
    <Panel title={nodes.name[node]!} note="node" actions={<Button small kind="quiet" onClick={() => onChoose(null)}>Close</Button>}>
      <dl className="grid gap-1">
        {rows.map(([term, value, part]) => (
          <div key={term} className="grid gap-0.5 border-b border-line pb-1">
            <div className="flex items-baseline gap-2">
              <dt className="text-ink-2">{term}</dt>
              <dd className="ml-auto text-right font-medium">{value}</dd>
              {part === undefined ? null : <span className="w-10 text-right text-ink-3">{formatShare(part)}</span>}
            </div>
            {part === undefined ? null : (
              <span className="h-1 bg-well">
                <span className="block h-full bg-series-1" style={{ width: `${Math.min(100, 100 * (part ?? 0))}%` }} />
              </span>
            )}
          </div>
        ))}
      </dl>
      {onDrain === null || state !== 2 ? null : <Drain key={node} node={node} pods={pods.length} onDrain={onDrain} />}
      <h3 className="mt-3 mb-1 text-sm text-ink-3">Pods on it</h3>
      <ul className="grid max-h-72 overflow-y-auto">
        {pods.map((pod) => (
          <li key={pod}>
            <Button small kind="quiet" onClick={() => onChoose({ node, pod })} className="w-full justify-start!">
              <span aria-hidden className="size-2 shrink-0" style={{ background: palette.css[Code.podBase + moment.pods.state[pod]!] }} />
              <span className="truncate">{podName(placed.picture, pod)}</span>
              <span className="ml-auto font-normal text-ink-3">
                {podWord(moment.pods.state[pod]!)}, {cores(moment.pods.cpuMillicores[pod]!)}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Drain({ node, pods, onDrain }: { readonly node: number; readonly pods: number; readonly onDrain: (node: number) => Promise<boolean> }) {
  const [answer, setAnswer] = useState<string | null>(null);
  const drain = async () => setAnswer((await onDrain(node)) ? `Cordoned; ${formatCount(pods)} pods are evicted and placed elsewhere.` : 'Refused: its pods find no other place, or a disruption budget forbids it. Nothing changed.');
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      <Button small onClick={() => void drain()}>
        Drain in the simulation
      </Button>
      <p role="status" className="text-sm text-ink-2">
        {answer}
      </p>
    </div>
  );
}
